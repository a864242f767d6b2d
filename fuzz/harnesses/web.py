"""What servers of others answer: HTTP itself, robots.txt, site maps, pages."""

from __future__ import annotations

import contextlib
import datetime as dt
import ssl
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import httpcore
from warcio.archiveiterator import ArchiveIterator

from fuzz.harness import Harness, file, folder, must, storable, text_of
from kiemtin.exchange.fetching.failures import FetchError
from kiemtin.exchange.fetching.fetcher import Answer, Fetcher, Limits, Validators
from kiemtin.exchange.fetching.robots import Robots
from kiemtin.exchange.following import reviews_in
from kiemtin.exchange.sitemaps import SitemapError, entries
from kiemtin.media.copies.text import content_digest
from kiemtin.media.copies.warc import Exchange, write_page
from kiemtin.media.page_text import LONGEST_TEXT, page_text

_LIMITS = Limits(size=1 << 20, seconds=5.0)
_PLACES = ("https://bao.example/", "https://bao.example/tin/1?a=b%2F&c=%E1%BA%A3", "https://bao.example/*$")
_AT = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
_TRUST = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # nobody is asked; to read the certificates each time takes long


def sitemaps(data: bytes) -> None:
    """Read a site map."""
    try:
        for entry in entries(file(data)):
            must(storable(entry.url) and len(entry.lastmod) <= 40, "an entry can be stored")
    except SitemapError:
        pass


@dataclass(frozen=True, slots=True)
class _Given(Fetcher):
    """Stands for the network: whatever is asked for is these bytes."""

    data: bytes = b""

    def get(self, url: str, *, into: Path, limits: Limits, known: Validators = Validators()) -> Answer:  # noqa: B008
        into.write_bytes(self.data)
        return Answer(url, False, known)


def robots(data: bytes) -> None:
    """Read a robots.txt and ask it about some pages."""
    rules = Robots(_Given("KiemTin", trust=_TRUST, data=data), folder())
    for url in _PLACES:
        with contextlib.suppress(FetchError):
            rules.check(url)


class _Stream(httpcore.NetworkStream):
    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        piece, self._data = self._data[:max_bytes], self._data[max_bytes:]
        return piece

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        pass

    def close(self) -> None:
        pass

    def get_extra_info(self, info: str) -> object:
        return ("93.184.216.34", 80) if info == "server_addr" else None


def answers(data: bytes) -> None:
    """Fetch from a server that answers so, and write the archive of what came."""
    into = folder() / "fetched"
    fetcher = Fetcher(user_agent="KiemTin", resolve=lambda *_: ["93.184.216.34"], trust=_TRUST)
    with patch.object(httpcore.SyncBackend, "connect_tcp", lambda *_args, **_more: _Stream(data)):
        try:
            answer = fetcher.get("http://bao.example/tin", into=into, limits=_LIMITS)
        except FetchError as error:
            must(0 <= error.wait <= 86_400, "a server cannot keep us waiting for ever")
            return
    must(answer.is_same or into.stat().st_size <= _LIMITS.size, "no more is written than may be")
    _archived(answer, into if not answer.is_same else file(b""))


def _archived(answer: Answer, body: Path) -> None:
    head = answer.head
    if head is None:
        return
    exchange = Exchange(
        url=answer.url,
        redirects=head.redirects,
        at=_AT,
        target="/tin",
        request=head.request,
        response=head.headers,
        protocol=head.protocol,
        status=head.status,
        reason=head.reason,
        server=head.server,
    )
    archive = folder() / "page.warc.gz"
    write_page(exchange, body=body, into=archive)
    with archive.open("rb") as stream:
        records = [(one.rec_type, one.content_stream().read()) for one in ArchiveIterator(stream)]
    kinds = [kind for kind, _ in records]
    must(kinds == ["warcinfo", "response", "request", "metadata"], "an archive has its four records and no others")
    must(records[1][1] == body.read_bytes(), "the body in the archive is the body that came")


def page_texts(data: bytes) -> None:
    """Read what a page says, as HTML and as plain text."""
    for kind in ("text/html", "text/plain"):
        said = page_text(data, kind)
        must(len(said.text) <= LONGEST_TEXT and len(said.title) <= 300, "a text has a bound")
        must(all(storable(part) for part in (said.title, said.description, said.text)), "a text can be stored")
        content_digest(file(data), said.text)


def followed_pages(data: bytes) -> None:
    """Take the reviews of a page under an address that is in the input too."""
    url, _, page = data.partition(b"\n")
    for review in reviews_in(file(page), text_of(url)):
        must(review.url or not url, "a review has an address")


HARNESSES = (
    Harness(
        "sitemaps",
        "site maps, packed or not",
        sitemaps,
        words=(b"<urlset>", b"<sitemapindex>", b"<loc>", b"<!DOCTYPE", b"<!ENTITY", b"&lol;"),
        libraries=("defusedxml",),
    ),
    Harness(
        "robots",
        "robots.txt",
        robots,
        words=(b"User-agent: KiemTin\n", b"Disallow: ", b"Allow: ", b"*", b"$", b"Crawl-delay: "),
        libraries=("protego",),
    ),
    Harness(
        "answers",
        "what a server answers over HTTP (status, headers, redirects, packed bodies), and the WARC of it",
        answers,
        words=(
            b"HTTP/1.1 200 OK\r\n",
            b"HTTP/1.1 302 Found\r\nLocation: ",
            b"Retry-After: ",
            b"Content-Encoding: gzip\r\n",
            b"Transfer-Encoding: chunked\r\n",
            b"Content-Length: ",
            b"ETag: ",
        ),
        libraries=("httpcore", "h11", "httpx", "warcio"),
    ),
    Harness(
        "page-texts",
        "the main text of a page that was fetched",
        page_texts,
        words=(b"<article>", b"<meta name=", b"<table>", b"<p>", b"charset=", b"<![CDATA[", b"&#x"),
        libraries=("trafilatura", "justext", "htmldate", "courlan"),
    ),
    Harness("followed-pages", "a page of a followed publisher, and its address", followed_pages),
)
