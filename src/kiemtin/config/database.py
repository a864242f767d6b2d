"""Opens the database of the data folder and brings it to this version's form."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from kiemtin.config.backup.database import Installation, database_of
from kiemtin.config.backup.errors import BusyError
from kiemtin.config.backup.inventory import DATABASE
from kiemtin.config.backup.placing import finish
from kiemtin.config.backup.safety_copy import keep_copy, put_back
from kiemtin.config.database_form import database_form, last_version, note_migrated
from kiemtin.config.running import is_running
from kiemtin.database.alone import alone
from kiemtin.questions.actions.begin_log import begin_log

_PATIENCE = 10.0  # seconds that another command may look at the form before it waits for us


class NewerDatabaseError(Exception):
    """A newer version of the program gave the database its form.

    Attributes
    ----------
    version
        That version; empty if the database does not say.
    """

    def __init__(self, version: str, unknown: tuple[str, ...]) -> None:
        super().__init__(f"version {version or '?'}: {', '.join(unknown)}")
        self.version = version


class UpdateError(Exception):
    """The database could not be brought to this version's form.

    Attributes
    ----------
    is_undone
        Whether it is as it was before; else some of the steps may be done.
    """

    def __init__(self, error: Exception, *, is_undone: bool) -> None:
        super().__init__(f"{type(error).__name__}: {error}")
        self.is_undone = is_undone


@dataclass(frozen=True, slots=True)
class Opened:
    """What was done to open the database.

    Attributes
    ----------
    is_finished
        Whether a restoration that had been cut off was finished.
    copy
        The copy from before an update; None where nothing had to be changed, or nothing was there.
    """

    is_finished: bool = False
    copy: Path | None = None


def installation_here(data: Path | None = None) -> Installation:
    """Return the installation of the settings, or that of another data folder, whose indexes are all in there."""
    here: Path = settings.KIEMTIN_DATA
    folder = data or here
    index: Path | None = settings.KIEMTIN_INDEX if folder == here else None
    return Installation(folder, database_of(folder, connection.settings_dict), index)


def open_database(*, keeps_copy: bool = True) -> Opened:
    """Make the data folder if it is not there (for its owner only), run the migrations that are missing, begin the log.

    A restoration that was cut off while it put things in place is finished first.

    Parameters
    ----------
    keeps_copy
        Whether a file of SQLite is copied before it is changed, and put back if that fails.

    Raises
    ------
    NewerDatabaseError
    UnfinishedError, OtherDatabaseError
        The restoration cannot be finished.
    BusyError, NoRoomError, BadDatabaseError
        The database has to be changed, and another process uses it, or there is no room for the copy.
    UpdateError
        A migration failed.
    OSError
        The folder cannot be made or written.
    django.db.DatabaseError
        The file in it is not a database of ours.
    """
    data: Path = settings.KIEMTIN_DATA
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    is_finished, copy = finish(installation_here()), None
    if connection.vendor == "sqlite" and not (data / DATABASE).exists():
        (data / DATABASE).touch(mode=0o600)  # only here: where it is gone, nobody makes an empty one in its place
    form = database_form()
    if form.unknown:
        raise NewerDatabaseError(last_version(), form.unknown)
    if form.missing:
        _let_go()
        with alone("migrate", wait=True):  # two commands started at once
            copy = _update(data, keeps_copy=keeps_copy)
    begin_log()
    return Opened(is_finished, copy)


def _update(data: Path, *, keeps_copy: bool) -> Path | None:
    form = database_form()
    if not form.missing:
        return None  # somebody else was quicker
    copy = None
    if not form.is_new:
        _let_go()
        _check_unused(data)
    if connection.vendor == "sqlite" and keeps_copy and not form.is_new:
        copy = keep_copy(data, now=timezone.localtime().replace(tzinfo=None))
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except Exception as error:
        if copy:
            _let_go()
            put_back(copy, data)
        raise UpdateError(error, is_undone=copy is not None) from error
    note_migrated(form)
    return copy


def _check_unused(data: Path) -> None:
    """Check that nobody else uses the database; of one on a server, that nobody serves or works on this machine.

    Raises
    ------
    BusyError
    """
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            if is_running(data):
                raise BusyError("the program runs on this data folder")
            if connection.vendor == "sqlite":
                installation_here().database.check_unused()
        except BusyError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


def _let_go() -> None:
    """Close our own connection to a file: who waits must not seem to use it. A server keeps our lock with it."""
    if connection.vendor == "sqlite":
        connection.close()
