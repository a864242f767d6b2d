"""From a picture to the check that answers it, beside the same message typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kiemtin.bench.beir import Dataset, Query
from kiemtin.bench.engine import MatcherEngine
from kiemtin.bench.evaluate import Settings, evaluate
from kiemtin.retrieval import Encoder, Options


def map_at_5(dataset: Dataset, texts: Mapping[str, str], encoder: Encoder) -> dict[str, Any]:
    """Ask with other texts instead of the queries', as `kiemtin eval` asks; a query without any text finds nothing."""
    asked = tuple(Query(query.id, texts[query.id]) for query in dataset.queries if texts.get(query.id, "").strip())
    qrels = {query: dataset.qrels[query] for query in texts}
    part = replace(dataset, queries=asked, qrels=qrels)
    found = evaluate(part, MatcherEngine(encoder, Options(encoder=True)), settings=Settings(absent=False))
    return {"map@5": round(found.metrics.map5, 4), "queries": len(texts), "without_text": len(texts) - len(asked)}
