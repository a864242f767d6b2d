"""What a publisher's robots.txt lets a program read (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from protego import Protego

from kiemtin.exchange.fetching.failures import Failure, FetchError
from kiemtin.exchange.fetching.fetcher import Fetcher, Limits

AGENT = "KiemTin"
"""What publishers call us by in it; the `User-Agent` begins with it."""

_LIMITS = Limits(size=1 << 20, seconds=15.0)
_NO_RULES = frozenset({Failure.GONE, Failure.DENIED, Failure.TOO_MANY_REDIRECTS})


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of the hosts that are read, each fetched once. `folder` is for what is fetched."""

    fetcher: Fetcher
    folder: Path
    _known: dict[str, Protego | FetchError] = field(default_factory=dict)

    def check(self, url: str) -> None:
        """Let an address pass that may be read.

        Raises
        ------
        FetchError
            The publisher asks programs not to read it; or its rules could not be fetched: then nothing is read.
        """
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._known:
            self._known[host] = self._rules(host)
        rules = self._known[host]
        if isinstance(rules, FetchError):
            raise rules
        if not rules.can_fetch(url, AGENT):
            raise FetchError(Failure.ROBOTS)

    def _rules(self, host: str) -> Protego | FetchError:
        path = self.folder / "robots"
        path.unlink(missing_ok=True)
        try:
            self.fetcher.get(f"{host}/robots.txt", into=path, limits=_LIMITS)
        except FetchError as error:
            if error.failure is Failure.TOO_LARGE:
                return _parsed(path) if path.exists() else Protego.parse("")  # what came counts (RFC 9309, 2.5)
            if error.failure in _NO_RULES or 400 <= error.status < 429 or 430 <= error.status < 500:
                return Protego.parse("")
            return error
        return _parsed(path)


def _parsed(path: Path) -> Protego:
    return Protego.parse(path.read_text(encoding="utf-8", errors="replace"))
