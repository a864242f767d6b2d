"""What changed between two texts, word by word.

Anchors are words that occur once in both texts, in their longest common order (patience diff, B. Cohen); what lies
between two anchors is compared on its own. Long stretches without anchors count as replaced, so that the time grows
with the length of the texts and not with its square.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple


class Op(StrEnum):
    """What became of a run of words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words, with the space behind it. `SKIPPED` is unchanged text that a page may leave out."""

    op: Op
    text: str


def word_diff(before: str, after: str) -> tuple[Span, ...]:
    """Return the runs of two texts in reading order, what was removed before what was added.

    Words are compared with their punctuation and without the space around them; the end of a line counts as a word. All
    runs but the removed ones make up `after` exactly.
    """
    old, new = _words(before), _words(after)
    pairs = _pairs([word.key for word in old], [word.key for word in new])
    return tuple(_spans(old, new, _without_crumbs(_runs(pairs, len(old), len(new)), new)))


def elided(spans: Sequence[Span], *, around: int = 12) -> tuple[Span, ...]:
    """Return spans with the middle of each long unchanged run as a `SKIPPED` one.

    Parameters
    ----------
    around
        Words that stay visible beside a change; a run is cut only if more than that is saved.
    """
    found: list[Span] = []
    for at, span in enumerate(spans):
        words = [word.text for word in _words(span.text)]
        head, tail = around * (at > 0), len(words) - around * (at < len(spans) - 1)
        if span.op is not Op.SAME or tail - head <= around:
            found.append(span)
            continue
        parts = ((Op.SAME, words[:head]), (Op.SKIPPED, words[head:tail]), (Op.SAME, words[tail:]))
        found += [Span(op, "".join(part)) for op, part in parts if part]
    return tuple(found)


class _Word(NamedTuple):
    """A word or the end of a line: what is compared, and what is shown."""

    key: str
    text: str


class _Run(NamedTuple):
    """Words in common: where they begin in the old and the new text, and how many."""

    old: int
    new: int
    size: int


class _Range(NamedTuple):
    """A part of both texts that is still to be compared."""

    old: int
    old_end: int
    new: int
    new_end: int
    depth: int


_PIECE = re.compile(r"\s*\n\s*|\S+[^\S\n]*|\s+")
_SMALL = 10_000
"""Ranges of no more than this many pairs of words are compared to the last word."""
_DEPTH = 10
_CRUMB = 3
"""Longer common runs always stand."""


def _words(text: str) -> list[_Word]:
    return [_Word(_key(piece), piece) for piece in _PIECE.findall(text)]


def _key(piece: str) -> str:
    return piece.strip() or "\n" * min(piece.count("\n"), 2) or " "


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of common words, rising in both texts."""
    found: list[tuple[int, int]] = []
    todo = [_Range(0, len(old), 0, len(new), 0)]
    while todo:
        part = _trimmed(old, new, todo.pop(), found)
        if part.old == part.old_end or part.new == part.new_end:
            continue
        if (part.old_end - part.old) * (part.new_end - part.new) <= _SMALL:
            found += _small(old, new, part)
        elif part.depth < _DEPTH:
            todo += _between(part, _anchors(old, new, part))
    return sorted(found)


def _trimmed(old: Sequence[str], new: Sequence[str], part: _Range, found: list[tuple[int, int]]) -> _Range:
    """Move the common beginning and end of a range to what is found."""
    i, i_end, j, j_end, depth = part
    while i < i_end and j < j_end and old[i] == new[j]:
        found.append((i, j))
        i, j = i + 1, j + 1
    while i < i_end and j < j_end and old[i_end - 1] == new[j_end - 1]:
        i_end, j_end = i_end - 1, j_end - 1
        found.append((i_end, j_end))
    return _Range(i, i_end, j, j_end, depth)


def _small(old: Sequence[str], new: Sequence[str], part: _Range) -> Iterator[tuple[int, int]]:
    a, b = old[part.old : part.old_end], new[part.new : part.new_end]
    for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks():
        yield from ((part.old + block.a + at, part.new + block.b + at) for at in range(block.size))


def _anchors(old: Sequence[str], new: Sequence[str], part: _Range) -> list[tuple[int, int]]:
    """Return the places of words, or else of pairs or triples of words, that each text has once in the range."""
    for size in (1, 2, 3):
        there = _once(old, part.old, part.old_end, size)
        here = _once(new, part.new, part.new_end, size)
        if common := [(there[key], at) for key, at in here.items() if key in there]:
            return _rising(common)
    return []


def _once(words: Sequence[str], start: int, end: int, size: int) -> dict[tuple[str, ...], int]:
    keys = [tuple(words[at : at + size]) for at in range(start, end - size + 1)]
    counts = Counter(keys)
    return {key: start + at for at, key in enumerate(keys) if counts[key] == 1}


def _rising(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest selection that rises in both places; pairs come in the order of the second (Fredman 1975)."""
    tops: list[int] = []
    piles: list[tuple[int, int]] = []
    given = list(pairs)
    back = [-1] * len(given)
    for at, (i, _) in enumerate(given):
        place = bisect_left(tops, i)
        if place:
            back[at] = piles[place - 1][1]
        tops[place : place + 1] = [i]
        piles[place : place + 1] = [(i, at)]
    found: list[tuple[int, int]] = []
    at = piles[-1][1] if piles else -1
    while at >= 0:
        found.append(given[at])
        at = back[at]
    return found[::-1]


def _between(part: _Range, anchors: list[tuple[int, int]]) -> Iterator[_Range]:
    """Yield the ranges that begin at an anchor and end before the next; each anchor is trimmed off in its turn."""
    starts = [(part.old, part.new), *anchors]
    ends = [*anchors, (part.old_end, part.new_end)]
    if anchors:
        for (i, j), (i_end, j_end) in zip(starts, ends, strict=True):
            yield _Range(i, i_end, j, j_end, part.depth + 1)


def _runs(pairs: Iterable[tuple[int, int]], old_end: int, new_end: int) -> list[_Run]:
    runs: list[_Run] = []
    for i, j in pairs:
        last = runs[-1] if runs else None
        if last and last.old + last.size == i and last.new + last.size == j:
            runs[-1] = last._replace(size=last.size + 1)
        else:
            runs.append(_Run(i, j, 1))
    return [*runs, _Run(old_end, new_end, 0)]


def _without_crumbs(runs: list[_Run], new: Sequence[_Word]) -> list[_Run]:
    """Leave out common runs of a word or two within a rewritten passage: nobody can read those."""
    kept = [_Run(0, 0, 0)]
    for run, following in zip(runs, [*runs[1:], None], strict=False):
        if following is None or not _is_crumb(kept[-1], run, following, new):
            kept.append(run)
    return kept


def _is_crumb(before: _Run, run: _Run, after: _Run, new: Sequence[_Word]) -> bool:
    if run.size > _CRUMB or any(word.key.startswith("\n") for word in new[run.new : run.new + run.size]):
        return False
    return min(_changed(before, run), _changed(run, after)) >= 2 * run.size


def _changed(first: _Run, second: _Run) -> int:
    return max(second.old - first.old - first.size, second.new - first.new - first.size)


def _spans(old: Sequence[_Word], new: Sequence[_Word], runs: Iterable[_Run]) -> Iterator[Span]:
    i = j = 0
    for run in runs:
        for op, words in (
            (Op.REMOVED, old[i : run.old]),
            (Op.ADDED, new[j : run.new]),
            (Op.SAME, new[run.new : run.new + run.size]),
        ):
            if words:
                yield Span(op, "".join(word.text for word in words))
        i, j = run.old + run.size, run.new + run.size
