"""`kiemtin restore`: make a data folder of a backup."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click
from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from kiemtin.config.backup.database import Installation
from kiemtin.config.backup.errors import BackupError, OccupiedDatabaseError, OccupiedError
from kiemtin.config.backup.inventory import DATABASES, KEYS
from kiemtin.config.backup.placing import check_empty
from kiemtin.config.backup.restoring import Restored, restore
from kiemtin.config.backup_labels import backup_sentence
from kiemtin.config.database import installation_here
from kiemtin.config.errors import CommandError
from kiemtin.config.terminal import printable

_STREAM = "-"


@click.command("restore", help=_("Make a data folder of a backup, and compare."))
@click.argument("file", metavar=_("FILE"), type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    metavar=_("FOLDER"),
    help=_("The data folder to make. Default: that of KIEMTIN_DATA."),
)
@click.option("--replace", is_flag=True, help=_("Put it in the place of what the folder holds, which is kept aside."))
@click.option("--yes", is_flag=True, help=_("Do not ask before replacing."))
@click.option("--no-encoder", is_flag=True, help=_("Make the index without vectors."))
@click.pass_context
def restore_command(  # noqa: PLR0913  (options)
    context: click.Context, *, file: Path, data: Path | None, replace: bool, yes: bool, no_encoder: bool
) -> None:
    """Check the whole backup first, put it in place in one step, say what is there now."""
    folder = (data or settings.KIEMTIN_DATA).absolute()
    here = installation_here(folder)
    if here.index is None:  # those of another installation are none of its
        os.environ.pop("KIEMTIN_INDEX", None)
    if no_encoder:
        os.environ["KIEMTIN_ENCODER"] = "none"
    os.environ["KIEMTIN_LANG"] = get_language() or ""
    try:
        if replace and not yes:
            _ask(here, is_piped=str(file) == _STREAM)
        with _opened(file) as source:
            restored = restore(source, here, replace=replace, step=_say_step)
    except BackupError as error:
        raise CommandError(backup_sentence(error, data=folder)) from error
    except OSError as error:
        reason = " ".join(filter(None, (error.strerror or str(error), printable(str(error.filename or "")))))
        raise CommandError(_("Nothing could be restored: %(reason)s") % {"reason": reason}) from error
    _compare(restored)
    _say_end(restored, folder)
    context.exit(0 if restored.is_same and restored.has_index else 1)


def _ask(here: Installation, *, is_piped: bool) -> None:
    """Ask whether what is there may be put aside; if there is nothing, do not."""
    try:
        check_empty(here)
    except (OccupiedError, OccupiedDatabaseError):
        pass
    else:
        return
    if is_piped:
        raise CommandError(_("The backup comes through standard input, so nothing can be asked: say --yes too."))
    places = {"folder": printable(str(here.data)), "database": printable(here.database.name)}
    if here.database.vendor == "sqlite":
        message = _("What is in %(folder)s will be put aside, and the backup takes its place. Go on?")
    else:
        message = _(
            "What is in %(folder)s and in the database %(database)s will be put aside, and the backup takes its place. "
            "Go on?"
        )
    click.confirm(message % places, abort=True, err=True)


@contextmanager
def _opened(file: Path) -> Iterator[IO[bytes]]:
    if str(file) == _STREAM:
        yield sys.stdin.buffer
        return
    with file.open("rb") as source:
        yield source


def _say_step(name: str) -> None:
    steps = {
        "unpack": _("Reading and checking the backup …"),
        "lay": _("Checking the database …"),
        "migrate": _("Bringing the database to this version's form …"),
        "put": _("Putting it in place …"),
        "index": _("Making the index anew …"),
    }
    click.echo(steps[name], err=True)


def _compare(restored: Restored) -> None:
    """Print what the backup held and what is there now, side by side."""
    table = Table(_("Table"), _("Backup"), _("Now"), "")
    before = restored.manifest.rows
    for name in sorted({*before, *restored.rows}):
        told = [str(rows[name]) if name in rows else "–" for rows in (before, restored.rows)]
        table.add_row(name, *told, "" if told[0] == told[1] else _("differs"))
    Console(highlight=False).print(table)
    differing = set(restored.differing)
    for name in (member.name for member in restored.manifest.members if member.name in KEYS):
        message = _("%(name)s: differs") if name in differing else _("%(name)s: the same")
        click.echo(message % {"name": name})
    others = [member.name for member in restored.manifest.members if member.name not in (*DATABASES, *KEYS)]
    same = sum(name not in differing for name in others)
    click.echo(_("Other files: %(count)d, of them the same: %(same)d") % {"count": len(others), "same": same})
    for name in sorted(differing - set(KEYS))[:10]:
        click.echo(_("%(name)s: differs") % {"name": name})


def _say_end(restored: Restored, folder: Path) -> None:
    if restored.migrated:
        message = _("Migrations run: %(count)d. Tables that they changed may have other rows.")
        click.echo(message % {"count": restored.migrated})
    if restored.aside.folder:
        message = _("What was there before is in %(folder)s. Delete it when you need it no more.")
        click.echo(message % {"folder": printable(str(restored.aside.folder))})
    if restored.aside.schema:
        message = _(
            "The tables that were there before are in the schema %(schema)s. When you need them no more: "
            "DROP SCHEMA %(schema)s CASCADE"
        )
        click.echo(message % {"schema": restored.aside.schema})
    if restored.unguarded:
        message = _("Triggers that keep log and revisions from changes were not in the backup: %(names)s")
        click.echo(message % {"names": ", ".join(restored.unguarded)})
    if not restored.has_index:
        click.echo(_("Everything is in place, but the index could not be made. Try: kiemtin index --anew"))
    if not restored.is_same:
        click.echo(_("Not everything is as it was: see above."))
        return
    made = date_format(localtime(restored.manifest.made), "DATETIME_FORMAT")
    click.echo(_("Restored as of %(time)s: %(folder)s") % {"time": made, "folder": printable(str(folder))})
