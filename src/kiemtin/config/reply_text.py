"""A reply as people read it on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from kiemtin.config.terminal import printable, shortened
from kiemtin.matching.ask import Band, Found, Guard, Reply
from kiemtin.matching.finding import Finding
from kiemtin.matching.labels import BAND_LABELS, GUARD_SENTENCES

# A sign and words say the band; the colour only repeats it.
_SIGNS = {Band.ANSWER: ("✔", "bold green"), Band.MAYBE: ("?", "bold yellow"), Band.NONE: ("–", "bold")}
_INDENT = "  "


def print_reply(console: Console, reply: Reply, message: str) -> None:
    """Print band, checks, what held an answer back, and what was missing."""
    sign, style = _SIGNS[reply.band]
    console.print(Text(f"{sign} {BAND_LABELS[reply.band]}", style=style))
    for guard in _guards(reply):
        console.print(Text(f"{_INDENT}! {GUARD_SENTENCES[guard]}"))
    for found in _shown(reply):
        console.print()
        for line in _lines(found, message, with_sources=reply.band is Band.ANSWER):
            _print(console, line)
    for note in notes(reply):
        console.print(Text(f"\n{note}", style="dim"))


def notes(reply: Reply) -> Iterator[str]:
    """Yield what the reader should know about how the reply came about."""
    if not reply.encoder:
        yield _("Matched by words only: without the encoder, other wordings and other languages may be missed.")


def _guards(reply: Reply) -> tuple[Guard, ...]:
    """Return what held an answer back; where nothing fits, only what the asker can mend."""
    mendable = (Guard.LINK_ONLY, Guard.TOO_SHORT)
    return tuple(guard for guard in reply.guards if reply.band is Band.MAYBE or guard in mendable)


def _shown(reply: Reply) -> tuple[Found, ...]:
    if reply.band is Band.NONE:
        return ()
    return reply.found[:1] if reply.band is Band.ANSWER else reply.asked_about


def _print(console: Console, line: Text) -> None:
    """Print a line indented; an address stays in one piece, so that it can be followed and copied."""
    if "://" in line.plain:
        console.print(Text(_INDENT) + line, soft_wrap=True)
    else:
        console.print(Padding(line, (0, 0, 0, len(_INDENT))))


def _lines(found: Found, message: str, *, with_sources: bool) -> Iterator[Text]:
    finding, part = found.finding, found.match.part
    yield Text(printable(finding.claim), style="bold")
    yield Text(rating_line(finding))
    if finding.summary:
        yield Text(shortened(finding.summary, 600))
    if finding.url:
        yield Text(printable(finding.url), style="underline")
    if with_sources:
        yield from (Text(line) for source in finding.sources for line in _source(source))
    if part is not None:
        yield Text(_("Matching part: “%(part)s”") % {"part": shortened(message[part.start : part.end])})
    yield Text(_probability(found), style="dim")


def rating_line(finding: Finding) -> str:
    """Return the publisher with its own rating words, and the day."""
    rating = printable(finding.rating) or _("no rating given")
    line = f"{printable(finding.publisher_name)}: {rating}"
    return f"{line} ({date_format(finding.published, 'SHORT_DATE_FORMAT')})" if finding.published else line


def _source(source: Mapping[str, Any]) -> Iterator[str]:
    yield "· " + printable(", ".join(filter(None, (source.get("title"), source.get("publisher")))))
    if url := source.get("url"):
        yield _INDENT + printable(url)


def _probability(found: Found) -> str:
    shown = {"percent": _percent(found.match.probability)}
    if found.match.near_copy:
        return _("Probability %(percent)s; a near copy of a known wording") % shown
    return _("Probability %(percent)s") % shown


def _percent(probability: float) -> str:
    """Return whole percents; never 0 or 100, which would be certainty."""
    if probability > 0.99:
        return "> 99%"
    return "< 1%" if probability < 0.01 else f"{probability:.0%}"
