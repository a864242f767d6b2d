"""Fetch one address into a file.

No cookies, no credentials, no proxies of the environment; redirects are followed by hand, each checked like the first
address. See RFC 9110 for conditional requests and status codes.
"""

from __future__ import annotations

import email.utils
import ssl
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from kiemtin.exchange.fetching.failures import Failure, FetchError
from kiemtin.exchange.fetching.network import CheckedNetwork, Deadline, Resolver, system_resolver

MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FAILURES = {401: Failure.DENIED, 403: Failure.DENIED, 404: Failure.GONE, 410: Failure.GONE}
_FAILURES |= {429: Failure.BUSY, 503: Failure.BUSY}
_LONGEST_ADDRESS = 4000
_LONGEST_WAIT = 86_400.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost: bytes, as they are and unpacked, and seconds from the name to the last byte."""

    size: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave with the content that is here, so that it need not send it again (RFC 9110, 8.8)."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What was asked and answered in the end, without the body, for who keeps a record of it.

    Attributes
    ----------
    request, headers
        Names and values as they were sent and as they came.
    protocol, status, reason
        Of the answer: `HTTP/1.1`, 200, `OK`.
    server
        The numeric address that answered; empty if it is not known.
    redirects
        Addresses that led there, first the one that was asked for.
    """

    request: tuple[tuple[str, str], ...]
    headers: tuple[tuple[str, str], ...]
    protocol: str
    status: int
    reason: str
    server: str = ""
    redirects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a fetch.

    Attributes
    ----------
    url
        Where it came from in the end.
    is_same
        Whether the server says that nothing has changed; the file is then not written.
    validators
        For the next time.
    content_type
        Without its parameters, in small letters.
    head
        Of the last request.
    """

    url: str
    is_same: bool
    validators: Validators
    content_type: str = ""
    head: Head | None = None


@cache
def _public_trust() -> ssl.SSLContext:
    """Return what trusts the public authorities. Reading their certificates costs more than most fetches: read once."""
    return httpx.create_ssl_context(trust_env=False)


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches. What differs in tests are the resolver and the certificates that are trusted."""

    user_agent: str
    allowed: frozenset[tuple[str, int]] = frozenset()
    resolve: Resolver = system_resolver
    trust: ssl.SSLContext = field(default_factory=_public_trust)

    def get(self, url: str, *, into: Path, limits: Limits, known: Validators = Validators()) -> Answer:
        """Fetch an address into a file.

        Raises
        ------
        FetchError
        """
        network = CheckedNetwork(self.resolve, self.allowed, Deadline(limits.seconds))
        with _failures(), httpcore.ConnectionPool(ssl_context=self.trust, network_backend=network) as pool:
            here = checked(url)
            redirects: tuple[str, ...] = ()
            for _ in range(MAX_REDIRECTS + 1):
                request = self._request(here, known)
                with _asked(pool, request) as response:
                    if response.status not in _REDIRECTS:
                        head = _head(request, response, redirects)
                        return replace(_taken(here, response, into, limits), head=head)
                    redirects += (here,)
                    here = _next(here, response)
        raise FetchError(Failure.TOO_MANY_REDIRECTS)

    def _request(self, url: str, known: Validators) -> httpx.Request:
        headers = {"User-Agent": self.user_agent, "Accept": "*/*", "Accept-Encoding": "gzip"}
        if known.etag:
            headers["If-None-Match"] = known.etag
        if known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        return httpx.Request("GET", url, headers=headers)  # writes Host, and an address as HTTP wants it


@contextmanager
def _asked(pool: httpcore.ConnectionPool, request: httpx.Request) -> Iterator[httpcore.Response]:
    parts = httpcore.URL(
        scheme=request.url.raw_scheme,
        host=request.url.raw_host,
        port=request.url.port,
        target=request.url.raw_path,
    )
    with pool.stream("GET", parts, headers=request.headers.raw) as response:
        yield response


def _head(request: httpx.Request, response: httpcore.Response, redirects: tuple[str, ...]) -> Head:
    stream = response.extensions.get("network_stream")
    server = stream.get_extra_info("server_addr") if stream is not None else None
    return Head(
        request=_texts(request.headers.raw),
        headers=_texts(response.headers),
        protocol=_latin(response.extensions.get("http_version", b"HTTP/1.1")),
        status=response.status,
        reason=_latin(response.extensions.get("reason_phrase", b"")),
        server=str(server[0]) if server else "",
        redirects=redirects,
    )


def _texts(headers: Iterable[tuple[bytes, bytes]]) -> tuple[tuple[str, str], ...]:
    return tuple((_latin(name), _latin(value)) for name, value in headers)


def _latin(value: bytes) -> str:
    return value.decode("latin-1")


def checked(url: str) -> str:
    """Return an address that may be asked.

    Raises
    ------
    FetchError
        It is no address of the web, or names a user.
    """
    try:
        parts = urlsplit(url.strip())
        is_good = (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and parts.username is None
            and parts.password is None
            and parts.port != 0
            and len(url) <= _LONGEST_ADDRESS
            and not any(ord(sign) <= 32 or ord(sign) == 127 for sign in url.strip())
        )
        httpx.URL(url.strip())
    except (ValueError, httpx.InvalidURL):
        is_good = False
    if not is_good:
        raise FetchError(Failure.BAD_ADDRESS)
    return parts._replace(fragment="").geturl()


def _next(here: str, response: httpcore.Response) -> str:
    location = _header(response, "location")
    if not location:
        raise FetchError(Failure.BAD_STATUS, status=response.status)
    try:
        there = checked(urljoin(here, location))
    except ValueError as error:  # brackets that are no IPv6 address
        raise FetchError(Failure.BAD_ADDRESS) from error
    if here.startswith("https:") and there.startswith("http:"):
        raise FetchError(Failure.LESS_SECURE)
    return there


def _taken(url: str, response: httpcore.Response, into: Path, limits: Limits) -> Answer:
    found = Validators(_header(response, "etag")[:500], _header(response, "last-modified")[:100])
    if response.status == 304:
        return Answer(url, True, found)
    if response.status != 200:
        raise FetchError(
            _FAILURES.get(response.status, Failure.BAD_STATUS), status=response.status, wait=_wait(response)
        )
    length = _header(response, "content-length")
    if length.isdecimal() and int(length) > limits.size:
        raise FetchError(Failure.TOO_LARGE)
    _write(response, into, limits.size)
    kind = _header(response, "content-type").partition(";")[0].strip().lower()
    return Answer(url, False, found, kind)


def _write(response: httpcore.Response, into: Path, limit: int) -> None:
    """Write the body, unpacked where the server packed it for the way; stop at the limit either way."""
    coding = _header(response, "content-encoding").strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip"):
        raise FetchError(Failure.INTERRUPTED, f"content coding {coding[:20]}")
    unpacker = zlib.decompressobj(31) if "gzip" in coding else None
    taken = written = 0
    with into.open("wb") as file:
        for chunk in response.iter_stream():
            taken += len(chunk)
            for piece in _unpacked(chunk, unpacker):
                written += len(piece)
                if max(taken, written) > limit:
                    raise FetchError(Failure.TOO_LARGE)
                file.write(piece)
    if unpacker is not None and taken and not unpacker.eof:
        raise FetchError(Failure.INTERRUPTED, "the packed body ends too early")


def _unpacked(chunk: bytes, unpacker: zlib._Decompress | None) -> Iterator[bytes]:
    """Yield a chunk in pieces of bounded size: a few bytes can unpack to gigabytes."""
    if unpacker is None:
        yield chunk
        return
    rest = chunk
    while rest and not unpacker.eof:
        yield unpacker.decompress(rest, 1 << 20)
        rest = unpacker.unconsumed_tail


def _wait(response: httpcore.Response) -> float:
    """Return the seconds of Retry-After (RFC 9110, 10.2.3), a day at most."""
    value = _header(response, "retry-after").strip()
    if value.isdecimal():
        return min(float(value), _LONGEST_WAIT)
    try:
        moment = email.utils.parsedate_to_datetime(value).timestamp()
    except (ValueError, TypeError):
        return 0.0
    return max(0.0, min(moment - time.time(), _LONGEST_WAIT))


def _header(response: httpcore.Response, name: str) -> str:
    wanted = name.encode()
    return next((value.decode("latin-1") for key, value in response.headers if key.lower() == wanted), "")


@contextmanager
def _failures() -> Iterator[None]:
    """Turn what the layers below raise into one error."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise FetchError(Failure.TIMED_OUT) from error
    except httpcore.ConnectError as error:
        is_certificate = isinstance(error.__context__, ssl.SSLError) or isinstance(error.__cause__, ssl.SSLError)
        raise FetchError(Failure.BAD_CERTIFICATE if is_certificate else Failure.UNREACHABLE, str(error)) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, zlib.error) as error:
        raise FetchError(Failure.INTERRUPTED, str(error)) from error
    except httpx.InvalidURL as error:
        raise FetchError(Failure.BAD_ADDRESS, str(error)) from error
