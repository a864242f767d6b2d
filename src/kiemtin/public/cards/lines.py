"""Breaks text into lines as a typesetter would, and finds the largest size at which it fits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kiemtin.public.cards.characters import ELLIPSIS
from kiemtin.public.cards.typeface import Style, ink, width

_LONGEST = 400  # characters; a claim is one sentence, and what comes after this was never going to fit
_LAST_LINE = 0.8  # weight of the last line's slack: it may be a little shorter than the others
_LONE_LAST = 0.6  # what a single syllable on the last line costs, in squared line widths
_CUT_NUMBER = 0.3  # what a break between a number and its unit costs
_LONE_FIRST = 0.1  # what it costs to end a sentence or clause with the first syllable of a line
_AFTER_STOP = 0.03  # what a break after a sentence or clause gains
_CLEAR = 0.09  # free room between the lowest ink of a line and the highest of the next, in ems
_UNITS = "₫€$£%°"
_STOPS = ".,;:!?…"
_CUT_NAME = 0.05  # what a break within a name costs


@dataclass(frozen=True, slots=True)
class Box:
    """Room for a text, in pixels, and how its lines stand in it."""

    width: float
    height: float
    leading: float = 1.28  # distance of baselines, in ems; more where stacked tones need it
    most_lines: int = 99


@dataclass(frozen=True, slots=True)
class Block:
    """A text broken into lines at a size."""

    lines: tuple[str, ...]
    style: Style
    pitch: float  # distance of baselines, pixels
    above: float  # ink above the first baseline, pixels
    below: float  # ink below the last baseline, pixels

    @property
    def height(self) -> float:
        """From the top of the first line's ink to the bottom of the last line's."""
        return self.above + self.pitch * (len(self.lines) - 1) + self.below


def fit(text: str, style: Style, box: Box, *, smallest: float, step: float = 1.0) -> Block:
    """Set a text as large as it fits into the box, from the style's own size down to `smallest`.

    What does not fit even then is cut at a word, and an ellipsis stands at its end.
    """
    text = _shorten(text)
    size = style.size
    while size >= smallest:
        if width(text, style.at(size)) / box.width * box.leading * size > box.height + 2 * size:
            size -= step  # far too long at this size: no need to break lines
            continue
        block = _block(text, style.at(size), box)
        if _fits(block, box):
            return block
        size -= step
    return _cut(text, style.at(smallest), box)


def fit_line(text: str, style: Style, room: float, *, smallest: float) -> tuple[str, Style]:
    """Set one line as large as it fits into `room` pixels; at the smallest size it is cut, at a word if it has more."""
    natural = width(text, style)
    if natural <= room:
        return text, style
    style = style.at(max(smallest, int(style.size * room / natural)))
    if width(text, style) <= room:
        return text, style
    parts, joint = (text.split(" "), " ") if " " in text else (list(text), "")
    while len(parts) > 1:
        parts.pop()
        if width(shortened := _ended(joint.join(parts)), style) <= room:
            return shortened, style
    return (text, style) if joint == "" else fit_line(_ended(parts[0][:20]), style, room, smallest=smallest)


def break_lines(text: str, style: Style, room: float) -> list[str]:
    """Break into as few lines as fit the room, those of even length, without a lone syllable at the end.

    Breaks come between syllables. A syllable wider than the room (a web address) is parted after a slash or hyphen,
    before another sign or, where there is none, anywhere. The total of squared slack is least (Knuth & Plass 1981,
    without hyphens and stretch).
    """
    words = [part for word in text.split(" ") if word for part in _parts(word, style, room)]
    count = len(_greedy(words, style, room))
    cost: list[dict[int, tuple[float, int]]] = [{} for _ in range(len(words) + 1)]
    cost[0][0] = (0.0, 0)
    for end in range(1, len(words) + 1):
        for start, badness in _starts(words, end, style, room):
            for lines, (before, _) in cost[start].items():
                known = cost[end].get(lines + 1)
                if lines < count and (known is None or before + badness < known[0]):
                    cost[end][lines + 1] = (before + badness, start)
    return _trace(words, cost, count)


def _starts(words: list[_Part], end: int, style: Style, room: float) -> Iterator[tuple[int, float]]:
    """Give the words at which a line that stops before `end` may start, and how bad that line is."""
    last = end == len(words)
    for start in range(end - 1, -1, -1):
        measured = width(_join(words[start:end]), style)
        if measured > room and start < end - 1:
            return
        badness = ((room - measured) / room) ** 2 * (_LAST_LINE if last else 1.0)
        if last and start == end - 1 and start > 0:
            badness += _LONE_LAST
        if not last:
            badness += _break_cost(words[end - 1].text, words[end].text)
        yield start, badness


def _break_cost(before: str, after: str) -> float:
    if before[-1].isdigit() and (after[0].isalpha() or after[0] in _UNITS):
        return _CUT_NUMBER
    if before[-1] in _STOPS:
        return -_AFTER_STOP
    if after[-1] in _STOPS:
        return _LONE_FIRST
    if before[0].isupper() and after[0].isupper() and not before.isupper():
        return _CUT_NAME
    return 0.0


def _trace(words: list[_Part], cost: list[dict[int, tuple[float, int]]], count: int) -> list[str]:
    lines: list[str] = []
    end = len(words)
    for number in range(count, 0, -1):
        start = cost[end][number][1]
        lines.append(_join(words[start:end]))
        end = start
    return lines[::-1]


@dataclass(frozen=True, slots=True)
class _Part:
    """A syllable, or a piece of one that is too wide for a line."""

    text: str
    glued: bool = False  # no space before it, should it come to stand on the same line as the piece before


def _join(parts: list[_Part]) -> str:
    return "".join(part.text if part.glued or not index else f" {part.text}" for index, part in enumerate(parts))


def _parts(word: str, style: Style, room: float) -> list[_Part]:
    if width(word, style) <= room:
        return [_Part(word)]
    pieces: list[str] = []
    for chunk in filter(None, re.findall(r"[_.?&=]?[^/\-_.?&=]*[/\-]*", word)):
        pieces += _slices(chunk, style, room)
    return [_Part(piece, glued=index > 0) for index, piece in enumerate(pieces)]


def _slices(chunk: str, style: Style, room: float) -> list[str]:
    slices = [""]
    for char in chunk:
        if slices[-1] and width(slices[-1] + char, style) > room:
            slices.append("")
        slices[-1] += char
    return slices


def _greedy(words: list[_Part], style: Style, room: float) -> list[str]:
    lines: list[str] = []
    current: list[_Part] = []
    for word in words:
        if current and width(_join([*current, word]), style) > room:
            lines.append(_join(current))
            current = []
        current.append(word)
    return [*lines, _join(current)] if current else lines


def _block(text: str, style: Style, box: Box) -> Block:
    lines = break_lines(text, style, box.width) or [""]
    reach = [ink(line, style) for line in lines]
    # stacked tones must neither touch the line above nor grow into it
    tightest = max((up.below + down.above for up, down in pairwise(reach)), default=0.0)
    pitch = max(box.leading * style.size, tightest + _CLEAR * style.size)
    return Block(tuple(lines), style, pitch, reach[0].above, reach[-1].below)


def _fits(block: Block, box: Box) -> bool:
    return (
        block.height <= box.height
        and len(block.lines) <= box.most_lines
        and all(width(line, block.style) <= box.width for line in block.lines)
    )


def _cut(text: str, style: Style, box: Box) -> Block:
    """Take the longest beginning of the text that fits with an ellipsis behind it."""
    stem, tail = (text[:-1], text[-1]) if text.endswith("”") else (text, "")
    words = stem.split(" ")
    low, high = 1, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        fits = _fits(_block(_ended(" ".join(words[:middle])) + tail, style, box), box)
        low, high = (middle, high) if fits else (low, middle - 1)
    block = _block(_ended(" ".join(words[:low])) + tail, style, box)
    while not _fits(block, box) and len(words[0]) > 1:  # one endless word
        words = [words[0][: len(words[0]) * 9 // 10]]
        block = _block(_ended(words[0]) + tail, style, box)
    return block


def _ended(text: str) -> str:
    return text.rstrip(" ,.;:–—-…(‘“/") + ELLIPSIS


def _shorten(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    tail = "”" if text.endswith("”") else ""
    return text[:_LONGEST].rstrip() + ELLIPSIS + tail
