"""`kiemtin export`: write the open data of this installation into a folder."""

from __future__ import annotations

from pathlib import Path

import click
from django.utils.translation import gettext as _

from kiemtin.config.errors import CommandError, opened
from kiemtin.config.open_data import export
from kiemtin.config.terminal import printable
from kiemtin.exchange.exceptions import ExportFolderError, FolderOccupiedError
from kiemtin.questions.actions.withhold_text import withhold_text
from kiemtin.questions.exceptions import UnknownMessageError

ACTOR = "command-line"


@click.command("export", help=_("Write the open data into a folder: CSV and Parquet with a data package."))
@click.argument("folder", metavar=_("FOLDER"), type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--leave-out", type=int, multiple=True, metavar="N", help=_("Keep the text of message N out, now and for good.")
)
def export_command(*, folder: Path, leave_out: tuple[int, ...]) -> None:
    """Write the export and say how much is in it."""
    opened()
    for number in leave_out:
        _withhold(number)
    try:
        written = export(folder, by=ACTOR)
    except ExportFolderError as error:
        message = _("Nothing can be exported to %(folder)s: %(reason)s")
        raise CommandError(message % {"folder": printable(str(folder)), "reason": _reason(error)}) from error
    for table, count in written.rows.items():
        click.echo(_("%(table)s: %(count)d rows") % {"table": table, "count": count})
    state = written.date.isoformat() if written.date else "–"
    click.echo(_("Open data as of %(date)s: %(folder)s") % {"date": state, "folder": printable(str(folder))})


def _withhold(number: int) -> None:
    try:
        withhold_text(number=number, by=ACTOR)
    except UnknownMessageError as error:
        raise CommandError(_("There is no message %(number)d.") % {"number": number}) from error


def _reason(error: ExportFolderError) -> str:
    if isinstance(error, FolderOccupiedError):
        return _("it holds something else than an export")
    cause = error.__cause__
    return (cause.strerror or str(cause)) if isinstance(cause, OSError) else str(error)
