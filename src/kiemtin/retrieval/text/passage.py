"""Passages: a long message cut into overlapping parts, so that one sentence in twenty can be found."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_WORDS = 60
"""Words in a passage: about what one claim with its surroundings takes."""

_SENTENCE_END = re.compile(r"(?<=[.!?…。])\s+|\n+|[•▪➤👉]+")
_SPACE = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a message: `text` is `message[start:end]`."""

    text: str
    start: int
    end: int


def _sentences(message: str) -> list[tuple[int, int, int]]:
    """Return (start, end, words) of each sentence; one longer than `MAX_WORDS` is cut."""
    spans: list[tuple[int, int, int]] = []
    start = 0
    for end, after in [(m.start(), m.end()) for m in _SENTENCE_END.finditer(message)] + [(len(message), len(message))]:
        words = [(start + m.start(), start + m.end()) for m in _SPACE.finditer(message[start:end])]
        for at in range(0, len(words), MAX_WORDS):
            piece = words[at : at + MAX_WORDS]
            spans.append((piece[0][0], piece[-1][1], len(piece)))
        start = after
    return spans


def passages(message: str) -> list[Passage]:
    """Cut `message` at sentence ends into passages of up to `MAX_WORDS` words, each starting half-way into the last.

    A message that fits into one passage and a half gives none: it is matched whole.
    """
    spans = _sentences(message)
    if sum(words for _, _, words in spans) <= MAX_WORDS * 3 // 2:
        return []
    out: list[Passage] = []
    first = 0
    while first < len(spans):
        last, total = first, spans[first][2]
        while last + 1 < len(spans) and total + spans[last + 1][2] <= MAX_WORDS:
            last += 1
            total += spans[last][2]
        start, end = spans[first][0], spans[last][1]
        out.append(Passage(message[start:end], start, end))
        if last == len(spans) - 1:
            break
        first = _half_way(spans, first, last)
    return out


def _half_way(spans: list[tuple[int, int, int]], first: int, last: int) -> int:
    """Index of the sentence at which the next passage starts: past half of this one, at least one further."""
    half = sum(words for _, _, words in spans[first : last + 1]) / 2
    total = 0
    for at in range(first, last + 1):
        total += spans[at][2]
        if total >= half:
            return max(at if at > first else at + 1, first + 1)
    return last + 1
