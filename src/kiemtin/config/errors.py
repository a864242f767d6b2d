"""What ends a command early: a clear sentence and exit status 2."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kiemtin import __version__
from kiemtin.config.backup.errors import BackupError, BusyError, NoRoomError
from kiemtin.config.backup.safety_copy import DAYS
from kiemtin.config.backup_labels import backup_sentence
from kiemtin.config.database import NewerDatabaseError, UpdateError, open_database
from kiemtin.config.terminal import printable
from kiemtin.matching.exceptions import EmptyLibraryError, RetrievalError, WorkerError
from kiemtin.matching.labels import error_sentence


class CommandError(click.ClickException):
    """The command cannot do its work."""

    exit_code = 2


@contextmanager
def reported() -> Iterator[None]:
    """Turn errors of the rooms below into a `CommandError` in the reader's language."""
    try:
        yield
    except RetrievalError as error:
        raise CommandError(error_sentence(error)) from error
    except EmptyLibraryError as error:
        raise CommandError(
            _("The library is empty. Load the samples with `kiemtin demo`, or your own with `kiemtin import FILE`.")
        ) from error
    except WorkerError as error:
        raise CommandError(_("A worker process ended before its work was done; is there enough memory?")) from error


def opened(*, keeps_copy: bool = True) -> None:
    """Open the database, or say why it cannot be opened. If it was brought to this version's form, tell of the copy.

    Parameters
    ----------
    keeps_copy
        As in `open_database`.

    Raises
    ------
    CommandError
        The data folder cannot be used, or not by this version.
    """
    try:
        done = open_database(keeps_copy=keeps_copy)
    except (NewerDatabaseError, UpdateError, BackupError, OSError, DatabaseError) as error:
        raise CommandError(_why_not(error)) from error
    if done.is_finished:
        click.echo(_("A restoration that had been cut off is finished."), err=True)
    if done.copy:
        said = {"version": __version__, "days": DAYS, "file": printable(str(done.copy))}
        message = ngettext(
            "The database now has the form of version %(version)s. A copy from before stays %(days)d day: %(file)s",
            "The database now has the form of version %(version)s. A copy from before stays %(days)d days: %(file)s",
            DAYS,
        )
        click.echo(message % said, err=True)


def _why_not(error: Exception) -> str:
    said = {"folder": printable(str(settings.KIEMTIN_DATA)), "reason": printable(str(error))}
    if isinstance(error, NewerDatabaseError):
        said["version"] = printable(error.version[:40]) or "?"
        message = _(
            "The database in %(folder)s was last used by a newer version of the program (%(version)s). "
            "Install that version again, or put back a backup from before."
        )
    elif isinstance(error, UpdateError) and error.is_undone:
        message = _(
            "The database could not be brought to this version's form: %(reason)s. "
            "It is as it was: start the version from before, and report this."
        )
    elif isinstance(error, UpdateError):
        message = _("The database could not be brought to this version's form: %(reason)s")
    elif isinstance(error, BusyError):
        message = _(
            "The database in %(folder)s has to be brought to this version's form, and another process is using it. "
            "Stop the program everywhere, then start this version."
        )
    elif isinstance(error, NoRoomError):
        message = _(
            "The database in %(folder)s has to be brought to this version's form, and the disk has no room for a "
            "copy from before. Nothing was changed."
        )
    elif isinstance(error, BackupError):
        return backup_sentence(error, data=settings.KIEMTIN_DATA)
    else:
        message = _("The data folder %(folder)s cannot be used: %(reason)s")
    return message % said
