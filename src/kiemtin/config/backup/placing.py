"""Puts what was restored in its place: nothing of it, or the whole, wherever a crash comes.

Everything is first laid into `.restoring/new` inside the data folder, which may be a file system of its own, and, where
the database is on a server, beside its tables there. Then `.restoring/ready` says what moves where. From then on the
moves are only ever finished: by the same process, or by the next command that opens the data folder.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from itertools import chain, count
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_noop as _

from kiemtin.config.backup.database import Installation
from kiemtin.config.backup.durable import held, sync
from kiemtin.config.backup.errors import BusyError, OccupiedError, RightsError, ServerError, UnfinishedError
from kiemtin.config.backup.inventory import BEFORE, DATABASE, INDEXES, KEPT, STAGING, Kind, holds, kind_of

_NEW: Final = "new"
_READY: Final = "ready"


def check_empty(installation: Installation) -> None:
    """Check that there is nothing that a restoration would have to replace.

    Raises
    ------
    OccupiedError, OccupiedDatabaseError
    """
    if there := holds(installation.data):
        raise OccupiedError("the data folder is not empty", names=there)
    installation.database.check_empty()


@contextmanager
def staging(installation: Installation) -> Iterator[Path]:
    """Yield an empty folder inside the data folder, which is made if it is not there. At the end it goes.

    Raises
    ------
    BusyError
        Another process is restoring here.
    ServerError, RightsError, NoProgramError, OldProgramError
        The database cannot be restored.
    """
    data, database = installation.data, installation.database
    was_there = data.exists()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    finish(installation)
    place = data / STAGING
    place.mkdir(mode=0o700, exist_ok=True)
    with held(place) as is_mine:
        if not is_mine:
            raise BusyError(_("another process is restoring here"))
        try:
            new = place / _NEW
            shutil.rmtree(new, ignore_errors=True)
            new.mkdir(mode=0o700)
            with database.staging():
                try:
                    yield new
                finally:
                    if not is_cut_off(data):
                        database.clear()
        finally:
            if not is_cut_off(data):
                shutil.rmtree(place, ignore_errors=True)
                if not was_there:
                    with suppress(OSError):
                        data.rmdir()


@dataclass(frozen=True, slots=True)
class Aside:
    """Where what was there before is now.

    Attributes
    ----------
    folder
        Inside the data folder; None if that was empty.
    schema
        In the database on a server; empty if that was, or if there is none.
    """

    folder: Path | None = None
    schema: str = ""


def put(installation: Installation, *, replace: bool, now: dt.datetime) -> Aside:
    """Put what lies in the staging folder, and what the database laid, in its place.

    Parameters
    ----------
    replace
        Put aside what is there; else there must be nothing.

    Raises
    ------
    OccupiedError, OccupiedDatabaseError, BusyError, ServerError
        Nothing was changed.
    UnfinishedError
        It could not be finished; the next command tries again.
    """
    if not replace:
        check_empty(installation)
    data, database = installation.data, installation.database
    database.check_unused()
    place = data / STAGING
    old = _old(data, now) if holds(data) else ""
    plan = _Plan(old, _away(data), _names(place / _NEW), str(installation.index or ""), database.plan(now))
    draft = place / f"{_READY}.new"
    draft.write_text(json.dumps(asdict(plan)), encoding="utf-8")
    sync(draft)
    draft.replace(place / _READY)
    sync(place)
    _finish(installation)
    return Aside(data / plan.old if plan.old else None, (plan.database or {}).get("aside", ""))


def is_cut_off(data: Path) -> bool:
    """Whether a restoration was cut off when everything was ready: whatever opens the data folder finishes it."""
    return (data / STAGING / _READY).exists()


def finish(installation: Installation) -> bool:
    """Finish a restoration that was cut off after it had begun to move things; returns whether it did.

    Raises
    ------
    UnfinishedError, OtherDatabaseError
        The database cannot be used, or is not that of the restoration.
    """
    data = installation.data
    if not is_cut_off(data):
        return False
    try:
        with held(data / STAGING, wait=True):
            if not is_cut_off(data):
                return False
            _finish(installation)
    except FileNotFoundError:
        if is_cut_off(data):
            raise
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Plan:
    """What `ready` says: the folder for what is moved away (empty: it is deleted), what that is, and what comes in.

    Further the folder of indexes outside the data folder, and what a database on a server must know.
    """

    old: str
    away: list[str]
    new: list[str]
    index: str = ""
    database: dict[str, Any] | None = None


def _old(data: Path, now: dt.datetime) -> str:
    """Return the name of a folder that is not there yet."""
    name = f"{BEFORE}{now:%Y%m%d-%H%M%S}"
    names = chain((name,), (f"{name}-{number}" for number in count(2)))
    return next(each for each in names if not (data / each).exists())


def _away(data: Path) -> list[str]:
    """Return what must not stay: everything but locks, this restoration and what earlier ones put aside."""
    names = sorted(os.listdir(data))
    return [name for name in names if kind_of(name) not in (Kind.BEFORE, Kind.PASSING) or name.startswith(DATABASE)]


def _names(new: Path) -> list[str]:
    """Return what comes in; the database last, so that where it is, everything is."""
    names = [name for name in os.listdir(new) if kind_of(name) in KEPT]
    return sorted(names, key=lambda name: (name == DATABASE, name))


def _finish(installation: Installation) -> None:
    """Move the old away, then the new in. Done again after a crash at any point it comes to the same."""
    data = installation.data
    place = data / STAGING
    plan = _Plan(**json.loads((place / _READY).read_text(encoding="utf-8")))
    if plan.database is not None:  # first: if the server cannot do it, all is still as it was
        try:
            installation.database.put(plan.database)
        except (ServerError, RightsError, BusyError) as error:
            raise UnfinishedError(error.message) from error
    waiting = [name for name in plan.new if os.path.lexists(place / _NEW / name)]
    came_in = set(plan.new) - set(waiting)
    for name in plan.away:
        if name not in came_in and os.path.lexists(data / name):
            _move_away(data / name, data / plan.old if plan.old else None)
    sync(data)
    for name in waiting:
        (place / _NEW / name).rename(data / name)
    for name in INDEXES if plan.index else ():
        shutil.rmtree(Path(plan.index) / name, ignore_errors=True)
    sync(data)
    shutil.rmtree(place)
    sync(data)


def _move_away(path: Path, old: Path | None) -> None:
    """Keep it for who may want it; what is made again, and what is left over in an empty folder, is deleted."""
    if old is not None and kind_of(path.name) is not Kind.AGAIN:
        old.mkdir(mode=0o700, exist_ok=True)
        path.rename(old / path.name)
    elif path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
