"""A text as detectors see it: folded character by character, so that a place found is a place in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from kiemtin.questions.masking.kind import MARK, Kind

# What the plain text holds instead of what is settled. No pattern of a number, word or space matches these.
HIDDEN = "\x00"  # personal data that has been found, or a mark
OPAQUE = "\x01"  # a link: it stays, and what looks like a number in it is part of it
HIDDEN_NAME = "\x02"  # as HIDDEN; apart, so that one name found does not make its neighbour look like a contact

_DROPPED = "\x7f"
_CACHED = 20_000  # characters; more different ones than any honest message has


class Find(NamedTuple):
    """A place in `View.plain` and what stands there."""

    start: int
    end: int
    kind: Kind


class _Folding(dict[int, str]):
    """Character to exactly one plain character, worked out when first met."""

    def __missing__(self, code: int) -> str:
        plain = _plain(chr(code))
        if len(self) < _CACHED:
            self[code] = plain
        return plain


def _plain(char: str) -> str:
    """Fold one character: no case, tone or width; every space one kind, every dash one kind."""
    if char in "đĐ":
        return "d"
    if char == "\n":
        return char
    category = unicodedata.category(char)
    if category[0] == "M" or category == "Cf":
        return _DROPPED
    if category[0] in "ZC":
        return " "
    if category == "Pd" or char == "−":
        return "-"
    base = [c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c)]
    lower = base[0].lower() if len(base) == 1 else char
    return lower if len(lower) == 1 else char


_FOLDING = _Folding()


class View:
    """One text under examination.

    Parameters
    ----------
    text
        In NFC.

    Attributes
    ----------
    source
        The text without joining and invisible characters.
    plain
        Folded `source`, of the same length, with what is settled blotted out.
    """

    def __init__(self, text: str) -> None:
        folded = text.translate(_FOLDING)
        self._text = text
        self._places: list[int] | None = None
        self.source = text
        self.plain = folded
        if _DROPPED in folded:
            self._places = [i for i, char in enumerate(folded) if char != _DROPPED]
            self.source = "".join([text[i] for i in self._places])
            self.plain = folded.replace(_DROPPED, "")
        self._finds: list[Find] = []
        self._blot((m.start(), m.end(), _cover(Kind(m["kind"]))) for m in MARK.finditer(self.source))

    def take(self, finds: Iterable[Find]) -> None:
        """Settle what a detector found; of two that overlap the first stays."""
        taken: list[Find] = []
        for find in sorted(finds, key=lambda find: find.start):
            if not taken or find.start >= taken[-1].end:
                taken.append(find)
        self._finds += taken
        self._blot((find.start, find.end, _cover(find.kind)) for find in taken)

    def hide(self, spans: Iterable[tuple[int, int]]) -> None:
        """Make these places opaque, apart from what is settled in them."""
        self._blot((start, end, OPAQUE) for start, end in spans)

    def found(self) -> list[Find]:
        """Return what is settled so far, in the order of the text."""
        return sorted(self._finds)

    def masked(self) -> tuple[str, list[Find]]:
        """Give the text with its marks, and what they stand for, at its places in the text, in order."""
        pieces: list[str] = []
        last = 0
        finds = []
        for find in sorted(self._finds):
            # What is invisible after the last character goes with it.
            start, end = self._place(find.start), self._place(find.end)
            pieces += [self._text[last:start], find.kind.mark]
            finds.append(Find(start, end, find.kind))
            last = end
        return "".join([*pieces, self._text[last:]]), finds

    def _blot(self, spans: Iterable[tuple[int, int, str]]) -> None:
        pieces: list[str] = []
        last = 0
        for start, end, cover in spans:
            pieces += [self.plain[last:start], _covered(self.plain[start:end], cover)]
            last = end
        if pieces:
            self.plain = "".join([*pieces, self.plain[last:]])

    def _place(self, index: int) -> int:
        if self._places is None:
            return index
        return self._places[index] if index < len(self._places) else len(self._text)


def _cover(kind: Kind) -> str:
    return HIDDEN_NAME if kind is Kind.NAME else HIDDEN


_SETTLED = re.compile(f"([{HIDDEN}{HIDDEN_NAME}]+)")


def _covered(piece: str, cover: str) -> str:
    if cover != OPAQUE:
        return cover * len(piece)
    return "".join(part if _SETTLED.match(part) else OPAQUE * len(part) for part in _SETTLED.split(piece))


Detector = Callable[[View], Iterable[Find]]


def scan(pattern: re.Pattern[str], text: str, accept: Callable[[re.Match[str]], bool]) -> Iterator[re.Match[str]]:
    """Find matches; one that is not accepted does not swallow one that begins inside it.

    Linear as long as the pattern has a bounded length.
    """
    place = 0
    while match := pattern.search(text, place):
        accepted = accept(match)
        if accepted:
            yield match
        place = match.end() if accepted else match.start() + 1
