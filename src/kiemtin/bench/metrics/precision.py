"""Precision at a cutoff."""

from __future__ import annotations

from collections.abc import Sequence, Set


def precision(ranking: Sequence[str], relevant: Set[str], cutoff: int) -> float:
    """Return the relevant documents among the first `cutoff`, divided by `cutoff` even if fewer were found.

    Manning, Raghavan and Schütze, "Introduction to Information Retrieval", Cambridge 2008, section 8.4.
    """
    return sum(document in relevant for document in ranking[:cutoff]) / cutoff
