"""A group of figures, however it is written."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

LEFT_OUT = "x"
"""Stands in `Atom.figures` for a figure that is not told."""


class Form(Enum):
    """How a group is written."""

    FIGURES = "figures"
    LETTERS = "letters that look like figures"
    WORDS = "words for figures"
    JOINT = "a word between words for figures"
    LEFT_OUT = "signs for figures that are not told"
    GAP = "signs for figures that are not told, or only between figures"


class Atom(NamedTuple):
    """Characters `start` up to `end` of a plain text, the figures that are read there, and how they are written.

    `word` is the word of a `Form.JOINT`.
    """

    start: int
    end: int
    figures: str
    form: Form
    word: str = ""
