"""A text as detectors see it: folded, with what is settled blotted out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from kiemtin.questions.masking.chains import Chain, chains
from kiemtin.questions.masking.folding import DROPPED, fold
from kiemtin.questions.masking.kind import MARK, Kind

# What the plain text holds instead of what is settled. No pattern of a number, word or space matches these.
HIDDEN = "\x00"  # personal data that has been found, or a mark
OPAQUE = "\x01"  # a link, or a number that is nobody's: it stays, and nothing is looked for in it
HIDDEN_NAME = "\x02"  # as HIDDEN; apart, so that one name found does not make its neighbour look like a contact


class Find(NamedTuple):
    """A place in a text, or in the `plain` text of a `View`, and what stands there."""

    start: int
    end: int
    kind: Kind


class View:
    """One text under examination.

    Parameters
    ----------
    text
        In NFC.
    settled
        What has been found in it, in the order of the text. Each is one `HIDDEN` sign here, and so is each mark in the
        text: a text that is masked looks the same as one in which all is settled.

    Attributes
    ----------
    source
        The text without joining and invisible characters.
    plain
        Folded `source`, of the same length.
    """

    def __init__(self, text: str, settled: Sequence[Find] = ()) -> None:
        self._places: list[int] = []
        folded, sources, plains, last = fold(text), [], [], 0
        marks = [Find(match.start(), match.end(), Kind(match["kind"])) for match in MARK.finditer(text)]
        for find in sorted([*marks, *settled]):
            for piece in (self._piece(text, folded, last, find.start), (_cover(find.kind),) * 2):
                sources.append(piece[0])
                plains.append(piece[1])
            self._places.append(find.start)
            last = find.end
        source, plain = self._piece(text, folded, last, len(text))
        self._places.append(len(text))
        self.source = "".join([*sources, source])
        self.plain = "".join([*plains, plain])
        self._finds: list[Find] = []
        self._kinds = {find.kind for find in [*marks, *settled]}
        self._chains: tuple[Chain, ...] | None = None

    def take(self, finds: Iterable[Find]) -> None:
        """Settle what a detector found, but for what is settled or hidden already.

        Of two that overlap the first stays, of two that begin alike the longer.
        """
        taken: list[Find] = []
        for find in sorted(finds, key=lambda find: (find.start, -find.end)):
            is_free = not _NOT_FREE.search(self.plain, find.start, find.end)
            if is_free and (not taken or find.start >= taken[-1].end):
                taken.append(find)
        self._finds += taken
        self._kinds.update(find.kind for find in taken)
        self._blot((find.start, find.end, _cover(find.kind)) for find in taken)

    def holds(self, kinds: AbstractSet[Kind]) -> bool:
        """Whether something of these kinds has been found in the text, or is masked in it."""
        return not kinds.isdisjoint(self._kinds)

    def hide(self, spans: Iterable[tuple[int, int]]) -> None:
        """Make these places opaque, apart from what is settled in them."""
        self._blot((start, end, OPAQUE) for start, end in sorted(spans))

    def chains(self) -> tuple[Chain, ...]:
        """Return what is written in figures and neither settled nor hidden, in the order of the text."""
        if self._chains is None:
            self._chains = chains(self.plain, self.source)
        return self._chains

    def found(self) -> list[Find]:
        """Return what was settled in this view, at its places in the text.

        What is invisible after the last character of a piece belongs to it.
        """
        places = self._places
        return sorted(Find(places[find.start], places[find.end], find.kind) for find in self._finds)

    def _piece(self, text: str, folded: str, start: int, end: int) -> tuple[str, str]:
        """Give a stretch of the text and of the folded one without what shows nothing; note where it is from."""
        if DROPPED not in folded:
            self._places.extend(range(start, end))
            return text[start:end], folded[start:end]
        kept = [place for place in range(start, end) if folded[place] != DROPPED]
        self._places.extend(kept)
        return "".join([text[place] for place in kept]), folded[start:end].replace(DROPPED, "")

    def _blot(self, spans: Iterable[tuple[int, int, str]]) -> None:
        pieces: list[str] = []
        last = 0
        for start, end, cover in spans:
            if start >= last:
                pieces += [self.plain[last:start], _covered(self.plain[start:end], cover)]
                last = end
        if pieces:
            self.plain = "".join([*pieces, self.plain[last:]])
            self._chains = None


def _cover(kind: Kind) -> str:
    return HIDDEN_NAME if kind is Kind.NAME else HIDDEN


_NOT_FREE = re.compile(f"[{HIDDEN}{OPAQUE}{HIDDEN_NAME}]")
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
