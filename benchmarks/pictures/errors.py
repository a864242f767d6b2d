"""How far what was read is from what stands there: edits a letter (Levenshtein, 1966)."""

from __future__ import annotations

import unicodedata

import numpy as np


def edits(truth: str, read: str, *, ends_free: bool = False) -> tuple[int, int]:
    """Return the number of edits, and of letters in the truth.

    Parameters
    ----------
    ends_free
        What was read before and behind the truth (a clock, a name) costs nothing then: how well letters are read, and
        not what was taken for text.
    """
    wanted, got = _codes(truth), _codes(read)
    places = np.arange(len(got) + 1)
    row = np.zeros_like(places) if ends_free else places
    for number, code in enumerate(wanted, start=1):
        following = np.empty_like(row)
        following[0] = number
        following[1:] = np.minimum(row[1:] + 1, row[:-1] + (got != code))
        row = np.minimum.accumulate(following - places) + places
    return int(row.min() if ends_free else row[-1]), len(wanted)


def _codes(text: str) -> np.ndarray:
    return np.array([ord(char) for char in " ".join(unicodedata.normalize("NFC", text).split())], np.int64)
