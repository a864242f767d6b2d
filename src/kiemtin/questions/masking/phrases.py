"""Many words as one pattern, which tries no more of them than begin with the letters that stand there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby


def listed(text: str) -> tuple[str, ...]:
    """Return the words of a list with commas between them."""
    return tuple(" ".join(word.split()) for word in text.split(",") if word.strip())


def phrases(words: Iterable[str]) -> str:
    """Return a pattern, without groups, that matches the longest of the words that stands there."""
    return _tree(sorted(set(words)))


def _tree(words: list[str]) -> str:
    branches = [
        re.escape(letter) + _tree([word[1:] for word in rest])
        for letter, rest in groupby((word for word in words if word), key=lambda word: word[0])
    ]
    if not branches:
        return ""
    more = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{more})?" if "" in words else more
