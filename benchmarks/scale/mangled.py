"""Messages: documents as they come back, cut, extended, with words or a number changed, without diacritics."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from kiemtin.retrieval.text import fold

Rng = np.random.Generator
Document = tuple[str, str]

QUERY_TERMS = 25


@dataclass(frozen=True)
class Message:
    """A message and the document that it was made from."""

    text: str
    source: int
    kind: str


def cut(words: list[str], rng: Rng, other: list[str]) -> list[str]:
    """Keep half to four fifths, in one piece."""
    length = max(6, int(len(words) * rng.uniform(0.5, 0.8)))
    at = int(rng.integers(0, max(len(words) - length, 0) + 1))
    return words[at : at + length]


def extended(words: list[str], rng: Rng, other: list[str]) -> list[str]:
    """Put words of a document that is not in the collection before and after."""
    before, after = int(rng.integers(0, 8)), int(rng.integers(4, 20))
    return other[:before] + words + other[-after:]


def number_changed(words: list[str], rng: Rng, other: list[str]) -> list[str]:
    """Change a number, or put one in where there is none."""
    at = [i for i, word in enumerate(words) if word[0].isdigit()]
    fresh = str(int(rng.integers(2, 9_999)))
    if at:
        return [fresh if i == at[0] else word for i, word in enumerate(words)]
    middle = len(words) // 2
    return [*words[:middle], fresh, *words[middle:]]


def words_changed(words: list[str], rng: Rng, other: list[str]) -> list[str]:
    """Replace one word in five."""
    return [other[i % len(other)] if rng.random() < 0.2 else word for i, word in enumerate(words)]


def bare(words: list[str], rng: Rng, other: list[str]) -> list[str]:
    """Drop the diacritics."""
    return [fold(word) for word in words]


COPIES: dict[str, Callable[[list[str], Rng, list[str]], list[str]]] = {
    "cut": cut,
    "extended": extended,
    "number changed": number_changed,
}
QUERIES = {**COPIES, "words changed": words_changed, "no diacritics": bare}


def _words(document: Document) -> list[str]:
    return re.sub(r"\s+", " ", " ".join(document)).split()


def copies(texts: Sequence[Document], others: Sequence[Document], sources: Sequence[int], rng: Rng) -> list[Message]:
    """Return each text as each kind of copy, whole length."""
    out = []
    for i, source in enumerate(sources):
        other = _words(others[i])
        for kind, change in COPIES.items():
            out.append(Message(" ".join(change(_words(texts[i]), rng, other)), source, kind))
    return out


def queries(texts: Sequence[Document], others: Sequence[Document], sources: Sequence[int], rng: Rng) -> list[Message]:
    """Return one message a text, of about `QUERY_TERMS` words, the kinds in turn."""
    kinds = list(QUERIES.items())
    out = []
    for i, source in enumerate(sources):
        kind, change = kinds[i % len(kinds)]
        other = _words(others[i])
        words = change(_words(texts[i]), rng, other)
        words = (words + other)[:QUERY_TERMS] if len(words) < QUERY_TERMS - 5 else words[: QUERY_TERMS + 5]
        out.append(Message(" ".join(words), source, kind))
    return out


def long_messages(texts: Sequence[Document], sources: Sequence[int]) -> list[Message]:
    """Return messages of about ten documents each, the source in the middle."""
    out = []
    for i in range(0, len(texts) - 10, 10):
        group = [f"{title}. {text}" for title, text in texts[i : i + 10]]
        out.append(Message("\n".join(group), sources[i + 5], "long"))
    return out
