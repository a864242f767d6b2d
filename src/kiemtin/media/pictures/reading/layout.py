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
_NAME = 0.85
_SENTENCE = 4
_PARAGRAPH = 3
_FEW = 4
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
    start = _start(blocks)
    kept: list[list[Row]] = []
    left_out: list[Row] = []
    for block in in_order(blocks, lambda one: one.box, columns=not is_chat):
        good, bad = _split(block, is_chat, start)
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


def in_order(items: Sequence[Item], box: Callable[[Item], Box], *, columns: bool) -> list[Item]:
    """Sort by recursive cuts along the white between: across, then down (Nagy and Seth, 1984, XY-cut).

    Parameters
    ----------
    columns
        Whether what stands side by side is a column that goes on below; else each row is read by itself, as in a chat,
        whose sides are no columns.
    """
    if len(items) < 2:
        return list(items)
    groups = _groups(items, lambda item: (box(item).top, box(item).height))
    if columns:
        groups = _with_columns(groups, box)
    if len(groups) < 2:
        groups = _groups(items, lambda item: (box(item).left, box(item).width))
    if len(groups) < 2:
        return sorted(items, key=lambda item: (box(item).top, box(item).left))
    return [item for group in groups for item in in_order(group, box, columns=columns)]


def _with_columns(groups: list[list[Item]], box: Callable[[Item], Box]) -> list[list[Item]]:
    """Join rows that follow each other wherever the same white runs down through them."""
    joined: list[list[Item]] = []
    for group in groups:
        both = [*joined[-1], *group] if joined else []
        if both and len(_groups(both, lambda item: (box(item).left, box(item).width))) > 1:
            joined[-1] = both
        else:
            joined.append(group)
    return joined


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
    beside = [block for block in blocks if not block.bubble]
    is_article = any(sum(map(_is_sentence, block.rows)) >= _PARAGRAPH for block in beside)
    return inside > 0 and (not is_article or inside >= sum(block.letters for block in beside))


def _is_sentence(row: Row) -> bool:
    return len(row.words) >= _SENTENCE and row.confidence >= _SURE


def _split(block: Block, is_chat: bool, start: int) -> tuple[list[Row], list[Row]]:
    """Return the lines that count and those that do not."""
    rows = [row for row in block.rows if not noise.is_stray(row.text, row.confidence)]
    bad = [row for row in rows if noise.is_when(row.text) or (is_chat and noise.is_field(row.text))]
    if is_chat and not block.bubble and not any(row.box.top >= start and _is_sentence(row) for row in rows):
        bad = rows
    good = [row for row in rows if row not in bad]
    if is_chat and block.bubble:
        good, corner = _without_corner(good)
        good, name = _without_name(good)
        bad += [*name, *corner]
    return good, bad


def _start(blocks: Sequence[Block]) -> int:
    """Return where messages begin, below the chat's name: at the first bubble or lines that make a paragraph."""
    paragraphs = [block for block in blocks if block.bubble or sum(map(_is_sentence, block.rows)) > 1]
    return min((block.box.top for block in paragraphs), default=0)


def _without_corner(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Take the time off the end of a bubble, where it stands apart or is smaller; alone in a line it went already."""
    if not rows:
        return [], []
    *words, last = rows[-1].words
    height = median(word.box.height for row in rows for word in row.words)
    is_small = last.box.height < _SMALLER * height
    if not words:
        is_misread = len(rows) > 1 and is_small and noise.is_number(last.text)
        return (list(rows[:-1]), [rows[-1]]) if is_misread else (list(rows), [])
    is_apart = last.box.left - words[-1].box.left - words[-1].box.width > _GAP * height
    if not (noise.is_time(last.text) and (is_apart or is_small)):
        return list(rows), []
    return [*rows[:-1], Row(rows[-1].block, tuple(words))], [Row(rows[-1].block, (last,))]


def _without_name(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Take the sender's name off the top of a bubble: few words, in a smaller type than what follows."""
    if len(rows) < 2 or len(rows[0].words) > _FEW:
        return list(rows), []
    first, rest = _size(rows[0]), median(_size(row) for row in rows[1:])
    return (list(rows[1:]), [rows[0]]) if first < _NAME * rest else (list(rows), [])


def _size(row: Row) -> float:
    """Return a measure of the type: pixels of width for each letter, which marks above and below do not change."""
    return sum(word.box.width for word in row.words) / sum(len(word.text) for word in row.words)


def _line(row: Row) -> Line:
    return Line(row.text, row.confidence, row.box)
