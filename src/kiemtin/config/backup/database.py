"""What a backup needs of a database, whichever it is: a file in the data folder, or one on a server."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class State:
    """What a database holds.

    Attributes
    ----------
    rows
        How many rows each table has.
    migrations
        Which were applied, as `app.name`, in their order.
    guards
        Names of the triggers that are in force.
    """

    rows: dict[str, int]
    migrations: tuple[str, ...]
    guards: frozenset[str]


class Database(Protocol):
    """A database that is saved or restored.

    Attributes
    ----------
    member
        Name of its file in a backup.
    name
        What people may be told of where it is.
    vendor
        Django's word for its kind.
    """

    member: str
    vendor: str
    name: str

    def save(self, target: Path) -> State:
        """Write it, as it is at one moment, into a new file that only we can read, while others go on using it."""

    def state(self) -> State:
        """Return what is in it now."""

    def check_empty(self) -> None:
        """Raise if a restoration would have to replace something that is not in the data folder."""

    def check_unused(self) -> None:
        """Raise if another process has it open."""

    def staging(self) -> AbstractContextManager[None]:
        """Hold the right to restore into it; what an earlier restoration had laid is gone."""

    def clear(self) -> None:
        """Take away what was laid and is not put in place."""

    def lay(self, new: Path) -> State:
        """Make a database of what was unpacked into a folder, checked, where nobody sees it yet."""

    def environment(self, new: Path) -> Mapping[str, str]:
        """Return the environment in which a process works on what was laid."""

    def close(self, new: Path) -> None:
        """Bring what was laid, and worked on, into the form in which it is put in place."""

    def plan(self, now: dt.datetime) -> dict[str, Any] | None:
        """Return what `put` must know, to be written down; None if nothing but files is moved."""

    def put(self, plan: dict[str, Any]) -> None:
        """Put what was laid in its place, in one step; done again it comes to the same."""


@dataclass(frozen=True, slots=True)
class Installation:
    """What is saved and restored as one.

    Attributes
    ----------
    data
        The data folder.
    database
        Its database: a file in there, or one on a server.
    index
        Where this machine has its indexes, if not in the data folder.
    """

    data: Path
    database: Database
    index: Path | None = None


def database_of(data: Path, settings: Mapping[str, Any]) -> Database:
    """Return the database of a data folder.

    Parameters
    ----------
    settings
        Django's, of one database. SQLite: the file is that of the folder, whatever they name.
    """
    if settings["ENGINE"].endswith(".postgresql"):
        from kiemtin.config.backup.postgresql import Server  # noqa: PLC0415  (psycopg need not be installed)

        return Server(settings)
    from kiemtin.config.backup.sqlite import File  # noqa: PLC0415

    return File(data)
