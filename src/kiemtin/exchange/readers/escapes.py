r"""Escapes of half a character in JSON (`\ud83d` without its second half), made a sign that stands for any other.

RFC 8259, section 8.2, allows them and leaves open what they mean. yajl, which reads the stream, ends at one that is a
second half, and takes a first half together with whatever escape follows it.
"""

from __future__ import annotations

import re

_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u([dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)
_UNFINISHED = re.compile(rb"\\(?:u(?:[0-9a-fA-F]{0,3}|[dD][89abAB][0-9a-fA-F]{2}(?:\\(?:u[0-9a-fA-F]{0,3})?)?))?\Z")
_LONGEST = 11  # bytes of what is unfinished: a first half, and a second one without its last digit
_REPLACED = rb"\ufffd"


class WholeEscapes:
    """Takes a text in pieces; what a piece does not finish comes with the next one."""

    def __init__(self) -> None:
        self._kept = b""

    def take(self, piece: bytes) -> bytes:
        """Return what is kept and the piece, with half characters replaced, up to where an escape is unfinished."""
        if not self._kept and b"\\" not in piece:
            return piece
        piece = self._kept + piece
        end = _finished(piece)
        self._kept = piece[end:]
        return _replaced(piece[:end])

    def end(self) -> bytes:
        """Return what is still kept: nothing follows it."""
        left, self._kept = self._kept, b""
        return _replaced(left)


def _finished(piece: bytes) -> int:
    """Return where the escape begins that the piece does not finish, or its length.

    A piece begins where an escape begins or none is, so that of a row of backslashes each second one begins one.
    """
    at = piece.find(b"\\", max(len(piece) - _LONGEST, 0))
    while at >= 0:
        before = at - len(piece[:at].rstrip(b"\\"))
        if before % 2 == 0 and _UNFINISHED.match(piece, at):
            return at
        at = piece.find(b"\\", at + 1)
    return len(piece)


def _replaced(piece: bytes) -> bytes:
    if b"\\ud" not in piece and b"\\uD" not in piece:
        return piece
    return _ESCAPE.sub(lambda found: _REPLACED if found[1] else found[0], piece)
