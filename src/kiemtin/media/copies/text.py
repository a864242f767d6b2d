"""The main text of a page that was fetched, and by what it is told whether it says the same as before.

Pages are compared by a digest of their main text, not of their bytes, which change with every look.
"""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

from kiemtin.media.page_text import LARGEST, page_text


def text_of(body: Path, media_type: str) -> str:
    """Return the main text of a page or text file, empty for anything else; it may take seconds.

    Parameters
    ----------
    media_type
        As the server calls it, without parameters.
    """
    with body.open("rb") as file:
        return page_text(file.read(LARGEST), media_type).text


def content_digest(body: Path, text: str) -> str:
    """Return SHA-256, hex: of the words of the text, whatever their spacing and case, or else of the bytes."""
    if not text:
        with body.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    words = " ".join(unicodedata.normalize("NFC", text).casefold().split())
    return hashlib.sha256(words.encode()).hexdigest()
