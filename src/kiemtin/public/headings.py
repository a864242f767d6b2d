"""Levels of headings in a text that stands within a page."""

from __future__ import annotations

import re

from django.utils.safestring import SafeString

_HEADING = re.compile(r"<h([2-6])>(.*?)</h\1>", re.DOTALL)
_DEEPEST = 6


def with_headings(html: SafeString, first: int) -> SafeString:
    """Give headings the levels from `first` on, in their own order of depth and without a gap.

    Parameters
    ----------
    html
        Of `checks.markup`: its headings carry no attributes.
    """
    depths = sorted({int(level) for level, _ in _HEADING.findall(html)})
    last = first - 1

    def replaced(match: re.Match[str]) -> str:
        nonlocal last
        last = min(first + depths.index(int(match[1])), last + 1, _DEEPEST)
        return f"<h{last}>{match[2]}</h{last}>"

    # Only the digits in the tags change: what was safe stays so.
    return SafeString(_HEADING.sub(replaced, html))
