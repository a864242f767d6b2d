"""Texts of strangers in cells that a spreadsheet opens."""

from __future__ import annotations

_RUNS = frozenset("=+-@\t\r＝＋－＠")
_MARK = "'"


def as_text(cell: str) -> str:
    """Return a text as a cell that no spreadsheet takes for a formula: with an apostrophe before what begins as one.

    See https://owasp.org/www-community/attacks/CSV_Injection.
    """
    return f"{_MARK}{cell}" if cell[:1] in _RUNS else cell
