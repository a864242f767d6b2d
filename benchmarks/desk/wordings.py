"""What people make of one text: greetings before it, a plea after it, words changed, diacritics left out."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from benchmarks.scale import texts
from kiemtin.retrieval.text import fold

_BEFORE = (
    "Mọi người ơi, {}",
    "Cho em hỏi tin này có thật không ạ: {}",
    "Chuyển tiếp: {}",
    "Ai biết rõ không? {}",
    "{}",
)
_AFTER = ("{} Chia sẻ cho nhiều người biết nhé!", "{} Có đúng không vậy?", "{}\n\nNhờ mọi người xem giúp.", "{}", "{}")
_SHORTEST = 8  # words


def variants(document: tuple[str, str], count: int, others: list[str], rng: np.random.Generator) -> Iterator[str]:
    """Yield `count` texts, the first of them whole; all different with all but certainty."""
    words = f"{document[0]}. {document[1]}".split()
    if count:
        yield " ".join(words)
    for _ in range(count - 1):
        yield _variant(words, others, rng)


def _variant(words: list[str], others: list[str], rng: np.random.Generator) -> str:
    length = max(min(_SHORTEST, len(words)), int(len(words) * rng.uniform(0.5, 1.0)))
    at = int(rng.integers(0, len(words) - length + 1))
    part = words[at : at + length]
    for _ in range(int(rng.integers(1, 4))):
        part[int(rng.integers(len(part)))] = others[int(rng.integers(len(others)))]
    text = _AFTER[int(rng.integers(len(_AFTER)))].format(
        _BEFORE[int(rng.integers(len(_BEFORE)))].format(" ".join(part))
    )
    return fold(text) if rng.random() < 0.25 else text


def vocabulary(count: int) -> list[str]:
    """Return words to put in the place of others."""
    return [word for document in texts.documents(count, first=texts.STRANGERS) for word in document.split()]
