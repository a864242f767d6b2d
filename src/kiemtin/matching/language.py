"""What a text is written in, as far as the matching core tells."""

from __future__ import annotations

from dataclasses import dataclass

from kiemtin.retrieval.text import Kind, analyse


@dataclass(frozen=True, slots=True)
class Guess:
    """A guess at the language of a text.

    Attributes
    ----------
    language
        BCP 47 tag; empty when it cannot be told.
    toneless
        Whether it is Vietnamese typed without diacritics.
    """

    language: str
    toneless: bool


def guess_language(text: str) -> Guess:
    """Guess the language of a text: Vietnamese with or without diacritics, else English if it is in plain letters."""
    analysis = analyse(text)
    if analysis.kind is not Kind.OTHER:
        return Guess("vi", analysis.kind is Kind.BARE)
    letters = [word for word in analysis.words if word.isalpha()]
    return Guess("en" if letters and all(word.isascii() for word in letters) else "", False)
