"""The main text of a page, and by what it is told whether it says the same as before.

Advertisements, menus and what stands beside change with every look; so pages are compared by a digest of their main
text, not of their bytes.
"""

from __future__ import annotations

import hashlib
import logging
import unicodedata
from pathlib import Path

LONGEST_TEXT = 200_000
"""So many characters of a text are kept for readers."""

_LONGEST_PAGE = 4 << 20
"""So many bytes of a page are read: what is longer is no text that anybody wrote."""

_HTML = frozenset({"text/html", "application/xhtml+xml"})


def text_of(body: Path, media_type: str) -> str:
    """Return the main text of a page or text file, empty for anything else; it may take seconds.

    Parameters
    ----------
    media_type
        As the server calls it, without parameters.
    """
    if media_type == "text/plain":
        return _tidy(body.read_bytes()[:_LONGEST_PAGE].decode("utf-8", errors="replace"))
    if media_type not in _HTML:
        return ""
    return _tidy(_main_text(body.read_bytes()[:_LONGEST_PAGE]))


def content_digest(body: Path, text: str) -> str:
    """Return SHA-256, hex: of the words of the text, whatever their spacing and case, or else of the bytes."""
    if not text:
        with body.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    words = " ".join(unicodedata.normalize("NFC", text).casefold().split())
    return hashlib.sha256(words.encode()).hexdigest()


def _main_text(page: bytes) -> str:
    # Loaded when there is a page to read: it takes a second.
    from trafilatura import extract, html2txt  # noqa: PLC0415

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it tells the log of every page it finds empty
    # Text goes in, not bytes: those it would unpack once more if they look packed.
    html = _decoded(page)
    found = extract(html, include_comments=False, include_tables=True, deduplicate=False)
    # Pages of a few lines, such as notices, have no main part: then all their text counts.
    return found or html2txt(html) or ""


def _decoded(page: bytes) -> str:
    from trafilatura.utils import detect_encoding  # noqa: PLC0415

    try:
        return page.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(page) - 4:  # cut in the middle of a letter
            return page[: error.start].decode("utf-8")
    for encoding in detect_encoding(page):
        try:
            return page.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return page.decode("utf-8", errors="replace")


def _tidy(text: str) -> str:
    lines = ("".join(sign for sign in line if sign.isprintable()).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)
