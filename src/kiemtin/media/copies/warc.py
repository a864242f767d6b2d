"""One page as a web archive: a `.warc.gz` that the archives' own tools read.

WARC 1.1 (ISO 28500:2017), one gzip member a record: `warcinfo`, `response`, `request` and `metadata`, with SHA-256 of
block and payload. A body that the server packed for the way stands in it unpacked; the headers that no longer hold are
kept as `X-Archive-Orig-…`, as other archivers do.
"""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

MEDIA_TYPE = "application/warc"
_UNPACKED = frozenset({"content-encoding", "content-length", "transfer-encoding"})

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What was asked and answered.

    Attributes
    ----------
    url
        Where the page came from in the end.
    redirects
        Addresses that led there, first the one that was asked for; empty if none did.
    at
        When it was asked for, aware.
    target
        Path and query, as they stand in the request.
    request, response
        Headers as they were sent and as they came.
    protocol, status, reason
        Of the answer: `HTTP/1.1`, 200, `OK`.
    server
        The numeric address that answered, if it is known.
    software, operator
        Who took the copy: the program with its version, and the address of the installation.
    """

    url: str
    at: dt.datetime
    target: str
    request: Headers
    response: Headers
    protocol: str
    status: int
    reason: str
    server: str = ""
    redirects: tuple[str, ...] = ()
    software: str = ""
    operator: str = ""


class _Writer(WARCWriter):  # type: ignore[misc]  # the library has no types
    @staticmethod
    def _create_digester() -> Digester:
        return Digester("sha256")


def write_page(exchange: Exchange, *, body: Path, into: Path) -> None:
    """Write the archive of one page.

    Parameters
    ----------
    body
        File with the body, unpacked.
    """
    size = body.stat().st_size
    moment = exchange.at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    dated = {"WARC-Date": moment}
    with into.open("wb") as file, body.open("rb") as content:
        writer = _Writer(file, gzip=True, warc_version="1.1")
        writer.write_record(_about_the_file(writer, exchange, dated))
        answered = dated | ({"WARC-IP-Address": exchange.server} if exchange.server else {})
        status = f"{exchange.status} {_ascii(exchange.reason)}".strip()
        head = StatusAndHeaders(status, list(_as_stored(exchange.response, size)), protocol=exchange.protocol)
        response = writer.create_warc_record(
            exchange.url, "response", payload=content, length=size, http_headers=head, warc_headers_dict=answered
        )
        # Written first, since writing it is what fixes its number.
        writer.write_record(response)
        number = response.rec_headers.get_header("WARC-Record-ID")
        told = dated | {"WARC-Concurrent-To": number}
        asked = StatusAndHeaders(f"GET {exchange.target} HTTP/1.1", list(exchange.request), is_http_request=True)
        writer.write_record(
            writer.create_warc_record(exchange.url, "request", http_headers=asked, warc_headers_dict=told)
        )
        writer.write_record(_about_the_page(writer, exchange, told))


def _about_the_file(writer: WARCWriter, exchange: Exchange, dated: dict[str, str]) -> object:
    info = {
        "software": exchange.software,
        "operator": exchange.operator,
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    }
    return _fields(writer, "", "warcinfo", info, dated)


def _about_the_page(writer: WARCWriter, exchange: Exchange, told: dict[str, str]) -> object:
    """Return how the page was come by (`via`, `hopsFromSeed`: ISO 28500, 6.7)."""
    info = {"hopsFromSeed": "R" * len(exchange.redirects)}
    if exchange.redirects:
        info["via"] = exchange.redirects[-1]
        info["firstAddress"] = exchange.redirects[0]
    return _fields(writer, exchange.url, "metadata", info, told)


def _fields(writer: WARCWriter, url: str, kind: str, info: dict[str, str], headers: dict[str, str]) -> object:
    text = "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in info.items()).encode()
    return writer.create_warc_record(
        url or None,
        kind,
        payload=BytesIO(text),
        length=len(text),
        warc_content_type="application/warc-fields",
        warc_headers_dict=headers,
    )


def _as_stored(headers: Headers, size: int) -> Iterator[tuple[str, str]]:
    """Yield the headers of an answer as they fit its unpacked body."""
    for name, value in headers:
        yield _ascii(f"X-Archive-Orig-{name}" if name.lower() in _UNPACKED else name), _ascii(value)
    yield "Content-Length", str(size)


def _ascii(text: str) -> str:
    """Return text with all that is not ASCII percent-encoded: the head of an archived answer holds nothing else."""
    try:
        octets = text.encode("latin-1")  # as the bytes of an answer were read
    except UnicodeEncodeError:
        octets = text.encode("utf-8", "replace")
    return quote(octets, safe=string.printable)
