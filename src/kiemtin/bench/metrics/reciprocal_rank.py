"""Reciprocal rank."""

from __future__ import annotations

from collections.abc import Sequence, Set


def reciprocal_rank(ranking: Sequence[str], relevant: Set[str]) -> float:
    """Return 1 / rank of the first relevant document, 0 if there is none; averaged it is MRR.

    Voorhees, "The TREC-8 Question Answering Track Report", TREC 1999.
    """
    for rank, document in enumerate(ranking, start=1):
        if document in relevant:
            return 1 / rank
    return 0.0
