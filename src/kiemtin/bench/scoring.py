"""The metrics of a run, averaged over the judged queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiemtin.bench.metrics import average_precision, mean, precision, ranked, recall, reciprocal_rank
from kiemtin.bench.runs import Run


@dataclass(frozen=True, slots=True)
class Metrics:
    """Means over the judged queries with a relevant document, 0 to 1; None if there is no such query."""

    map5: float | None
    mrr: float | None
    p1: float | None
    recall5: float | None
    recall20: float | None


def score(run: Run, relevant: Mapping[str, frozenset[str]]) -> Metrics:
    """Score a run; a query with relevant documents that is not in the run scores zero.

    The means are added up in the order of the run, as the reference implementations do.

    Parameters
    ----------
    run
        What was answered.
    relevant
        Query id → relevant documents; a query without any takes no part.
    """
    order = [*run.rankings, *(query for query in relevant if query not in run.rankings)]
    pairs = [(ranked(run.scores(query)), relevant[query]) for query in order if relevant.get(query)]
    return Metrics(
        map5=mean(average_precision(ranking, documents, 5) for ranking, documents in pairs),
        mrr=mean(reciprocal_rank(ranking, documents) for ranking, documents in pairs),
        p1=mean(precision(ranking, documents, 1) for ranking, documents in pairs),
        recall5=mean(recall(ranking, documents, 5) for ranking, documents in pairs),
        recall20=mean(recall(ranking, documents, 20) for ranking, documents in pairs),
    )
