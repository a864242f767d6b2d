"""The two indexes: of what is published by the real encoder, of messages with stand-in vectors.

What a search costs depends on how many vectors there are, not on what they mean; what it finds does, so nothing here
says how well messages are matched. The real encoder would take hours for all texts.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence

import numpy as np

from kiemtin.checks.models import FactCheck, Wording
from kiemtin.matching.actions.follow import follow
from kiemtin.matching.opening import installed_encoder
from kiemtin.matching.records import of_check, to_record
from kiemtin.matching.shelf import Entry
from kiemtin.questions.shelf import MESSAGES
from kiemtin.retrieval import Encoder
from kiemtin.retrieval.dense.encoder import Vectors
from kiemtin.retrieval.index import encoded_text
from kiemtin.retrieval.text import normalise

_NOISE = 0.35  # length of it: a cosine of about 0.94


class StandIn:
    """Gives each text a random unit vector of its own, as long as the real encoder's and under its name."""

    def __init__(self, real: Encoder) -> None:
        self.name, self.dim = real.name, real.dim

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return a row a text."""
        rows = np.array([_random(text, self.dim) for text in texts], np.float32).reshape(-1, self.dim)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)

    queries = passages


class Sparing:
    """The real encoder, but for messages that became wordings of a check: they get the check's vector with noise."""

    def __init__(self, real: Encoder, copies: dict[str, str]) -> None:
        self.name, self.dim = real.name, real.dim
        self._real = real
        self._copies = copies
        self._known: dict[str, Vectors] = {}

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return a row a text."""
        own = [text for text in dict.fromkeys(texts) if text not in self._copies]
        self._known.update(zip(own, self._real.passages(own), strict=True))
        rows = [self._known[text] if text in self._known else self._copy(text) for text in texts]
        return np.array(rows, np.float32).reshape(-1, self.dim)

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Return what the real one says."""
        return self._real.queries(texts)

    def _copy(self, text: str) -> Vectors:
        source = self._known.get(self._copies[text])
        mixed = _random(text, self.dim) * _NOISE / np.sqrt(self.dim) + (0 if source is None else source)
        return np.asarray(mixed / np.linalg.norm(mixed), np.float32)


def make() -> dict[str, object]:
    """Bring both indexes up; return what that took."""
    real = installed_encoder()
    began = time.perf_counter()
    published = follow(encoder=Sparing(real, _copies()) if real is not None else None)
    between = time.perf_counter()
    messages = follow(encoder=StandIn(real) if real is not None else None, shelf=MESSAGES)
    return {
        "encoder": real.name if real is not None else "",
        "published": published.changes,
        "published_s": round(between - began, 1),
        "messages": messages.changes,
        "messages_s": round(time.perf_counter() - between, 1),
    }


def _copies() -> dict[str, str]:
    """Return the known wordings of all checks, each with the main text of its check, as the index encodes them."""
    checks = {row.pk: _encoded(of_check(row)) for row in FactCheck.objects.select_related("latest")}
    return {
        text: checks[row.fact_check_id][0]
        for row in Wording.objects.all()
        if (text := _plain(row.text)) and checks[row.fact_check_id]
    }


def _encoded(entry: Entry) -> list[str]:
    return encoded_text(to_record(entry))


def _plain(text: str) -> str:
    return " ".join(normalise(text).split())


def _random(text: str, dim: int) -> Vectors:
    seed = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
    return np.random.default_rng(seed).standard_normal(dim, np.float32)
