"""Average precision."""

from __future__ import annotations

from collections.abc import Sequence, Set


def average_precision(ranking: Sequence[str], relevant: Set[str], cutoff: int) -> float:
    """Return the average precision of the first `cutoff` documents (`map_cut` of trec_eval, `AP@k`).

    The precision at the rank of each relevant document found, summed and divided by the number of all
    relevant documents, also of those beyond the cutoff. Averaged over queries it is MAP@k.

    Buckley and Voorhees, "Evaluating Evaluation Measure Stability", SIGIR 2000.
    """
    found, total = 0, 0.0
    for rank, document in enumerate(ranking[:cutoff], start=1):
        if document in relevant:
            found += 1
            total += found / rank
    return total / len(relevant) if relevant else 0.0
