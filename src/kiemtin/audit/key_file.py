"""A key in the data folder: made once, whole or not at all, readable by its owner only."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def kept_key(path: Path, make: Callable[[], str]) -> str:
    """Return the content of a key file; the first call makes it. Two that make it at the same moment agree.

    Parameters
    ----------
    path
        Where it lies; its folder is made if it is not there.
    make
        Returns the content of a new one, ASCII.
    """
    with suppress(FileNotFoundError):
        return path.read_text(encoding="ascii")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(make())
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    return path.read_text(encoding="ascii")
