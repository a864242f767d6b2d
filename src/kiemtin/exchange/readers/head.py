"""The beginning of a file, to tell formats apart."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

from kiemtin.exchange.readers.base import BOM, open_bytes

_LINES = 5
_LIMIT = 16 << 20


def first_lines(path: Path) -> list[bytes]:
    """Return the first lines that are not empty, stripped; at most five, and 16 MiB together."""
    found: list[bytes] = []
    left = _LIMIT
    try:
        with open_bytes(path) as stream:
            while len(found) < _LINES and left > 0 and (line := stream.readline(left)):
                left -= len(line)
                if bare := line.removeprefix(BOM).strip():
                    found.append(bare)
    except (OSError, EOFError, zlib.error):
        pass  # damaged further on: what came before the damage tells the format
    return found


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
