"""Kind of a text: Vietnamese with diacritics, Vietnamese without, or another language.

The encoder collapses on Vietnamese without diacritics, and matching on tones is worthless there: what a matcher's score
is worth depends on the kind, so it is told apart first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from kiemtin.retrieval.text.folding import fold


class Kind(StrEnum):
    """What a text is written in."""

    TONED = "toned"
    BARE = "bare"
    OTHER = "other"


_VIETNAMESE_LETTER = re.compile(r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]")
# Vietnamese syllables without diacritics: initial consonant, rime.
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnprstvx])?"
    r"(?:a(?:ch|ng|nh|[cimnoptuy])?|e(?:ng|nh|ch|[cmnoptu])?|i(?:a|ch|eng|e[cmnptu]|nh|[mnptu])?"
    r"|o(?:a(?:ch|ng|nh|[cimnoty])?|e[not]?|ng|o(?:c|ng)|[cimnpt])?"
    r"|u(?:a(?:ng|[nty])?|e(?:ch|nh|n)?|o(?:ng|[cimnptu])?|y(?:a|ch|e[nt]|nh|[tu])?|ng|[cimnptu])?"
    r"|y(?:e[mntu]|ch|nh|[t])?)"
)
# Short English words that are Vietnamese syllables too, or are so common that they give English away.
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "is",
        "that",
        "it",
        "for",
        "was",
        "on",
        "are",
        "as",
        "with",
        "he",
        "be",
        "at",
        "by",
        "this",
        "have",
        "from",
        "or",
        "had",
        "not",
        "but",
        "what",
        "all",
        "were",
        "when",
        "we",
        "there",
        "can",
        "an",
        "your",
        "which",
        "their",
        "if",
        "will",
        "how",
        "about",
        "out",
        "up",
        "them",
        "then",
        "she",
        "many",
        "some",
        "so",
        "these",
        "would",
        "into",
        "has",
        "him",
        "two",
        "more",
        "his",
        "my",
        "than",
        "been",
        "who",
        "its",
        "now",
        "did",
        "get",
        "you",
        "they",
        "me",
        "do",
        "no",
    ]
)


def is_syllable(word: str) -> bool:
    """Whether `word` (lower case, folded) could be a Vietnamese syllable."""
    return _SYLLABLE.fullmatch(word) is not None


def kind_of(words: Sequence[str]) -> Kind:
    """Tell the kind of a text from its lower-case words.

    Toned from one word in eight with Vietnamese letters on; bare when at least six words in ten could be Vietnamese
    syllables and English function words do not carry them.
    """
    letters = [w for w in words if w.isalpha()]
    if not letters:
        return Kind.OTHER
    toned = sum(1 for w in letters if _VIETNAMESE_LETTER.search(w))
    if toned * 8 >= len(letters):
        return Kind.TONED
    syllables = sum(1 for w in letters if is_syllable(fold(w)))
    english = sum(1 for w in letters if w in _ENGLISH)
    if syllables * 10 >= len(letters) * 6 and english * 3 <= len(letters):
        return Kind.BARE
    return Kind.OTHER
