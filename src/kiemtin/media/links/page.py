"""What a page says: its title, its description, its main text."""

from __future__ import annotations

import logging
from dataclasses import dataclass

LARGEST = 4 << 20
"""Bytes of a page that is read."""

_LONGEST_TITLE, _LONGEST_DESCRIPTION, _LONGEST_TEXT = 300, 1_000, 20_000
_HTML = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True)
class PageText:
    """What a page says, each part on lines without what shows nothing; empty where it has none."""

    title: str = ""
    description: str = ""
    text: str = ""


def page_text(body: bytes, content_type: str) -> PageText:
    """Return what a page says; nothing where it is no text. It may take seconds, and raises nothing.

    Parameters
    ----------
    content_type
        As the server calls it, without parameters.
    """
    if content_type == "text/plain":
        return PageText(text=_tidy(body[:LARGEST].decode("utf-8", errors="replace"), _LONGEST_TEXT))
    if content_type not in _HTML:
        return PageText()
    # Loaded when there is a page to read: it takes long, and most processes never read one.
    from trafilatura import bare_extraction, html2txt  # noqa: PLC0415
    from trafilatura.utils import decode_file  # noqa: PLC0415

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it tells the log of every page it finds empty
    # Not bytes that look packed: those it would unpack, however large they become.
    html = body[:LARGEST].decode("utf-8", errors="replace") if body[:2] == b"\x1f\x8b" else decode_file(body[:LARGEST])
    try:
        found = bare_extraction(html, include_comments=False, with_metadata=True)
        if found is None or isinstance(found, dict):
            said = ("", "", html2txt(html))
        else:
            said = (found.title or "", found.description or "", found.text or "")
    except Exception:  # whatever a stranger's page makes its parser stumble over
        return PageText()
    return PageText(*map(_tidy, said, (_LONGEST_TITLE, _LONGEST_DESCRIPTION, _LONGEST_TEXT)))


def _tidy(text: str, longest: int) -> str:
    lines = ("".join(sign for sign in line if sign.isprintable()).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)[:longest]
