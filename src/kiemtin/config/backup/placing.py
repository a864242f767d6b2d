"""Puts what was restored in its place: nothing of it, or the whole, wherever a crash comes.

Everything is first laid into `.restoring/new` inside the data folder, which may be a file system of its own. Then
`.restoring/ready` says what moves where. From then on the moves are only ever finished: by the same process, or by the
next command that opens the data folder.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from itertools import chain, count
from pathlib import Path
from typing import Final

from django.utils.translation import gettext_noop as _

from kiemtin.config.backup.durable import held, sync
from kiemtin.config.backup.errors import BadDatabaseError, BusyError, OccupiedError
from kiemtin.config.backup.inventory import BEFORE, DATABASE, KEPT, STAGING, Kind, holds, kind_of
from kiemtin.config.backup.snapshot import opened
from kiemtin.config.running import is_running

_NEW: Final = "new"
_READY: Final = "ready"


@contextmanager
def staging(data: Path) -> Iterator[Path]:
    """Yield an empty folder inside the data folder, which is made if it is not there. At the end it goes.

    Raises
    ------
    BusyError
        Another process is restoring here.
    """
    was_there = data.exists()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    finish(data)
    place = data / STAGING
    place.mkdir(mode=0o700, exist_ok=True)
    with held(place) as is_mine:
        if not is_mine:
            raise BusyError(_("another process is restoring here"))
        try:
            new = place / _NEW
            shutil.rmtree(new, ignore_errors=True)
            new.mkdir(mode=0o700)
            yield new
        finally:
            if not (place / _READY).exists():
                shutil.rmtree(place, ignore_errors=True)
                if not was_there:
                    with suppress(OSError):
                        data.rmdir()


def put(data: Path, *, replace: bool, now: dt.datetime) -> Path | None:
    """Put what lies in the staging folder in its place.

    Parameters
    ----------
    replace
        Move what is in the data folder into a folder `before-restore-…` inside it; else it must be empty.

    Returns
    -------
    Path | None
        Where that is now.

    Raises
    ------
    OccupiedError, BusyError
    """
    there = holds(data)
    if there and not replace:
        raise OccupiedError("the data folder is not empty", names=there)
    check_unused(data)
    place = data / STAGING
    plan = _Plan(_old(data, now) if there else "", _away(data), _names(place / _NEW))
    draft = place / f"{_READY}.new"
    draft.write_text(json.dumps(asdict(plan)), encoding="utf-8")
    sync(draft)
    draft.replace(place / _READY)
    sync(place)
    _finish(data)
    return data / plan.old if plan.old else None


def check_unused(data: Path, *, patience: float = 0.0) -> None:
    """Check that the program does not run on a data folder, and that nobody has the database open, within some seconds.

    A damaged database may be replaced all the same.

    Raises
    ------
    BusyError
    """
    until = time.monotonic() + patience
    while True:
        try:
            _look_for_others(data)
        except BusyError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


def _look_for_others(data: Path) -> None:
    if is_running(data):
        raise BusyError(_("the program runs on this data folder"))
    if (data / DATABASE).exists():
        # SQLite lets the write-ahead log go only while nobody else has the database open.
        with suppress(BadDatabaseError), opened(data / DATABASE, patience=0.5) as database:
            database.execute("PRAGMA journal_mode=DELETE")


def finish(data: Path) -> None:
    """Finish a restoration that was cut off after it had begun to move things; without one, do nothing."""
    ready = data / STAGING / _READY
    if not ready.exists():
        return
    try:
        with held(data / STAGING, wait=True):
            if ready.exists():
                _finish(data)
    except FileNotFoundError:
        if ready.exists():
            raise


@dataclass(frozen=True, slots=True)
class _Plan:
    """What `ready` says: the folder for what is moved away (empty: it is deleted), what that is, and what comes in."""

    old: str
    away: list[str]
    new: list[str]


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


def _finish(data: Path) -> None:
    """Move the old away, then the new in. Done again after a crash at any point it comes to the same."""
    place = data / STAGING
    plan = _Plan(**json.loads((place / _READY).read_text(encoding="utf-8")))
    waiting = [name for name in plan.new if os.path.lexists(place / _NEW / name)]
    came_in = set(plan.new) - set(waiting)
    for name in plan.away:
        if name not in came_in and os.path.lexists(data / name):
            _move_away(data / name, data / plan.old if plan.old else None)
    sync(data)
    for name in waiting:
        (place / _NEW / name).rename(data / name)
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
