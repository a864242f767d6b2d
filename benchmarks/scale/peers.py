"""The same work by bm25s, SQLite FTS5 and qdrant-edge, each as its own documents say and in a fresh process.

Lexical peers get the very terms that ours gets (words as written and folded pairs) from the same analysis; vector peers
get the same vectors.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

import bm25s
import numpy as np
import qdrant_edge

from benchmarks.scale import measure, texts, vectors
from benchmarks.scale.product import found
from benchmarks.scale.work import TOP, Work
from kiemtin.retrieval.pipeline import CANDIDATES
from kiemtin.retrieval.text import analyse

BUDGET = 90.0
"""Seconds for the queries of one peer; a slow one answers fewer (at least 20)."""


def terms(text: str) -> list[str]:
    """Return words and folded pairs."""
    analysis = analyse(text)
    return [*analysis.words, *analysis.bigrams]


def _documents(work: Work, watch: measure.Stopwatch) -> Iterator[list[str]]:
    analysed = watch.timed("analysis", terms)
    for _, (title, text) in zip(range(work.size), texts.read(work.folder / "texts.tsv"), strict=False):
        yield analysed(f"{title} {text}")


def _built(start: float, watch: measure.Stopwatch) -> dict[str, Any]:
    total = time.perf_counter() - start
    analysis = watch.seconds["analysis"]
    return {"seconds": round(total, 2), "analysis": round(analysis, 2), "own": round(total - analysis, 2)}


def run_bm25s(work: Work) -> dict[str, Any]:
    """bm25s with its numpy backend, method lucene, the weights of ours."""
    watch, start = measure.Stopwatch(), time.perf_counter()
    vocabulary: dict[str, int] = {}
    ids = [[vocabulary.setdefault(t, len(vocabulary)) for t in words] for words in _documents(work, watch)]
    engine: Any = bm25s.BM25(k1=1.2, b=0.75, method="lucene", backend="numpy")  # type: ignore[no-untyped-call]
    engine.index((ids, vocabulary), show_progress=False)
    engine.save(str(work.here / "bm25s"))
    built = {**_built(start, watch), **measure.memory()}
    del ids
    messages = work.messages("queries")
    asked = [[vocabulary[t] for t in dict.fromkeys(terms(m.text)) if t in vocabulary] for m in messages]

    def search(query: list[int], k: int = CANDIDATES) -> list[int]:
        return [int(row) for row in engine.retrieve([query], k=k, show_progress=False).documents[0]]

    taken = measure.latencies(search, asked, budget=BUDGET)
    some = slice(0, int(taken["queries"]))
    hits = [search(query, TOP) for query in asked[some]]
    return {
        "version": version("bm25s"),
        "build": built,
        **taken,
        **found(hits, messages[some]),
        "disk_mb": measure.disk(work.here / "bm25s"),
        **measure.memory(),
    }


def run_fts5(work: Work) -> dict[str, Any]:
    """SQLite FTS5, contentless, ranked by its bm25()."""
    watch, start = measure.Stopwatch(), time.perf_counter()
    path = work.here / "fts5.sqlite3"
    database = sqlite3.connect(path)
    tokenizer = "unicode61 remove_diacritics 0 tokenchars '_.%'"
    database.execute(f'CREATE VIRTUAL TABLE t USING fts5(terms, content="", tokenize="{tokenizer}")')
    rows = ((number, " ".join(words)) for number, words in enumerate(_documents(work, watch)))
    with database:
        database.executemany("INSERT INTO t(rowid, terms) VALUES (?, ?)", rows)
    with database:
        database.execute("INSERT INTO t(t) VALUES ('optimize')")
    built = {**_built(start, watch), **measure.memory()}
    messages = work.messages("queries")
    asked = [" OR ".join(f'"{t}"' for t in dict.fromkeys(terms(m.text))) for m in messages]

    def search(query: str) -> list[int]:
        select = "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT ?"
        return [row for (row,) in database.execute(select, (query, CANDIDATES))]

    taken = measure.latencies(search, asked, budget=BUDGET)
    some = slice(0, min(int(taken["queries"]), 100))
    hits = [search(query)[:TOP] for query in asked[some]]
    return {
        "version": sqlite3.sqlite_version,
        "build": built,
        **taken,
        **found(hits, messages[some]),
        "disk_mb": measure.disk(path),
        **measure.memory(),
    }


def run_qdrant(work: Work) -> dict[str, Any]:
    """qdrant-edge with its HNSW (m 16, ef_construct 100) and two settings of the search."""
    path, start = work.here / "qdrant", time.perf_counter()
    path.mkdir()
    parameters = qdrant_edge.EdgeVectorParams(size=vectors.DIM, distance=qdrant_edge.Distance.Cosine)
    hnsw = qdrant_edge.HnswIndexConfig(m=16, ef_construct=100, full_scan_threshold=10_000)
    shard = qdrant_edge.EdgeShard.create(str(path), qdrant_edge.EdgeConfig(vectors=parameters, hnsw_config=hnsw))
    everything = vectors.stored(work.folder, work.size)
    for at in range(0, work.size, 1_000):
        block = np.asarray(everything[at : at + 1_000]).tolist()
        points = [qdrant_edge.Point(id=at + i, vector=vector) for i, vector in enumerate(block)]
        shard.update(qdrant_edge.UpdateOperation.upsert_points(points))
    shard.flush()
    upserted = time.perf_counter() - start
    shard.optimize()
    shard.flush()
    built = {"seconds": round(time.perf_counter() - start, 2), "upsert": round(upserted, 2), **measure.memory()}
    out = {f"ef {ef}": _searched(shard, work, ef) for ef in (128, 512)}
    shard.close()
    return {
        "version": version("qdrant-edge-py"),
        "build": built,
        **out,
        "disk_mb": measure.disk(path),
        **measure.memory(),
    }


def _searched(shard: qdrant_edge.EdgeShard, work: Work, ef: int) -> dict[str, Any]:
    parameters = qdrant_edge.SearchParams(hnsw_ef=ef)

    def search(query: list[float]) -> list[int]:
        request = qdrant_edge.SearchRequest(
            query=qdrant_edge.Query.Nearest(query), limit=CANDIDATES, params=parameters, with_payload=False
        )
        return [int(point.id) for point in shard.search(request)]

    out = {}
    everything = vectors.stored(work.folder, work.size)
    for kind, (asked, nearest) in work.dense_queries.items():
        queries = asked.tolist()
        taken = measure.latencies(search, queries, budget=BUDGET)
        hits = [search(query)[:TOP] for query in queries]
        out[kind] = {**taken, **vectors.agreement(hits, nearest, asked, everything)}
    return out
