"""Our own side: the index as `Index.add` and `commit` make it, and every way of asking it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import numpy as np

from benchmarks.scale import measure, texts, vectors
from benchmarks.scale.mangled import Message
from benchmarks.scale.work import TOP, Work
from kiemtin.retrieval import index as index_module
from kiemtin.retrieval.index import Index
from kiemtin.retrieval.lexical import store
from kiemtin.retrieval.pipeline import CANDIDATES, Matcher
from kiemtin.retrieval.records import Record
from kiemtin.retrieval.text import Kind, analyse, shingle_hashes

BATCH = 5_000
"""Records between two commits: what an import without vectors takes."""


def records(work: Work) -> Iterator[Record]:
    """Yield the documents as records; their slots are their line numbers."""
    reader = texts.read(work.folder / "texts.tsv")
    for number, (title, text) in zip(range(work.size), reader, strict=False):
        yield Record(id=f"d{number}", title=title, text=text, lang="vi")


def build(work: Work) -> dict[str, Any]:
    """Build the whole index: text analysis, lexical, near copies, statistics, vectors."""
    watch = measure.Stopwatch()
    encoder = vectors.ReadyEncoder(vectors.stored(work.folder, work.size))
    start = time.perf_counter()
    # The index looks the function up in its own module.
    setattr(index_module, "store", watch.timed("analysis", store))  # noqa: B010
    with Index.open(work.index, encoder=encoder, create=True) as index:
        _watch(index, watch)
        for batch in measure.batches(records(work), BATCH):
            index.add(batch)
            index.commit(mark=len(index))
        index.close()
    total = time.perf_counter() - start
    watch.add("rest", total - sum(watch.seconds.values()))
    return {"seconds": round(total, 2), "parts": watch.rounded(), "disk_mb": sizes(work), **measure.memory()}


def _watch(index: Index, watch: measure.Stopwatch) -> None:
    dense = index.dense
    if dense is None:
        raise RuntimeError("the index has no vectors")
    for name, part in (("lexical", index.lexical), ("near", index.near), ("dense", dense)):
        for method in ("add", "commit"):
            setattr(part, method, watch.timed(name, getattr(part, method)))
    # Looking whether an id is known is work of the lexical index too.
    setattr(index.lexical, "get", watch.timed("known ids", index.lexical.get))  # noqa: B010


def sizes(work: Work) -> dict[str, float]:
    """Return MB on disk by part, and in all."""
    parts = {name: measure.disk(work.index / name) for name in ("lexical", "near", "dense")}
    whole = measure.disk(work.index)
    return {**parts, "manifest": round(whole - sum(parts.values()), 2), "all": whole}


def _terms(message: str) -> dict[str, list[str]]:
    """Return what `Matcher` looks for: words as written or folded, and folded pairs."""
    analysis = analyse(message)
    view, words = ("folded", analysis.folded) if analysis.kind is Kind.BARE else ("words", analysis.words)
    return {view: list(dict.fromkeys(words)), "bigrams": list(dict.fromkeys(analysis.bigrams))}


def found(hits: list[list[int]], messages: list[Message]) -> dict[str, float]:
    """Share of messages whose source is first, and among the first `TOP`."""
    first = np.mean([m.source in h[:1] for h, m in zip(hits, messages, strict=True)])
    top = np.mean([m.source in h[:TOP] for h, m in zip(hits, messages, strict=True)])
    return {"found_at_1": round(float(first), 4), f"found_at_{TOP}": round(float(top), 4)}


def lexical(work: Work) -> dict[str, Any]:
    """Lexical search alone, as the pipeline asks it: words and pairs, the best `CANDIDATES`."""
    messages = work.messages("queries")
    with Index.open(work.index, encoder=None) as index:
        asked = [_terms(m.text) for m in messages]
        taken = measure.latencies(lambda terms: index.lexical.search(terms, CANDIDATES), asked)
        words = [{view: terms for view, terms in a.items() if view != "bigrams"} for a in asked]
        only = measure.latencies(lambda terms: index.lexical.search(terms, CANDIDATES), words)
        hits = [index.lexical.search(terms, TOP) for terms in asked]
        terms = float(np.mean([sum(map(len, a.values())) for a in asked]))
        return {**taken, **found(hits, messages), "terms": round(terms, 1), "words_only": only, **measure.memory()}


def dense(work: Work) -> dict[str, Any]:
    """Vector search alone, with recall against exact arithmetic on the vectors as they were given."""
    everything = vectors.stored(work.folder, work.size)
    encoder = vectors.ReadyEncoder(everything)
    out: dict[str, Any] = {}
    start = time.perf_counter()
    with Index.open(work.index, encoder=encoder) as index:
        opened = time.perf_counter() - start
        flat = index.dense
        if flat is None:
            raise RuntimeError("the index has no vectors")
        for kind, (asked, nearest) in work.dense_queries.items():
            taken = measure.latencies(lambda query: flat.search(query[None], CANDIDATES), list(asked))
            hits = [flat.search(query[None], CANDIDATES)[0][:TOP].tolist() for query in asked]
            out[kind] = {**taken, **vectors.agreement(hits, nearest, asked, everything)}
    return {**out, "open_seconds": round(opened, 2), **measure.memory()}


def near(work: Work) -> dict[str, Any]:
    """Near copies alone, from the text on: analysis, shingles, look-up."""
    messages = work.messages("copies")
    k = CANDIDATES // 3
    with Index.open(work.index, encoder=None) as index:

        def search(text: str) -> list[int]:
            return [c.owner for c in index.near.search(shingle_hashes(analyse(text).folded), k)]

        taken = measure.latencies(search, [m.text for m in messages])
        kinds = dict.fromkeys(m.kind for m in messages)
        by_kind = {kind: [m for m in messages if m.kind == kind] for kind in kinds}
        shares = {kind: found([search(m.text) for m in of], of) for kind, of in by_kind.items()}
        return {**taken, "recall": shares, **measure.memory()}


def ask(work: Work) -> dict[str, Any]:
    """Time the whole of `Matcher.ask` without an encoder, on messages of about 25 words and on long ones."""
    with Index.open(work.index, encoder=None) as index:
        matcher = Matcher(index)
        messages = work.messages("queries")
        taken = measure.latencies(lambda m: matcher.ask(m.text), messages)
        hits = [[int(match.id[1:]) for match in matcher.ask(m.text).matches] for m in messages]
        longer = measure.latencies(lambda m: matcher.ask(m.text), work.messages("long"))
        return {"queries": {**taken, **found(hits, messages)}, "long": longer, **measure.memory()}


def ask_with_vectors(work: Work) -> dict[str, Any]:
    """Time the whole of `Matcher.ask` with ready vectors: all but the encoder's own time."""
    encoder = vectors.ReadyEncoder(vectors.stored(work.folder, work.size))
    messages = work.messages("queries")
    rng = np.random.default_rng((texts.SEED, 3))
    rows = vectors.stored(work.folder, work.size)[[m.source for m in messages]]
    ready = dict(zip((m.text for m in messages), vectors.perturbed(rows, rng), strict=True))
    with Index.open(work.index, encoder=encoder) as index:
        matcher = Matcher(index)

        def ask_one(text: str) -> list[int]:
            encoder.next_query = ready[text]
            return [int(match.id[1:]) for match in matcher.ask(text).matches]

        taken = measure.latencies(ask_one, [m.text for m in messages])
        hits = [ask_one(m.text) for m in messages]
        return {**taken, **found(hits, messages), **measure.memory()}
