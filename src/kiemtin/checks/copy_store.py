"""Where copies of sources lie: files in the data folder, named by their SHA-256 and never written over."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from kiemtin.checks.copy_models import LARGEST_COPY
from kiemtin.checks.exceptions import CopyTooLargeError, EmptyTextError


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of the store: its SHA-256, hex, and its bytes."""

    sha256: str
    size: int


def put(content: bytes | Path) -> Kept:
    """Store a file, whole or not at all; one that is there already is left as it is.

    Raises
    ------
    EmptyTextError
        There is nothing in it.
    CopyTooLargeError
    """
    data = content if isinstance(content, bytes) else _read(content)
    if not data:
        raise EmptyTextError("an empty file is no copy", field="file")
    if len(data) > LARGEST_COPY:
        raise CopyTooLargeError(f"a copy has {LARGEST_COPY} bytes at most")
    kept = Kept(hashlib.sha256(data).hexdigest(), len(data))
    path = path_of(kept.sha256)
    if not path.exists():
        _write(path, data)
    return kept


def path_of(sha256: str) -> Path:
    """Return where the file of a hash lies, or would."""
    return Path(settings.KIEMTIN_DATA) / "copies" / sha256[:2] / sha256


def remove(sha256: str) -> None:
    """Let a file go."""
    path_of(sha256).unlink(missing_ok=True)


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST_COPY + 1)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o444)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
