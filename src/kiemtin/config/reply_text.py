"""A reply as people read it on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from rich.console import Console, Group
from rich.padding import Padding
from rich.text import Text

from kiemtin.checks.models import ExternalReview
from kiemtin.config.terminal import printable, shortened
from kiemtin.matching.ask import Found, Reply
from kiemtin.matching.labels import BAND_LABELS, GUARD_SENTENCES, Band

# A sign and words say the band; the colour only repeats it.
_SIGNS = {Band.ANSWER: ("✔", "bold green"), Band.MAYBE: ("?", "bold yellow"), Band.NONE: ("–", "bold")}
_SHOWN = {Band.ANSWER: 1, Band.MAYBE: 3, Band.NONE: 0}


def print_reply(console: Console, reply: Reply, message: str) -> None:
    """Print band, checks, what held an answer back, and what was missing."""
    sign, style = _SIGNS[reply.band]
    console.print(Text(f"{sign} {BAND_LABELS[reply.band]}", style=style))
    for guard in reply.guards:
        console.print(Text(f"  ! {GUARD_SENTENCES[guard]}"))
    for found in reply.found[: _SHOWN[reply.band]]:
        console.print(Padding(Group(*_lines(found, message)), (1, 0, 0, 2)))
    for note in notes(reply):
        console.print(Text(f"\n{note}", style="dim"))


def notes(reply: Reply) -> Iterator[str]:
    """Yield what the reader should know about how the reply came about."""
    if not reply.encoder:
        yield _("Matched by words only: without the encoder, other wordings and other languages may be missed.")


def _lines(found: Found, message: str) -> Iterator[Text]:
    review = found.review
    yield Text(printable(review.claim), style="bold")
    yield Text(rating_line(review))
    if review.summary:
        yield Text(shortened(review.summary, 600))
    if review.url:
        yield Text(printable(review.url), style="underline")
    for source in review.sources:
        yield Text(f"· {_source(source)}")
    if found.match.part is not None:
        part = message[found.match.part.start : found.match.part.end]
        yield Text(_("Matching part: “%(part)s”") % {"part": shortened(part)})
    yield Text(_probability(found), style="dim")


def rating_line(review: ExternalReview) -> str:
    """Return the publisher with its own rating words, and the day."""
    rating = printable(review.rating) or _("no rating given")
    line = f"{printable(review.publisher_name)}: {rating}"
    return f"{line} ({date_format(review.published, 'SHORT_DATE_FORMAT')})" if review.published else line


def _source(source: dict[str, str]) -> str:
    names = [source.get("title", ""), source.get("publisher", "")]
    return printable(", ".join([*filter(None, names), source.get("url", "")]).strip(", "))


def _probability(found: Found) -> str:
    shown = {"percent": f"{found.match.probability:.0%}"}
    if found.match.near_copy:
        return _("Probability %(percent)s; a near copy of a known wording") % shown
    return _("Probability %(percent)s") % shown
