"""An installation as anybody reaches it: what its public log consists of, fetched within bounds."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import httpx
import ijson

from kiemtin import __version__
from kiemtin.audit.publiclog.tiles import Tile

_SECONDS = 300.0  # for one answer, to its last byte
_TIMEOUT = httpx.Timeout(30.0, connect=10.0)
_NOTE, _TILE, _BUNDLE, _CONTENTS, _FEED = 64 << 10, 8 << 10, 17 << 20, 256 << 20, 1 << 30
_PIECE = 64 << 10
_STANDING = "log/standing"
_HERE = frozenset({"localhost", "127.0.0.1"})


class Trouble(StrEnum):
    """Why nothing could be checked."""

    BAD_ADDRESS = "bad-address"
    UNREACHABLE = "unreachable"
    NO_LOG = "no-log"
    REFUSED = "refused"
    TOO_LARGE = "too-large"
    UNREADABLE = "unreadable"


class SiteError(Exception):
    """The site did not give what is needed; `trouble` says why, `detail` what it said."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(f"{trouble}: {detail}")
        self.trouble, self.detail = trouble, detail


class NotThereError(SiteError):
    """The site says that it does not have it (404)."""


@dataclass(frozen=True, slots=True)
class Given:
    """Something that stands, as the site gives it to other programs; empty and 0 where it does not say it.

    Attributes
    ----------
    subject
        What it is, as `Entry.subject` has it.
    revision, words
        Its latest version, and the claim or title of that.
    """

    subject: str
    revision: int
    words: str


def address_of(text: str) -> str:
    """Return the address of an installation from what a person typed.

    Raises
    ------
    SiteError
        It is no address of the web.
    """
    given = text.strip()
    if "://" not in given:
        is_here = given.partition("/")[0].rpartition(":")[0] in _HERE or given.partition("/")[0] in _HERE
        given = f"{'http' if is_here else 'https'}://{given}"
    try:
        parts = urlsplit(given)
        is_good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_good = False
    if not is_good:
        raise SiteError(Trouble.BAD_ADDRESS, text)
    path = parts.path.rstrip("/").removesuffix("/log")
    return f"{parts.scheme}://{parts.netloc}{path}"


class Site:
    """Fetches; to be closed."""

    def __init__(self, address: str, *, transport: httpx.BaseTransport | None = None) -> None:
        self.address = address_of(address)
        headers = {"User-Agent": f"kiemtin-verify/{__version__}", "Cache-Control": "no-cache"}
        self._client = httpx.Client(
            timeout=_TIMEOUT, follow_redirects=True, max_redirects=5, headers=headers, transport=transport
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def key(self) -> str:
        """Return the public key as the site tells it."""
        return self._text("log/key").removesuffix("\n")

    def checkpoint(self) -> str:
        """Return the latest signed head."""
        return self._text("log/checkpoint")

    def hashes(self, tile: Tile) -> bytes:
        """Return the hashes of a tile."""
        return self._get(f"log/tile/{tile.name}", _TILE)

    def leaves(self, tile: Tile) -> list[bytes]:
        """Return the entries of a bundle.

        Raises
        ------
        SiteError
            What the site gives is no bundle of so many.
        """
        raw = self._get(f"log/tile/{tile.name}", _BUNDLE)
        found: list[bytes] = []
        place = 0
        while place + 2 <= len(raw):
            end = place + 2 + int.from_bytes(raw[place : place + 2])
            if end > len(raw):
                break
            found.append(raw[place + 2 : end])
            place = end
        if place != len(raw) or len(found) != tile.width:
            raise SiteError(Trouble.UNREADABLE, tile.name)
        return found

    def published(self, tile: Tile) -> list[dict[str, Any] | None]:
        """Return what is published now of the entries of a bundle; None for what is not.

        Raises
        ------
        SiteError
        """
        raw = self._get(f"log/published/{tile.name.removeprefix('entries/')}", _CONTENTS)
        try:
            found = [json.loads(line) for line in raw.splitlines()]
        except (ValueError, RecursionError):
            found = []
        if len(found) != tile.width or not all(one is None or isinstance(one, dict) for one in found):
            raise SiteError(Trouble.UNREADABLE, tile.name)
        return found

    def standing(self) -> list[Given]:
        """Return the scam alerts that stand and the pages of desks, each in its latest version.

        Raises
        ------
        SiteError
        """
        raw = self._get(_STANDING, _CONTENTS)
        try:
            return [_standing(json.loads(line)) for line in raw.splitlines()]
        except (ValueError, TypeError, RecursionError) as error:
            raise SiteError(Trouble.UNREADABLE, _STANDING) from error

    def given(self) -> Iterator[Given]:
        """Yield the fact-checks that the site gives to other programs, from its DataFeed.

        Raises
        ------
        SiteError
        """
        with self._asked("feeds/claimreview.json", _FEED) as pieces:
            try:
                for item in ijson.items(_Reader(pieces), "dataFeedElement.item.item.item", use_float=True):
                    if isinstance(item, dict):
                        yield _given(item)
            except (ijson.JSONError, UnicodeDecodeError) as error:
                raise SiteError(Trouble.UNREADABLE, "feeds/claimreview.json") from error

    def _text(self, path: str) -> str:
        try:
            return self._get(path, _NOTE).decode("utf-8")
        except UnicodeDecodeError as error:
            raise SiteError(Trouble.UNREADABLE, path) from error

    def _get(self, path: str, most: int) -> bytes:
        with self._asked(path, most) as pieces:
            return b"".join(pieces)

    @contextmanager
    def _asked(self, path: str, most: int) -> Iterator[Iterator[bytes]]:
        try:
            with self._client.stream("GET", f"{self.address}/{path}") as response:
                if response.status_code == httpx.codes.NOT_FOUND:
                    raise NotThereError(Trouble.NO_LOG, path)
                if response.status_code != httpx.codes.OK:
                    raise SiteError(Trouble.REFUSED, str(response.status_code))
                yield _bounded(response, path, most)
        except httpx.DecodingError as error:
            raise SiteError(Trouble.UNREADABLE, path) from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise SiteError(Trouble.UNREACHABLE, str(error)) from error


def _bounded(response: httpx.Response, path: str, most: int) -> Iterator[bytes]:
    """Yield an answer as it comes; one that is too long, or takes too long, is broken off."""
    until, taken = time.monotonic() + _SECONDS, 0
    for piece in response.iter_bytes(_PIECE):
        taken += len(piece)
        if taken > most or time.monotonic() > until:
            raise SiteError(Trouble.TOO_LARGE, path)
        yield piece


class _Reader:
    """Pieces as a file, for the reader of JSON."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces

    def read(self, size: int = -1) -> bytes:
        return b"" if size == 0 else next(self._pieces, b"")


def _given(item: dict[str, Any]) -> Given:
    identity, version, claim = item.get("@id"), item.get("version"), item.get("claimReviewed")
    last = identity.rstrip("/").rpartition("/")[2] if isinstance(identity, str) else ""
    subject = f"check/{int(last)}" if last.isascii() and last.isdigit() and len(last) < 19 else ""
    return _as_given(subject, version, claim)


def _standing(line: dict[str, Any]) -> Given:
    if not isinstance(line, dict):
        raise TypeError("it is no object")
    return _as_given(line.get("subject"), line.get("revision"), line.get("words"))


def _as_given(subject: object, revision: object, words: object) -> Given:
    return Given(
        subject if isinstance(subject, str) else "",
        revision if isinstance(revision, int) and not isinstance(revision, bool) else 0,
        words if isinstance(words, str) else "",
    )
