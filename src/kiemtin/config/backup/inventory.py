"""What lies in a data folder, and what of it goes into a backup. Every entry is in one of these lists.

A test looks through the source for code that puts something into the data folder, so that nothing new is forgotten.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Final

DATABASE: Final = "kiemtin.sqlite3"
DUMP: Final = "kiemtin.pgdump"
"""What pg_dump wrote of a database on a server. It is in backups only, never in a data folder."""
DATABASES: Final = (DATABASE, DUMP)
KEYS: Final = ("secret-key", "reply-key", "indicator-key", "log-key")
FOLDERS: Final = ("copies", "open-data")
"""What cannot be made again: copies of sources, and the open data of the months before this one."""

INDEXES: Final = ("index", "index-messages")
AGAIN: Final = ("cards", *INDEXES)
"""What is made again by itself."""

STAGING: Final = ".restoring"
BEFORE: Final = "before-restore-"
STAGING_SCHEMA: Final = "kiemtin_restoring"
BEFORE_SCHEMA: Final = "before_restore_"
"""The same in a database on a server."""

UPDATE: Final = "before-update-"
"""Begins the names of copies of the database from before an update."""

_LOCK: Final = re.compile(r"[a-z-]+\.lock")
_PASSING: Final = re.compile(
    rf"lost\+found|\.backup\.part|\.{re.escape(UPDATE)}copy\.part|{re.escape(STAGING)}|{re.escape(DATABASE)}-(?:wal|shm|journal)|(?:{'|'.join(KEYS)})\.[0-9a-f]+"
)
# No folder upwards, nothing hidden or half written, no sign that a shell or a terminal would obey.
_PART: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
_HALF: Final = ".part"
_MONTH: Final = re.compile(r"[0-9]{4}-[0-9]{2}")


class Kind(Enum):
    """What an entry of the data folder is to a backup."""

    DATABASE = auto()
    KEY = auto()
    FOLDER = auto()
    AGAIN = auto()
    PASSING = auto()
    BEFORE = auto()
    UNKNOWN = auto()


KEPT: Final = frozenset({Kind.DATABASE, Kind.KEY, Kind.FOLDER})
"""What goes into a backup."""


def kind_of(name: str) -> Kind:
    """Return what an entry of the data folder is."""
    if name == DATABASE:
        return Kind.DATABASE
    if name in KEYS:
        return Kind.KEY
    if name in FOLDERS:
        return Kind.FOLDER
    if name in AGAIN:
        return Kind.AGAIN
    if _LOCK.fullmatch(name) or _PASSING.fullmatch(name):
        return Kind.PASSING
    return Kind.BEFORE if name.startswith((BEFORE, UPDATE)) else Kind.UNKNOWN


def is_member(name: str) -> bool:
    """Whether a file of this name, with `/` between folders, may be in a backup."""
    if name in DATABASES:
        return True
    parts = name.split("/")
    if not all(_PART.fullmatch(part) for part in parts) or parts[-1].endswith(_HALF):
        return False
    kind = kind_of(parts[0])
    if kind is Kind.FOLDER:
        return len(parts) > 1 and (parts[0] != "open-data" or bool(len(parts) > 2 and _MONTH.fullmatch(parts[1])))
    return kind in KEPT and len(parts) == 1


@dataclass(frozen=True, slots=True)
class Found:
    """What is in a data folder.

    Attributes
    ----------
    members
        Names of the files that go into a backup, without the database, in the order of the backup.
    again
        Entries that are left out because they are made again.
    unknown
        Files and folders that are left out because nothing is known of them.
    """

    members: tuple[str, ...]
    again: tuple[str, ...]
    unknown: tuple[str, ...]


def look(data: Path, *, database: str = DATABASE) -> Found:
    """Look through a data folder. Links are not followed: what is not a file or folder of its own is unknown.

    Parameters
    ----------
    database
        The name in the backup of the database that is in use: SQLite's file beside one on a server is unknown.
    """
    members: list[str] = []
    again: list[str] = []
    unknown: list[str] = []
    for name in sorted(os.listdir(data)):
        kind = kind_of(name)
        if kind is Kind.AGAIN:
            again.append(name)
        elif kind is Kind.UNKNOWN or (kind is Kind.DATABASE and name != database):
            unknown.append(name)
        elif kind in (Kind.KEY, Kind.FOLDER):
            for file in _files(data, name):
                (members if is_member(file) and _is_file(data / file) else unknown).append(file)
    keys = [name for name in members if kind_of(name) is Kind.KEY]
    rest = [name for name in members if kind_of(name) is not Kind.KEY]
    return Found((*keys, *rest), tuple(again), tuple(name for name in unknown if not _is_half(name)))


def holds(data: Path) -> tuple[str, ...]:
    """Return the entries of a data folder that a restoration would have to replace; none if the folder is not there."""
    try:
        names = sorted(os.listdir(data))
    except FileNotFoundError:
        return ()
    return tuple(name for name in names if kind_of(name) in KEPT | {Kind.UNKNOWN})


def _files(data: Path, name: str) -> Iterator[str]:
    if not stat.S_ISDIR((data / name).lstat().st_mode):
        yield name
        return
    for folder, folders, files in os.walk(data / name):
        folders.sort()
        for each in (*sorted(files), *(one for one in folders if (Path(folder) / one).is_symlink())):
            yield (Path(folder) / each).relative_to(data).as_posix()


def _is_half(name: str) -> bool:
    """Whether it is a file that was being written, or belongs to the making of the months of open data.

    `heeded` is left out so that the months are looked through anew for texts whose consent was taken back.
    """
    parts = name.split("/")
    return name.endswith(_HALF) or (parts[0] == "open-data" and (parts[1:] == ["heeded"] or parts[1].startswith(".")))


def _is_file(path: Path) -> bool:
    return stat.S_ISREG(path.lstat().st_mode)
