"""Puts a finished folder in its place."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_MARK = ".part-"


@contextmanager
def built(folder: Path) -> Iterator[Path]:
    """Yield an empty folder beside `folder`, which takes its place at the end, synced to disk; on an error it goes.

    What was in its place goes too. After a crash there is the old folder, the new one, or, between the two renames,
    neither, and what is left over beside it is swept away by the next call.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    for left in folder.parent.glob(f".{folder.name}{_MARK}*"):
        shutil.rmtree(left, ignore_errors=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}{_MARK}", dir=folder.parent))
    try:
        yield draft
        draft.chmod(0o755)
        _sync(draft)
        _put(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _put(draft: Path, folder: Path) -> None:
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}{_MARK}", dir=folder.parent))
    with suppress(FileNotFoundError):
        folder.rename(old / "old")
    draft.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _sync(folder: Path) -> None:
    for path in (*folder.rglob("*"), folder):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
