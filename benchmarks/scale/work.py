"""The working folder of a run: generated texts, vectors, messages and the nearest rows by exact arithmetic."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from benchmarks.scale import mangled, texts, vectors
from benchmarks.scale.mangled import Message

QUERIES = 500
DENSE_QUERIES = 250
TOP = 10


@dataclass(frozen=True)
class Work:
    """Where the inputs of one size lie. All sizes share texts and vectors: a smaller one reads their beginning."""

    folder: Path
    size: int

    @property
    def here(self) -> Path:
        """Folder of this size."""
        path = self.folder / str(self.size)
        path.mkdir(parents=True, exist_ok=True)
        return path

    @property
    def index(self) -> Path:
        """Folder of the product's index."""
        return self.here / "index"

    def messages(self, name: str) -> list[Message]:
        """Return the messages called `queries`, `copies` or `long`."""
        return [Message(**fields) for fields in json.loads((self.here / f"{name}.json").read_text("utf-8"))]

    @cached_property
    def dense_queries(self) -> dict[str, tuple[vectors.Vectors, np.ndarray]]:
        """Kind → (query vectors (q, DIM), nearest rows (q, TOP))."""
        with np.load(self.here / "dense.npz") as file:
            return {kind: (file[kind], file[f"{kind}_exact"]) for kind in ("perturbed", "real")}


def prepare(work: Work) -> dict[str, object]:
    """Write the messages and the exact answers of one size."""
    rng = np.random.default_rng((texts.SEED, 2, work.size))
    sources = np.sort(rng.choice(work.size, QUERIES, replace=False)).tolist()
    wanted = set(sources)
    reader = enumerate(texts.read(work.folder / "texts.tsv"))
    chosen = [document for number, document in reader if number in wanted]
    strangers = [texts.parted(line) for line in texts.documents(QUERIES, first=texts.STRANGERS)]
    for name, made in (
        ("queries", mangled.queries(chosen, strangers, sources, rng)),
        ("copies", mangled.copies(chosen, strangers, sources, rng)),
        ("long", mangled.long_messages(chosen, sources)),
    ):
        (work.here / f"{name}.json").write_text(json.dumps([asdict(m) for m in made], ensure_ascii=False), "utf-8")
    _prepare_dense(work, rng)
    return {"documents": work.size, "messages": len(sources)}


def _prepare_dense(work: Work, rng: np.random.Generator) -> None:
    everything = vectors.stored(work.folder, work.size)
    rows = np.sort(rng.choice(work.size, DENSE_QUERIES, replace=False))
    kinds = {
        "perturbed": vectors.perturbed(everything[rows], rng),
        "real": np.load(work.folder / "queries.npy")[:DENSE_QUERIES],
    }
    nearest = {f"{kind}_exact": vectors.exact(everything, asked, TOP) for kind, asked in kinds.items()}
    np.savez(work.here / "dense.npz", allow_pickle=False, **kinds, **nearest)
