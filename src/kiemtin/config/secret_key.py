"""The key that signs what the program hands out: made once, kept in the data folder."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

_NAME = "secret-key"


def secret_key(data: Path) -> str:
    """Return the key of a data folder; the first call makes it (readable by the owner only).

    Two processes that make it at the same moment agree: the file appears whole or not at all, and only once.
    """
    path = data / _NAME
    with suppress(FileNotFoundError):
        return path.read_text(encoding="ascii")
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{_NAME}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    return path.read_text(encoding="ascii")
