"""The order in which a picture is read, and what of it counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

from kiemtin.media.pictures.reading import noise
from kiemtin.media.pictures.reading.table import Row, around
from kiemtin.media.pictures.records import Box, Line, Read

_GAP = 1.0
_SMALLER = 0.8
_SENTENCE = 4
_SURE = 0.7
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together, in pixels of the picture; `bubble` tells what they stand on."""

    rows: tuple[Row, ...]
    bubble: bool

    @property
    def box(self) -> Box:
        """Return the rectangle around its lines."""
        return around(row.box for row in self.rows)

    @property
    def letters(self) -> int:
        """Return how much is written in it."""
        return sum(len(row.text) for row in self.rows)


def composed(blocks: Sequence[Block]) -> Read:
    """Put blocks in reading order and leave out what is surely no content."""
    blocks = [block for block in blocks if block.rows]
    is_chat = _is_chat(blocks)
    bubbles = [block.box for block in blocks if block.bubble]
    kept: list[list[Row]] = []
    left_out: list[Row] = []
    for block in in_order(blocks, lambda one: one.box):
        good, bad = _split(block, is_chat, bubbles)
        kept.append(good)
        left_out += bad
    paragraphs = [rows for rows in kept if rows]
    rows = [row for paragraph in paragraphs for row in paragraph]
    text = "\n\n".join("\n".join(row.text for row in paragraph) for paragraph in paragraphs)
    return Read(text, confidence(rows), tuple(map(_line, rows)), tuple(map(_line, left_out)))


def confidence(rows: Sequence[Row]) -> float:
    """Return the mean confidence over all letters; 0 without any."""
    letters = sum(len(row.text) for row in rows)
    return sum(row.confidence * len(row.text) for row in rows) / letters if letters else 0.0


def in_order(items: Sequence[Item], box: Callable[[Item], Box]) -> list[Item]:
    """Sort by recursive cuts along the white between: first across, then down (Nagy and Seth, 1984, XY-cut)."""
    if len(items) < 2:
        return list(items)
    across = _groups(items, lambda item: (box(item).top, box(item).height))
    groups = across if len(across) > 1 else _groups(items, lambda item: (box(item).left, box(item).width))
    if len(groups) < 2:
        return sorted(items, key=lambda item: (box(item).top, box(item).left))
    return [item for group in groups for item in in_order(group, box)]


def _groups(items: Sequence[Item], span: Callable[[Item], tuple[int, int]]) -> list[list[Item]]:
    groups: list[list[Item]] = []
    end = -1
    for item in sorted(items, key=span):
        start, length = span(item)
        if not groups or start >= end:
            groups.append([])
        groups[-1].append(item)
        end = max(end, start + length)
    return groups


def _is_chat(blocks: Sequence[Block]) -> bool:
    """Say whether the bubbles are what is read, and not boxes in a longer text."""
    inside = sum(block.letters for block in blocks if block.bubble)
    return inside > 0 and inside >= sum(block.letters for block in blocks if not block.bubble)


def _split(block: Block, is_chat: bool, bubbles: Sequence[Box]) -> tuple[list[Row], list[Row]]:
    """Return the lines that count and those that do not."""
    rows = [row for row in block.rows if not noise.is_stray(row.text, row.confidence)]
    bad = [row for row in rows if noise.is_when(row.text) or (is_chat and noise.is_field(row.text))]
    if is_chat and not block.bubble:
        bad = [row for row in rows if row in bad or not _is_content(row, bubbles)]
    good = [row for row in rows if row not in bad]
    if is_chat and block.bubble:
        good, more = _without_corner(good)
        bad += more
    return good, bad


def _is_content(row: Row, bubbles: Sequence[Box]) -> bool:
    """Say whether a line beside the bubbles of a chat may be somebody's message: a sentence between them."""
    inside = min(box.top for box in bubbles) < row.box.top < max(box.top + box.height for box in bubbles)
    return inside and len(row.words) >= _SENTENCE and row.confidence >= _SURE


def _without_corner(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Take the time off the end of a bubble's last line, where it stands apart or is smaller."""
    if not rows or len(rows[-1].words) < 2 or not noise.is_time(rows[-1].words[-1].text):
        return list(rows), []
    *words, last = rows[-1].words
    before, height = words[-1].box, median(word.box.height for word in words)
    apart = last.box.left - before.left - before.width > _GAP * height
    if not apart and last.box.height > _SMALLER * height:
        return list(rows), []
    return [*rows[:-1], Row(rows[-1].block, tuple(words))], [Row(rows[-1].block, (last,))]


def _line(row: Row) -> Line:
    return Line(row.text, row.confidence, row.box)
