"""Texts that anybody sends, on their way to being stored and shown."""

from __future__ import annotations

import contextlib
import re
from html.parser import HTMLParser
from urllib.parse import urlsplit
from xml.etree import ElementTree

from fuzz.harness import Harness, must, storable, text_of
from kiemtin.checks.markup import to_html
from kiemtin.checks.slug import slug
from kiemtin.checks.word_diff import word_diff
from kiemtin.exchange.mapping import values
from kiemtin.public.cards.content import CardContent, CardError, Shape
from kiemtin.public.cards.draw import draw_card
from kiemtin.public.feeds.xml import Xml
from kiemtin.public.sent import sent
from kiemtin.questions.bare_link import bare_link
from kiemtin.questions.codes import parse_code
from kiemtin.questions.digest import digest_of, readable, take
from kiemtin.questions.masking import unmarked
from kiemtin.questions.refusals import RefusalError
from kiemtin.questions.seen import seen_in
from kiemtin.questions.titles import LENGTH, plain, title_of
from kiemtin.retrieval.facts import facts
from kiemtin.retrieval.text.analysis import analyse
from kiemtin.retrieval.text.passage import passages

_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # turn what stands after them around
_TAGS = frozenset(
    [
        "p",
        "br",
        "hr",
        "em",
        "strong",
        "s",
        "a",
        "h2",
        "h3",
        "h4",
        "blockquote",
        "code",
        "pre",
        "ul",
        "ol",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ],
)
_ATTRIBUTES = {"a": {"href", "title", "rel"}, "ol": {"start"}}


def messages(data: bytes) -> None:
    """Take a message the way that it goes when it is asked, but for the database."""
    raw = text_of(data)
    parse_code(raw)
    try:
        taken = take(raw)
        text = taken.readable()
    except RefusalError:
        return
    must(storable(text) and not _TURNS.search(text), "what is stored is valid and turns nothing around")
    must(readable(text) == text, "what is readable is the same again")
    must(digest_of(text, raw=raw), "a text has a digest")
    must(len(title_of(text)) <= LENGTH + 1 and len(plain(title_of(text))) >= 0, "a title is short")
    must(all(len(one.shown) <= 300 for one in seen_in(taken)), "an indicator fits its column")
    must("".join(piece.text for piece in sent(text).pieces) == unmarked_pieces(text), "what is shown is what is stored")
    bare_link(text)
    searched = unmarked(text)
    if searched.strip():
        analyse(searched)
        facts(searched)
        for passage in passages(searched):
            must(passage.text.strip(), "a passage says something")
    word_diff(text, searched)


def unmarked_pieces(text: str) -> str:
    """Return a stored text without its marks, and with all else as it stands."""
    from kiemtin.questions.masking import MARK  # noqa: PLC0415

    return MARK.sub("", text)


def foreign_values(data: bytes) -> None:
    """Make single values of what stands in markup of others."""
    raw = text_of(data)
    text = values.text(raw, limit=500)
    must(storable(text) and len(text) <= 500, "a text can be stored")
    must(not _TURNS.search(text), "a text turns nothing around")
    must(values.text(values.text(raw)) is not None, "a text is one")
    url = values.address(raw)
    must(not url or (url.startswith(("http://", "https://")) and values.address(url) == url), "an address is clean")
    values.site(url)
    values.language(raw)
    values.date(raw)
    values.number(raw)
    must(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(raw)), "a slug has letters, digits and hyphens")
    feed = Xml()
    feed.start("feed")
    feed.text("title", raw, {"label": raw})
    feed.end("feed")
    ElementTree.fromstring(feed.document().encode())  # noqa: S314  (what we wrote ourselves)


class _Found(HTMLParser):
    """Looks at the HTML that was made of Markdown."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        must(tag in _TAGS, f"<{tag}> is allowed")
        for name, value in attrs:
            must(name in _ATTRIBUTES.get(tag, ()), f"{tag} may have {name}")
            if name == "href":
                must(urlsplit((value or "").strip()).scheme in ("http", "https", "mailto"), "a link leads to the web")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)


def markdown(data: bytes) -> None:
    """Make HTML of what a desk, or anybody as a desk, writes."""
    text = data.decode("utf-8", errors="replace")
    made = _Found()
    made.feed(to_html(text))
    made.close()


def cards(data: bytes) -> None:
    """Draw a share card with these texts, divided by lines."""
    claim, publisher, note, *_ = *data.decode("utf-8", errors="replace").split("\n"), "", "", ""
    content = CardContent(
        claim=claim,
        verdict="false",
        verdict_label="Sai",
        verdict_line="Không đúng.",
        publisher=publisher,
        address="localhost/checks/1",
        date="20/11/2026",
        note=note,
    )
    with contextlib.suppress(CardError):
        must(draw_card(content, Shape.WIDE)[:8] == b"\x89PNG\r\n\x1a\n", "a card is a PNG")


HARNESSES = (
    Harness(
        "messages",
        "a message: masked, made readable, digested, titled, read for indicators and for matching",
        messages,
        words=(
            b"0988 123 456",
            b"o9i2",
            "số tài khoản ".encode(),
            b"https://",
            b"[phone]",
            "\u202e".encode(),
            "\u200b".encode(),
            "e\u0301".encode(),
            b"\xed\xa0\x80",
            "đường Lê Lợi, ".encode(),
            b"@gmail.com",
            "500 triệu ".encode(),
        ),
    ),
    Harness(
        "values",
        "single values of foreign markup (texts, addresses, dates, numbers, languages), and feeds made with them",
        foreign_values,
        longest=1024,
        words=(b"&lt;", b"&#x202e;", b"<b>", b"https://", b"//", b"2020-05-01", b"1588291200", b"May 1, 2020", b"[::"),
    ),
    Harness(
        "markdown",
        "Markdown of desks, made into HTML",
        markdown,
        words=(
            b"[a](",
            b"![a](",
            b"javascript:",
            b"&colon;",
            b"<script>",
            b"```",
            b"| a |\n|---|\n",
            b"<http:",
            b"](<",
        ),
        libraries=("markdown_it", "mdurl"),
    ),
    Harness("cards", "texts drawn on a share card", cards, longest=512, words=("\u202e".encode(), "👩‍👧".encode())),
)
