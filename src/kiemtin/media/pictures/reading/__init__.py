"""Reading a picture's text: its surfaces are found, the ink on each made black on white, and tesseract reads that."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from dataclasses import replace

from PIL import Image

from kiemtin.media.pictures.errors import Code, PictureError
from kiemtin.media.pictures.reading.layout import Block, composed
from kiemtin.media.pictures.reading.pieces import of_working_size, plain, take_apart
from kiemtin.media.pictures.reading.program import is_available, read_table
from kiemtin.media.pictures.reading.sheets import Piece, Sheet, sheet_of
from kiemtin.media.pictures.reading.table import Row, rows
from kiemtin.media.pictures.records import Opened, Read

__all__ = ["is_available", "read_text"]

_ONE_BLOCK, _AUTOMATIC = 6, 3
_COVERED = 0.5
_GOOD = 0.75


def read_text(opened: Opened, *, seconds: float) -> Read:
    """See `kiemtin.media.pictures.read_text`."""
    until = time.monotonic() + seconds
    missing = is_available()
    if not missing:
        raise PictureError(Code.NO_READER, ", ".join(missing.missing), command=missing.command)
    with Image.open(io.BytesIO(opened.data), formats=["WEBP"]) as image:
        picture = of_working_size(image.convert("RGB"))
    parts = take_apart(picture)
    found = composed(_bubbles(parts.bubbles, until) + _ground(parts.ground, until))
    if parts.covered >= _COVERED and found.confidence >= _GOOD:
        return found
    # No screenshot, or one that resists: the picture as it is.
    try:
        return max(found, composed(_ground(plain(picture), until)), key=_worth)
    except PictureError:
        if not found.text:
            raise
        return found


def _worth(read: Read) -> float:
    return sum(line.confidence * len(line.text) for line in read.lines)


def _bubbles(pieces: tuple[Piece, ...], until: float) -> list[Block]:
    """Read all bubbles on one sheet: each is a block of its own."""
    sheet = sheet_of(pieces)
    return _read(sheet, _ONE_BLOCK, until, lambda row: sheet.number_at(row.box), bubble=True) if sheet else []


def _ground(piece: Piece, until: float) -> list[Block]:
    """Read everything else; its blocks and columns are found by tesseract."""
    sheet = sheet_of([piece])
    return _read(sheet, _AUTOMATIC, until, lambda row: row.block, bubble=False) if sheet else []


def _read(sheet: Sheet, mode: int, until: float, place: Callable[[Row], int], *, bubble: bool) -> list[Block]:
    """Read a sheet; lines with the same `place` make a block."""
    found: dict[int, list[Row]] = {}
    for row in rows(read_table(sheet.page, mode, until)):
        words = tuple(replace(word, box=sheet.in_picture(word.box)) for word in row.words)
        found.setdefault(place(row), []).append(Row(row.block, words))
    return [Block(tuple(lines), bubble) for lines in found.values()]
