"""`kiemtin import`: take in published checks."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import click
from django.utils.translation import gettext as _

from kiemtin.config.commands.index import catch_up
from kiemtin.config.errors import opened
from kiemtin.config.progress import Bar
from kiemtin.config.terminal import printable
from kiemtin.exchange.actions.import_file import Imported, import_file
from kiemtin.exchange.exceptions import ImportBusyError, ImportFileError, UnknownFormatError
from kiemtin.exchange.rows import BadRow

ACTOR = "command-line"


@dataclass(slots=True)
class BarListener:
    """Shows an import on a bar; with `quiet`, only what went wrong."""

    bar: Bar
    left_out_count: int = 0

    def moved(self, done: int, total: int, rows: int) -> None:
        """Move the bar."""
        self.bar.moved(done, total, _("%(rows)d rows") % {"rows": rows})

    def left_out(self, row: BadRow) -> None:
        """Report a bad row as FILE:LINE: reason."""
        self.left_out_count += 1
        self.bar.say(bad_row_line(row))


def bad_row_line(row: BadRow) -> str:
    """Return FILE:LINE: reason, with the byte where reading stopped."""
    place = printable(str(row.path)) + (f":{row.line}" if row.line else "")
    reason = str(row.fault.label)
    if row.byte is not None:
        reason = _("%(reason)s (near byte %(byte)d)") % {"reason": reason, "byte": row.byte}
    return f"{place}: {reason}"


@dataclass(slots=True)
class _Tally:
    imported: list[Imported] = field(default_factory=list)
    failed: int = 0

    @property
    def exit_status(self) -> int:
        """Return 0 if all went in, 1 if something was left out, 2 if nothing could be read."""
        if not any(one.rows > one.bad for one in self.imported):
            return 2
        is_clean = not self.failed and all(one.is_whole and not one.bad for one in self.imported)
        return 0 if is_clean else 1


@click.command(
    "import",
    help=_(
        "Import published checks: ClaimReview (JSON-LD, DataFeed, NDJSON, web pages), Cofacts tables, BEIR folders."
    ),
)
@click.argument("files", metavar=_("FILE…"), nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--again", is_flag=True, help=_("Read content again that was imported before."))
@click.option("--no-encoder", is_flag=True, help=_("Make and keep an index without vectors."))
@click.pass_context
def import_command(ctx: click.Context, *, files: tuple[Path, ...], again: bool, no_encoder: bool) -> None:
    """Import each file, then bring the index up; see `_Tally.exit_status`."""
    opened()
    tally = _Tally()
    for path in files:
        try:
            tally.imported.append(_import(path, again))
        except ImportFileError as error:
            tally.failed += 1
            click.echo(f"{printable(str(path))}: {_reason(error)}", err=True)
    if tally.imported:
        catch_up(use_encoder=not no_encoder)
    ctx.exit(tally.exit_status)


def _import(path: Path, again: bool) -> Imported:
    with Bar(printable(path.name), in_bytes=True) as bar:
        imported = import_file(path=path, by=ACTOR, listener=BarListener(bar), again=again)
    for line in _summary(path, imported):
        click.echo(line)
    return imported


def _summary(path: Path, imported: Imported) -> list[str]:
    name = printable(str(path))
    if imported.was_finished:
        line = _("%(name)s: imported before, nothing to do (--again reads it again).")
        lines = [line % {"name": name}]
    else:
        counts = _("%(name)s: %(added)d added, %(changed)d changed, %(unchanged)d unchanged.")
        reviews = imported.reviews
        lines = [
            counts % {"name": name, "added": reviews.added, "changed": reviews.changed, "unchanged": reviews.unchanged}
        ]
    if imported.resumed_at:
        lines.append(_("It went on after row %(row)d, where it had been interrupted.") % {"row": imported.resumed_at})
    if imported.bad:
        lines.append(_("%(bad)d of %(rows)d rows were left out.") % {"bad": imported.bad, "rows": imported.rows})
    return lines


def _reason(error: ImportFileError) -> str:
    if isinstance(error, UnknownFormatError):
        return _(
            "unknown format: neither ClaimReview (JSON-LD, DataFeed, NDJSON, a web page) nor tables of Cofacts nor a "
            "BEIR folder"
        )
    if isinstance(error, ImportBusyError):
        return _("it is being imported by another process")
    return _("it cannot be read (%(reason)s)") % {"reason": _cause(error)}


def _cause(error: ImportFileError) -> str:
    cause = error.__cause__
    return (cause.strerror or str(cause)) if isinstance(cause, OSError) else str(cause or error)
