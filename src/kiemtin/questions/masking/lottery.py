"""Numbers that are drawn, and not personal."""

from __future__ import annotations

import re

from kiemtin.questions.masking.chains import Chain

_DRAWN = re.compile(
    r"(?<![a-z0-9])(?P<word>lo|de|xo so|keno|vietlott|mega|power|giai(?: (?:[a-z]{3,5}|[1-8]))?|kqxs|ket qua|xien|"
    r"bach thu|[56]/[345]\d|max 3d)(?![a-z])[^\d\n]{0,12}(?:\d\d[ ,\-]{1,3}){0,12}\Z"
)
_FAR = 64  # characters before a number that are looked at


def is_drawn(chain: Chain, start: int) -> bool:
    """Whether words before a number speak of a lottery; để and lỡ do not, though they are folded like đề and lô."""
    begin = max(0, start - _FAR)
    drawn = _DRAWN.search(chain.plain[begin:start])
    if drawn is None:
        return False
    word = chain.source[slice(*(begin + place for place in drawn.span("word")))].lower()
    return drawn["word"] not in {"lo", "de"} or word in {"lo", "lô", "de", "đề"}
