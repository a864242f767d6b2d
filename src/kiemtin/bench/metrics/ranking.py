"""The order that `trec_eval` gives to scored documents."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np


def ranked(scores: Mapping[str, float]) -> tuple[str, ...]:
    """Return the document ids by score, highest first, ties by id, last first.

    As in trec_eval, a score is held in single precision, so that scores closer than that are tied, and the
    rank column of a run file means nothing. Ids are compared by their bytes in UTF-8, whose order is that of
    their code points.

    McSherry and Najork, "Computing Information Retrieval Performance Measures Efficiently in the Presence of
    Tied Scores", ECIR 2008, on why the order of ties must be told.
    """
    with np.errstate(over="ignore"):
        held = np.fromiter(scores.values(), dtype=np.float64, count=len(scores)).astype(np.float32).tolist()
    pairs = sorted(zip(held, scores, strict=True), reverse=True)
    return tuple(document for _, document in pairs)
