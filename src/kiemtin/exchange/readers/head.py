"""The beginning of a file, to tell formats apart."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from kiemtin.exchange.readers.base import BOM, READ_ERRORS, open_bytes

_LINES = 5
_LIMIT = 16 << 20
_PIECE = 4096


def first_lines(path: Path) -> list[bytes]:
    """Return the first lines that are not empty, stripped; at most five, and 16 MiB together."""
    pieces: list[bytes] = []
    size = ends = 0
    for piece in _pieces(path):
        pieces.append(piece)
        size += len(piece)
        ends += piece.endswith(b"\n") and bool(piece.strip())
        if ends >= _LINES or size >= _LIMIT:
            break
    lines = b"".join(pieces).removeprefix(BOM).split(b"\n")
    return [bare for line in lines if (bare := line.strip())][:_LINES]


def _pieces(path: Path) -> Iterator[bytes]:
    """Yield the file in small pieces, up to where it is damaged: what came before tells the format."""
    try:
        with open_bytes(path) as stream:
            yield from iter(lambda: stream.readline(_PIECE), b"")
    except READ_ERRORS:
        return


def looks_like_lines(lines: list[bytes]) -> bool:
    """Return whether this is one JSON object a line: no document has two lines that each begin an object."""
    objects = [line for line in lines if line.startswith(b"{")]
    return len(objects) > 1 and any(map(_is_object, objects))


def looks_like_document(lines: list[bytes]) -> bool:
    """Return whether this can be one JSON document: it begins as an object or an array."""
    return bool(lines) and lines[0][:1] in (b"{", b"[")


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line, strict=False), dict)
    except (ValueError, RecursionError):
        return False
