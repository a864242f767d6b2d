"""Links and indicators of a case, so that nothing can be clicked or called by mistake."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kiemtin.exchange.fetching.failures import Failure
from kiemtin.media.links import Link, Trait, find_links, read_link
from kiemtin.media.links.link import defanged
from kiemtin.questions.indicators import Counted, counted_of
from kiemtin.questions.link_pages import pages_of
from kiemtin.questions.models import Case, LinkPage, Message

_MOST_LINKS = 10
_MOST_INDICATORS = 20
_LONGEST = 160
_WEEK = 6  # days that a week day names

_NOTES: dict[Trait, Callable[[Link], str]] = {
    Trait.LOOKS_LIKE: lambda link: _("It looks like %(host)s and is another site.") % {"host": link.resembles},
    Trait.BEARS_NAME: lambda link: _("It bears the name of %(host)s and is another site.") % {"host": link.resembles},
    Trait.MIXED_SCRIPTS: lambda _link: _("Its name mixes letters of several alphabets."),
    Trait.FOREIGN_LETTERS: lambda link: (
        _("Not all of its letters are a–z. For machines its name is %(name)s.") % {"name": defanged(link.host)}
    ),
    Trait.USER: lambda _link: _("What stands before the @ in it is not the site that it leads to."),
    Trait.NUMBER: lambda _link: _("The site has no name, only a number."),
    Trait.SHORT: lambda _link: _("A short link: where it leads is not known without opening it."),
    Trait.WRAPPED: lambda link: _("It was sent inside a redirect of %(host)s.") % {"host": defanged(link.around)},
}
_WARNINGS = frozenset({Trait.LOOKS_LIKE, Trait.BEARS_NAME, Trait.MIXED_SCRIPTS, Trait.USER})


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A link that no program makes a link of.

    Attributes
    ----------
    notes
        What is to be known of it, and whether that is a warning.
    page
        What stood there when it was opened, if the desk has links opened.
    failure
        Why it could not be read, in a sentence.
    led_to
        Where it led to in the end, defanged.
    """

    host: str
    rest: str
    notes: tuple[tuple[str, bool], ...]
    page: LinkPage | None = None
    failure: str = ""
    led_to: str = ""


@dataclass(frozen=True, slots=True)
class ShownIndicator:
    """An indicator, how often it was asked about since when, and the other cases that have it."""

    kind: str
    shown: str
    asked: str
    others: tuple[int, ...]


def links_of(messages: Sequence[Message]) -> list[ShownLink]:
    """Return the links in messages, each once: one query at most."""
    found: dict[str, Link] = {}
    for written in dict.fromkeys(one.text for message in messages for one in find_links(message.text)):
        link = read_link(written) if len(found) < _MOST_LINKS else None
        if link is not None:
            found.setdefault(link.canonical, link)
    pages = pages_of(message.text for message in messages) if found else {}
    return [_shown(link, pages.get(canonical)) for canonical, link in found.items()]


def indicators_of(case: Case) -> list[ShownIndicator]:
    """Return the indicators of a case, most asked first."""
    return [
        ShownIndicator(one.indicator.get_kind_display(), one.indicator.shown, _asked(one), one.others)
        for one in counted_of(case)[:_MOST_INDICATORS]
    ]


def _shown(link: Link, page: LinkPage | None) -> ShownLink:
    parts = urlsplit(link.canonical)
    read = unquote(link.canonical.split(parts.netloc, 1)[1])
    # What turns a line around or shows nothing stays written out.
    rest = "".join(sign if sign.isprintable() else quote(sign) for sign in read) if read != "/" else ""
    notes = tuple((note(link), trait in _WARNINGS) for trait, note in _NOTES.items() if trait in link.traits)
    return ShownLink(
        host=defanged(link.shown_host),
        rest=rest if len(rest) <= _LONGEST else f"{rest[:_LONGEST]}…",
        notes=notes,
        page=page,
        failure=_failure(page) if page is not None else "",
        led_to=_led_to(page) if page is not None else "",
    )


def _failure(page: LinkPage) -> str:
    known = page.failure in set(Failure)
    return str(Failure(page.failure).label) if known else str(_("It could not be read.")) if page.failure else ""


def _led_to(page: LinkPage) -> str:
    there = read_link(page.led_to) if page.led_to else None
    here = read_link(page.address)
    if there is None or (here is not None and here.canonical == there.canonical):
        return ""
    return defanged(there.shown_host)


def _asked(one: Counted) -> str:
    days = (localdate() - one.since).days
    if days <= 0:
        return ngettext("asked %(n)d time today", "asked %(n)d times today", one.asked) % {"n": one.asked}
    since = date_format(one.since, "l" if days <= _WEEK else "SHORT_DATE_FORMAT")
    told = ngettext("asked %(n)d time since %(day)s", "asked %(n)d times since %(day)s", one.asked)
    return told % {"n": one.asked, "day": since}
