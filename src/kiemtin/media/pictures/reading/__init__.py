"""Reading the text of a picture: its surfaces are found, the ink on each made black on white, and tesseract reads it."""

from __future__ import annotations

import io
import time
from dataclasses import replace

from PIL import Image

from kiemtin.media.pictures.errors import Code, PictureError
from kiemtin.media.pictures.reading.layout import Block, composed
from kiemtin.media.pictures.reading.pieces import plain, take_apart
from kiemtin.media.pictures.reading.program import is_available, read_table
from kiemtin.media.pictures.reading.sheets import Piece, Sheet, sheet_of
from kiemtin.media.pictures.reading.table import Row, rows
from kiemtin.media.pictures.records import Box, Opened, Read

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
        picture = image.convert("RGB")
    parts = take_apart(picture)
    blocks = _bubbles(parts.bubbles, until) + _ground(parts.ground, until)
    found = composed([_smaller(block, parts.scale) for block in blocks])
    if parts.covered >= _COVERED and found.confidence >= _GOOD:
        return found
    # No screenshot, or one that resists: the picture as it is.
    return max(found, composed(_ground(plain(picture), until)), key=_worth)


def _worth(read: Read) -> float:
    return sum(line.confidence * len(line.text) for line in read.lines)


def _bubbles(pieces: tuple[Piece, ...], until: float) -> list[Block]:
    """Read all bubbles on one sheet: each is a block of its own."""
    sheet = sheet_of(pieces)
    if sheet is None:
        return []
    found: dict[int, list[Row]] = {}
    for row in rows(read_table(sheet.page, _ONE_BLOCK, until)):
        found.setdefault(sheet.number_at(row.box), []).append(_placed(row, sheet))
    return [Block(tuple(lines), bubble=True) for lines in found.values()]


def _ground(piece: Piece, until: float) -> list[Block]:
    """Read everything else; its blocks and columns are found by tesseract."""
    sheet = sheet_of([piece])
    if sheet is None:
        return []
    found: dict[int, list[Row]] = {}
    for row in rows(read_table(sheet.page, _AUTOMATIC, until)):
        found.setdefault(row.block, []).append(_placed(row, sheet))
    return [Block(tuple(lines), bubble=False) for lines in found.values()]


def _placed(row: Row, sheet: Sheet) -> Row:
    return Row(row.block, tuple(replace(word, box=sheet.in_picture(word.box)) for word in row.words))


def _smaller(block: Block, scale: float) -> Block:
    """Return a block in pixels of the picture itself."""
    if scale == 1:
        return block
    return replace(
        block,
        rows=tuple(
            Row(row.block, tuple(replace(word, box=_divided(word.box, scale)) for word in row.words))
            for row in block.rows
        ),
    )


def _divided(box: Box, scale: float) -> Box:
    return Box(*(round(value / scale) for value in (box.left, box.top, box.width, box.height)))
