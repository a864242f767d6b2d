"""Recall at a cutoff."""

from __future__ import annotations

from collections.abc import Sequence, Set


def recall(ranking: Sequence[str], relevant: Set[str], cutoff: int) -> float:
    """Return the share of the relevant documents that stand among the first `cutoff`.

    Manning, Raghavan and Schütze, "Introduction to Information Retrieval", Cambridge 2008, section 8.4.
    """
    found = sum(document in relevant for document in ranking[:cutoff])
    return found / len(relevant) if relevant else 0.0
