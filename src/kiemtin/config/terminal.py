"""Text on its way to a terminal."""

from __future__ import annotations

import re

# Control characters of foreign texts could move the cursor or change what stands elsewhere on the screen; so could
# the signs that turn the direction of writing.
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """Return the text without what a terminal would obey instead of show."""
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text)


def shortened(text: str, width: int = 160) -> str:
    """Return the text on one line, at most `width` characters; what is left out in its middle is "…"."""
    line = " ".join(printable(text).split())
    if len(line) <= width:
        return line
    half = (width - 3) // 2
    return f"{line[:half].rstrip()} … {line[-half:].lstrip()}"
