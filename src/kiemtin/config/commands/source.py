"""`kiemtin source`: follow the reviews of other publishers."""

from __future__ import annotations

import click
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from kiemtin.accounts.models import Desk
from kiemtin.checks.exceptions import WorkError
from kiemtin.config.commands.desk import ACTOR
from kiemtin.config.commands.index import catch_up
from kiemtin.config.errors import CommandError, opened
from kiemtin.config.terminal import printable
from kiemtin.desk.errors import sentence
from kiemtin.exchange.actions.add_source import add_source
from kiemtin.exchange.actions.end_source import end_source
from kiemtin.exchange.actions.fetch_source import fetch_source
from kiemtin.exchange.actions.pause_source import pause_source
from kiemtin.exchange.models import ReviewSource
from kiemtin.exchange.outcome_text import outcome_sentences
from kiemtin.exchange.source_form import SourceContent
from kiemtin.exchange.sources import Schedule, SourceKind, SourceState

_TIMES = {
    "30s": Schedule.HALF_MINUTE,
    "5m": Schedule.FIVE_MINUTES,
    "15m": Schedule.QUARTER,
    "1h": Schedule.HOUR,
    "6h": Schedule.SIX_HOURS,
    "1d": Schedule.DAY,
    "7d": Schedule.WEEK,
}
_USUAL = {SourceKind.DESK: "30s", SourceKind.DATAFEED: "1h", SourceKind.COFACTS: "1d"}


@click.group("source", help=_("Follow the reviews of other publishers, and other desks."))
def source_command() -> None:
    """Hold the commands on sources."""


@source_command.command("list", help=_("List the sources, and what came of the last look at each."))
def list_sources() -> None:
    """Print a table."""
    opened()
    table = Table(_("Number"), _("Name"), _("Kind"), _("Desk"), _("State"), _("Last look"))
    for source in ReviewSource.objects.select_related("desk").order_by("pk"):
        state = _("being fetched") if source.lease else SourceState(source.state).label
        said = " ".join(outcome_sentences(source))
        name = printable(source.name)
        table.add_row(str(source.pk), name, str(SourceKind(source.kind).label), source.desk.slug, str(state), said)
    Console(highlight=False).print(table)


@source_command.command("add", help=_("Follow the source NAME at ADDRESS (pages and tables: several)."))
@click.argument("name")
@click.argument("addresses", metavar="ADDRESS…", nargs=-1, required=True)
@click.option("--desk", "slug", required=True, metavar="SLUG", help=_("The desk, by its name in addresses."))
@click.option("--kind", type=click.Choice(SourceKind.values), required=True, help=_("What stands at the address."))
@click.option("--licence", required=True, help=_("Licence of its reviews: an address or a name."))
@click.option("--publisher", default="", help=_("Name that its reviews are shown under; NAME unless given."))
@click.option("--site", default="", help=_("Host of the publisher, if it is another than that of the address."))
@click.option("--collection", is_flag=True, help=_("It holds reviews of many publishers, each on a host of its own."))
@click.option("--within", default="", help=_("Of a site map: read only pages with this in their address."))
@click.option("--language", default="", help=_("Language of its reviews, where they do not say it."))
@click.option("--every", type=click.Choice(list(_TIMES)), help=_("How often it is looked at."))
def add(*, name: str, addresses: tuple[str, ...], slug: str, kind: str, publisher: str, **options: object) -> None:
    """Store it; the worker fetches it at once."""
    opened()
    desk = Desk.objects.filter(slug=slug).first()
    if desk is None:
        raise CommandError(_("There is no desk “%(slug)s”. See: kiemtin desk list") % {"slug": slug})
    content = SourceContent(
        name=name,
        kind=kind,
        address="\n".join(addresses),
        publisher="" if options["collection"] else publisher or name,
        licence=str(options["licence"]),
        site=str(options["site"]),
        is_collection=bool(options["collection"]),
        within=str(options["within"]),
        language=str(options["language"]),
        every=_TIMES[str(options["every"] or _USUAL.get(SourceKind(kind), "6h"))],
    )
    try:
        source = add_source(desk=desk, content=content, by=ACTOR)
    except WorkError as error:
        raise CommandError(sentence(error)) from error
    said = _("Source %(number)d: %(name)s. It is fetched when the worker runs, or now: kiemtin source fetch %(number)d")
    click.echo(said % {"number": source.pk, "name": printable(source.name)})


@source_command.command("fetch", help=_("Fetch sources now, all that are active unless numbers are given."))
@click.argument("numbers", metavar="NUMBER…", nargs=-1, type=int)
@click.option("--no-encoder", is_flag=True, help=_("Make and keep an index without vectors."))
@click.pass_context
def fetch(ctx: click.Context, *, numbers: tuple[int, ...], no_encoder: bool) -> None:
    """Fetch one after the other; exit status 1 if one of them failed."""
    opened()
    active = ReviewSource.objects.filter(state=SourceState.ACTIVE).order_by("pk")
    sources = [_source(number) for number in numbers] if numbers else list(active)
    is_clean = True
    for source in sources:
        try:
            report = fetch_source(source=source, by=ACTOR)
        except WorkError as error:
            is_clean = False
            click.echo(f"{printable(source.name)}: {sentence(error)}", err=True)
            continue
        is_clean = is_clean and report.is_success
        source.refresh_from_db()
        click.echo(f"{printable(source.name)}: {' '.join(outcome_sentences(source))}", err=not report.is_success)
    if sources:
        catch_up(use_encoder=not no_encoder)
    ctx.exit(0 if is_clean else 1)


@source_command.command("pause", help=_("Stop looking at the source NUMBER; with --resume, go on."))
@click.argument("number", type=int)
@click.option("--resume", is_flag=True, help=_("Go on with a source that was paused or ended."))
def pause(*, number: int, resume: bool) -> None:
    """Pause it, and say so."""
    opened()
    source = _source(number)
    pause_source(source=source, by=ACTOR, is_paused=not resume)
    said = _("%(name)s is looked at again.") if resume else _("%(name)s is paused. Its reviews stay as they are.")
    click.echo(said % {"name": printable(source.name)})


@source_command.command("end", help=_("No longer follow the source NUMBER, and take its reviews out."))
@click.argument("number", type=int)
@click.option("--no-encoder", is_flag=True, help=_("Make and keep an index without vectors."))
def end(*, number: int, no_encoder: bool) -> None:
    """End it, take out what came from it, and say so."""
    opened()
    source = _source(number)
    end_source(source=source, by=ACTOR)
    try:
        fetch_source(source=source, by=ACTOR)
    except WorkError as error:
        raise CommandError(sentence(error)) from error
    source.refresh_from_db()
    click.echo(f"{printable(source.name)}: {' '.join(outcome_sentences(source))}")
    catch_up(use_encoder=not no_encoder)


def _source(number: int) -> ReviewSource:
    source = ReviewSource.objects.filter(pk=number).first()
    if source is None:
        raise CommandError(_("There is no source %(number)d. See: kiemtin source list") % {"number": number})
    return source
