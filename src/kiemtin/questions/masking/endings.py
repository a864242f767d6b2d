"""Endings of telephone numbers that share their beginning with the one before: 0912345678/79."""

from __future__ import annotations

import re

from kiemtin.questions.masking.atoms import Form
from kiemtin.questions.masking.chains import Chain

_TO_ENDING = re.compile(r"-| ?/ ?")
_SPACED = re.compile(r" - ?|, ?")
_LEAST = 3  # figures after such a sign
_NEXT = 10  # the number after one that ends in 345 is 346, and not 500 of something
_ENDING = range(2, 4)  # figures
_GOES_ON = re.compile(r"[\w*]|[.,:/-]\w| ?(?:gio|phut|ngay|h|k|tr|trieu|cu|d|dong)(?![a-z0-9])")


def last_ending(chain: Chain, first: int, last: int) -> int:
    """Return the last group of those that end other numbers with the same beginning: 0912345678/79."""
    if any(atom.form is not Form.FIGURES for atom in chain.atoms[first : last + 1]):
        return last
    for at in range(last + 1, len(chain.atoms)):
        atom = chain.atoms[at]
        is_ending = atom.form is Form.FIGURES and len(atom.figures) in _ENDING
        is_after = _TO_ENDING.fullmatch(chain.between(at)) or (is_ending and _is_next(chain, at))
        is_listed = is_ending and at + 1 < len(chain.atoms) and (_is_next(chain, at + 1) or _is_alike(chain, at + 1))
        if not is_ending or not is_after or (_GOES_ON.match(chain.plain, atom.end) and not is_listed):
            break
        last = at
    return last


def _is_alike(chain: Chain, at: int) -> bool:
    """Whether one more ending of the same length follows, with a sign between: 0912 345 678/679/680."""
    one, other = chain.atoms[at - 1], chain.atoms[at]
    is_ending = other.form is Form.FIGURES and len(other.figures) == len(one.figures) == _LEAST
    return is_ending and _TO_ENDING.fullmatch(chain.between(at)) is not None


def _is_next(chain: Chain, at: int) -> bool:
    """Whether a group counts on from the one before, with a sign and a space between: 0912 345 678 - 679."""
    after = chain.atoms[at].figures
    before = chain.atoms[at - 1].figures[-len(after) :]
    is_alike = _LEAST <= len(after) == len(before) and 0 < abs(int(after) - int(before)) < _NEXT
    return is_alike and _SPACED.fullmatch(chain.between(at)) is not None
