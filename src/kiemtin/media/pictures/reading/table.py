"""Tesseract's table of words, as lines."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from kiemtin.media.pictures.records import Box

_WORD = "5"
_PLACE = ("page_num", "block_num", "par_num", "line_num")


@dataclass(frozen=True, slots=True)
class Word:
    """One word; `confidence` 0 to 1, `box` in pixels of the page that was read."""

    text: str
    confidence: float
    box: Box


@dataclass(frozen=True, slots=True)
class Row:
    """Words that stand in one line; `block` counts the blocks of the page."""

    block: int
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """Return it with single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def confidence(self) -> float:
        """Return the mean over its letters."""
        letters = sum(len(word.text) for word in self.words)
        return sum(word.confidence * len(word.text) for word in self.words) / letters if letters else 0.0

    @property
    def box(self) -> Box:
        """Return the rectangle around its words."""
        return around(word.box for word in self.words)


def around(boxes: Iterable[Box]) -> Box:
    """Return the rectangle around some rectangles."""
    all_boxes = list(boxes)
    left, top = min(box.left for box in all_boxes), min(box.top for box in all_boxes)
    right = max(box.left + box.width for box in all_boxes)
    bottom = max(box.top + box.height for box in all_boxes)
    return Box(left, top, right - left, bottom - top)


def rows(table: str) -> list[Row]:
    """Return the lines of a table, in its order; words without a letter or sign are left out."""
    records = csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = (record for record in records if record["level"] == _WORD and (record["text"] or "").strip())
    lines = groupby(words, key=lambda record: tuple(record[name] for name in _PLACE))
    return [Row(int(place[1]), tuple(_words(line))) for place, line in lines]


def _words(line: Iterable[dict[str, str]]) -> Iterator[Word]:
    for record in line:
        box = Box(*(int(record[name]) for name in ("left", "top", "width", "height")))
        text = unicodedata.normalize("NFC", record["text"].strip())
        yield Word(text, max(0.0, float(record["conf"]) / 100), box)
