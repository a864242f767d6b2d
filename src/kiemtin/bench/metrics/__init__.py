"""Metrics of a ranking, one a file, with the conventions of `trec_eval`.

A ranking is a sequence of distinct document ids, best first (see `ranking.ranked`); `relevant` is the set of
documents with a grade of at least 1. All values lie between 0 and 1.
"""

from kiemtin.bench.metrics.average_precision import average_precision
from kiemtin.bench.metrics.mean import mean
from kiemtin.bench.metrics.precision import precision
from kiemtin.bench.metrics.ranking import ranked
from kiemtin.bench.metrics.recall import recall
from kiemtin.bench.metrics.reciprocal_rank import reciprocal_rank

__all__ = ["average_precision", "mean", "precision", "ranked", "recall", "reciprocal_rank"]
