"""What a page says: its title, its description, its main text.

Advertisements, menus and what stands beside are left out: they change with every look.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

LARGEST = 4 << 20
"""Bytes of a page that are read: what is longer is no text that anybody wrote."""

LONGEST_TEXT = 200_000
"""Characters of a main text that are kept."""

MOST_TAGS = 40_000
"""Tags of a page that are read: the time that they take grows faster than their number."""

_LONGEST_TITLE, _LONGEST_DESCRIPTION = 300, 1_000
_HTML = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True)
class PageText:
    """What a page says, each part on lines without what shows nothing; empty where it has none."""

    title: str = ""
    description: str = ""
    text: str = ""


def page_text(body: bytes, media_type: str) -> PageText:
    """Return what a page or text file says; nothing for anything else. It may take seconds, and raises nothing.

    Parameters
    ----------
    media_type
        As the server calls it, without parameters.
    """
    read = body[:LARGEST]
    if media_type == "text/plain":
        return PageText(text=_tidy(read.decode("utf-8", errors="replace"), LONGEST_TEXT))
    if media_type not in _HTML:
        return PageText()
    try:
        said = _said(_bounded(_decoded(read)))
    except Exception:  # whatever a stranger's page makes its parser stumble over
        return PageText()
    return PageText(*map(_tidy, said, (_LONGEST_TITLE, _LONGEST_DESCRIPTION, LONGEST_TEXT)))


def _said(html: str) -> tuple[str, str, str]:
    # Loaded when there is a page to read: it takes a second, and most processes never read one.
    from trafilatura import bare_extraction, html2txt  # noqa: PLC0415

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it tells the log of every page it finds empty
    found = bare_extraction(html, include_comments=False, include_tables=True, deduplicate=False, with_metadata=True)
    if found is None or isinstance(found, dict):
        return "", "", html2txt(html)
    # Pages of a few lines, such as notices, have no main part: then all their text counts.
    return found.title or "", found.description or "", found.text or html2txt(html) or ""


def _bounded(html: str) -> str:
    """Return a page up to the last tag that is read."""
    pieces = html.split("<", MOST_TAGS + 1)
    return html if len(pieces) < MOST_TAGS + 2 else "<".join(pieces[:-1])


def _decoded(page: bytes) -> str:
    """Return a page as text. Bytes would be unpacked once more if they look packed, however large they become."""
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


def _tidy(text: str, longest: int) -> str:
    lines = ("".join(sign for sign in line if sign.isprintable()).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)[:longest]
