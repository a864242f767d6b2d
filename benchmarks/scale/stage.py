"""One stage of the benchmark in a process of its own: ``python -m benchmarks.scale.stage NAME SIZE FOLDER``.

A fresh process makes its memory the stage's own; the result is one JSON object on the last line.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.scale import peers, product, texts, vectors, work
from benchmarks.scale.work import Work


def inputs(run: Work) -> dict[str, Any]:
    """Write texts and vectors for the largest size."""
    texts.write(run.folder / "texts.tsv", run.size)
    return vectors.prepare(run.folder, run.size)


STAGES: dict[str, Callable[[Work], dict[str, Any]]] = {
    "inputs": inputs,
    "messages": work.prepare,
    "build": product.build,
    "lexical": product.lexical,
    "dense": product.dense,
    "near": product.near,
    "ask": product.ask,
    "ask with vectors": product.ask_with_vectors,
    "bm25s": peers.run_bm25s,
    "SQLite FTS5": peers.run_fts5,
    "qdrant-edge": peers.run_qdrant,
}


def main(name: str, size: str, folder: str) -> None:
    result = STAGES[name](Work(Path(folder), int(size)))
    print(json.dumps(result))


if __name__ == "__main__":
    main(*sys.argv[1:])
