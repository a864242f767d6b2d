"""The stored message as its asker is shown it: what was covered, and which part matched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kiemtin.questions.masking import MARK, Kind

_GAP = rf"(?:\s|{MARK.pattern.replace('?P<kind>', '?:')})+"
_LONGEST_PATTERN = 300  # words of a passage that are looked for


@dataclass(frozen=True, slots=True)
class Piece:
    """Text as it is stored, or the kind of what was covered; `changed` where it is part of what matched."""

    text: str = ""
    kind: str = ""
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """A message in pieces, and what was covered in it: each kind once, in the order of the text."""

    pieces: tuple[Piece, ...]
    covered: tuple[str, ...]
    length: int


def sent(text: str, passage: str = "") -> Sent:
    """Return a stored message to show."""
    start, end = _place(text, passage)
    cuts = ((text[:start], False), (text[start:end], True), (text[end:], False))
    pieces = tuple(piece for part, matched in cuts for piece in _pieces(part, matched=matched))
    covered = tuple(dict.fromkeys(piece.kind for piece in pieces if piece.kind))
    return Sent(pieces, covered, len(text))


def _place(text: str, passage: str) -> tuple[int, int]:
    """Find what matched, though it was searched for without marks and perhaps in another asker's spacing."""
    words = passage.split()
    if not words or len(words) > _LONGEST_PATTERN:
        return 0, 0
    found = re.search(_GAP.join(map(re.escape, words)), text, re.IGNORECASE)
    return found.span() if found else (0, 0)


def _pieces(text: str, *, matched: bool) -> Iterator[Piece]:
    last = 0
    for mark in MARK.finditer(text):
        if mark.start() > last:
            yield Piece(text[last : mark.start()], changed=matched)
        yield Piece(kind=Kind(mark["kind"]).value)
        last = mark.end()
    if last < len(text):
        yield Piece(text[last:], changed=matched)
