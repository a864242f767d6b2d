"""Holds back answers that a small collection cannot bear out. Knows no Django, so that worker processes start quickly.

How rare a word is, and how far the best record is ahead of others, is measured within the collection. With a handful of
records neither says much: measured on the sample library, five checks wrongly answered 5 of 86 other claims at once,
ten 1 of 76, twenty none of 56.
"""

from __future__ import annotations

from dataclasses import replace

from kiemtin.retrieval import Answer, Band

FEW = 20
"""Fewer records than this make a small collection."""


def held_back(answer: Answer, *, records: int) -> Answer:
    """Return the answer; from a small collection only a near copy of a known text is answered at once."""
    if answer.band is not Band.ANSWER or records >= FEW or answer.matches[0].near_copy:
        return answer
    return replace(answer, band=Band.MAYBE)
