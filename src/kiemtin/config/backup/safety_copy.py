"""A copy of the database beside it from before an update, kept for some days, so that the update can be undone."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

from kiemtin.config.backup.durable import sync
from kiemtin.config.backup.errors import NoRoomError
from kiemtin.config.backup.inventory import DATABASE, UPDATE
from kiemtin.config.backup.sqlite import copy

DAYS: Final = 7
"""What is deleted in the database would else stay in its copies: no longer than a picture that waits."""

MOST: Final = 2
_SPARE: Final = 64 << 20  # bytes that are left free
_NAME: Final = re.compile(rf"{re.escape(UPDATE)}\d{{8}}-\d{{6}}\.sqlite3")
_HALF: Final = f".{UPDATE}copy.part"
_BESIDE: Final = ("-wal", "-shm", "-journal")


def keep_copy(data: Path, *, now: dt.datetime) -> Path:
    """Copy the database of a data folder, whole or not at all, for its owner only; all older copies but the last go.

    Raises
    ------
    NoRoomError
        There is no room for the copy and for what the update writes: as much again.
    NoDatabaseError, BadDatabaseError, BusyError, OSError
    """
    size = sum(
        (data / f"{DATABASE}{end}").stat().st_size for end in ("", "-wal") if (data / f"{DATABASE}{end}").exists()
    )
    if 2 * size + _SPARE > shutil.disk_usage(data).free:
        raise NoRoomError("there is not enough room on the disk")
    half, kept = data / _HALF, data / _name(now)
    half.unlink(missing_ok=True)
    clear_copies(data, now=now, most=MOST - 1)  # before there is the new one, which stays whatever the clock says
    os.close(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        copy(data / DATABASE, half)
        sync(half)
    except BaseException:
        half.unlink(missing_ok=True)  # it would take the room that is wanting
        raise
    half.replace(kept)
    sync(data)
    return kept


def _name(made: dt.datetime) -> str:
    return f"{UPDATE}{made:%Y%m%d-%H%M%S}.sqlite3"


def put_back(kept: Path, data: Path) -> None:
    """Make a copy the database again; what was written since is gone. Nobody may have the database open."""
    for end in _BESIDE:
        (data / f"{DATABASE}{end}").unlink(missing_ok=True)
    kept.replace(data / DATABASE)
    sync(data)


def clear_copies(data: Path, *, now: dt.datetime, most: int = MOST) -> None:
    """Delete the copies that are older than some days, and all but the newest few."""
    oldest = _name(now - dt.timedelta(days=DAYS))  # names are in the order of time
    copies = sorted((path for path in data.iterdir() if _NAME.fullmatch(path.name)), reverse=True)
    for place, path in enumerate(copies):
        if place >= most or path.name < oldest:
            with suppress(FileNotFoundError):  # somebody else was quicker
                path.unlink()
