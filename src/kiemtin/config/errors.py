"""What ends a command early: a clear sentence and exit status 2."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import gettext as _

from kiemtin.config.backup.errors import BackupError
from kiemtin.config.backup_labels import backup_sentence
from kiemtin.config.database import open_database
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


def opened() -> None:
    """Open the database, or say why it cannot be opened.

    Raises
    ------
    CommandError
        The data folder cannot be used.
    """
    try:
        if open_database():
            click.echo(_("A restoration that had been cut off is finished."), err=True)
    except BackupError as error:
        raise CommandError(backup_sentence(error, data=settings.KIEMTIN_DATA)) from error
    except (OSError, DatabaseError) as error:
        message = _("The data folder %(folder)s cannot be used: %(reason)s")
        raise CommandError(message % {"folder": settings.KIEMTIN_DATA, "reason": error}) from error
