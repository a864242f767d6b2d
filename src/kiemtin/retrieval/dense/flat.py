"""A flat vector index: centred sign bits find the neighbourhood, 8-bit vectors rank it.

One bit a dimension around the centre of the space keeps the order of neighbours well enough to shortlist (as binary
embeddings with rescoring do); a shortlist is then scored with one byte a dimension and one scale a row.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kiemtin.retrieval.errors import IndexFormatError

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

EXACT_UP_TO = 20_000
"""Rows up to which every row is scored; above, sign bits make a shortlist."""

SHORTLIST = 400
"""Rows that the sign bits hand over for scoring, at least."""

_BLOCK = 8_192


class FlatIndex:
    """Vectors on disk (or in memory when `folder` is None), appended and searched, never changed.

    Parameters
    ----------
    folder
        Holds `codes.i8` (rows, dim), `scales.f32` (rows,), `owners.u32` (rows,).
    dim
        Length of a vector; a multiple of 64.
    centre
        Shape (dim,): the mean of the space, taken off before quantising. Fixed for the life of the index.
    rows
        Rows that count; whatever a crash left behind them does not.
    """

    def __init__(self, folder: Path | None, *, dim: int, centre: Floats | None = None, rows: int = 0) -> None:
        if dim % 64:
            raise IndexFormatError(f"vectors of {dim} numbers cannot be packed: not a multiple of 64", dim=dim)
        self.dim = dim
        self._folder = folder
        self._centre = np.zeros(dim, np.float32) if centre is None else centre.astype(np.float32)
        self._pending: list[tuple[npt.NDArray[np.int8], Floats, npt.NDArray[np.uint32]]] = []
        self._codes = np.empty((0, dim), np.int8)
        self._scales = np.empty(0, np.float32)
        self._owners = np.empty(0, np.uint32)
        self._bits = np.empty((dim // 64, 0), np.uint64)
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            self._check(rows)
            self._load(rows)

    def __len__(self) -> int:
        return len(self._owners)

    @property
    def owners(self) -> npt.NDArray[np.uint32]:
        """Owner of each row, shape (rows,): the number given to `add`."""
        return self._owners

    def add(self, vectors: Floats, owners: npt.ArrayLike) -> None:
        """Append unit vectors, shape (n, dim), and the number of the record that each belongs to, shape (n,)."""
        centred = vectors - self._centre
        scales = np.abs(centred).max(axis=1, initial=1e-9).astype(np.float32) / np.float32(127)
        codes = np.rint(centred / scales[:, None]).astype(np.int8)
        self._pending.append((codes, scales, np.asarray(owners, np.uint32)))

    def commit(self) -> int:
        """Make what was added durable and searchable; return the number of rows."""
        if not self._pending:
            return len(self)
        codes = np.concatenate([p[0] for p in self._pending])
        scales = np.concatenate([p[1] for p in self._pending])
        owners = np.concatenate([p[2] for p in self._pending])
        self._pending = []
        rows = len(self) + len(owners)
        if self._folder is None:
            self._codes = np.concatenate([self._codes, codes])
            self._scales = np.concatenate([self._scales, scales])
            self._owners = np.concatenate([self._owners, owners])
            self._bits = np.concatenate([self._bits, _sign_bits(codes)], axis=1)
            return rows
        for name, values in (("codes.i8", codes), ("scales.f32", scales), ("owners.u32", owners)):
            with (self._folder / name).open("r+b") as file:
                # Whatever a crash left behind the rows that count is written over.
                file.truncate(len(self) * values[:1].nbytes)
                file.seek(0, os.SEEK_END)
                file.write(values.tobytes())
                file.flush()
                os.fsync(file.fileno())
        self._load(rows)
        return rows

    def search(self, queries: Floats, k: int, *, alive: npt.NDArray[np.bool_] | None = None) -> tuple[Ints, Floats]:
        """Return the rows nearest to any of `queries` and their best cosine, best first.

        Parameters
        ----------
        queries
            Unit vectors, shape (q, dim).
        k
            At most so many rows for each query.
        alive
            Shape (rows,): rows that may be found; None means all.
        """
        if not len(self) or not len(queries):
            return np.empty(0, np.int64), np.empty(0, np.float32)
        best: dict[int, float] = {}
        for query in queries:
            rows = self._shortlist(query, k, alive)
            scores = self.score(query, rows)
            for at in np.argsort(-scores, kind="stable")[:k]:
                row = int(rows[at])
                best[row] = max(best.get(row, -1.0), float(scores[at]))
        order = sorted(best, key=lambda row: (-best[row], row))
        return np.array(order, np.int64), np.array([best[r] for r in order], np.float32)

    def score(self, query: Floats, rows: Ints) -> Floats:
        """Cosine of `query` (unit, shape (dim,)) with each of `rows`, shape (len(rows),)."""
        out = np.empty(len(rows), np.float32)
        for at in range(0, len(rows), _BLOCK):
            part = rows[at : at + _BLOCK]
            out[at : at + _BLOCK] = self._codes[part].astype(np.float32) @ query * self._scales[part]
        return out + np.float32(query @ self._centre)

    def best(self, query: Floats, owner: int) -> tuple[float, float]:
        """Return the best cosine of `query` with a row of `owner`: plain, and around the centre. (0, 0) without rows.

        Owners were added in rising order.
        """
        first, last = np.searchsorted(self._owners, [owner, owner + 1])
        if first == last:
            return 0.0, 0.0
        offset = float(query @ self._centre)
        rows = self._codes[first:last].astype(np.float32)
        along = rows @ query * self._scales[first:last]
        at = int(np.argmax(along))
        apart = query - self._centre
        row = rows[at] * self._scales[first + at]
        lengths = float(np.linalg.norm(apart) * np.linalg.norm(row))
        return float(along[at]) + offset, float(apart @ row) / lengths if lengths else 0.0

    def _shortlist(self, query: Floats, k: int, alive: npt.NDArray[np.bool_] | None) -> Ints:
        if len(self) <= EXACT_UP_TO:
            return np.arange(len(self)) if alive is None else np.flatnonzero(alive)
        wanted = max(SHORTLIST, 4 * k)
        distance = self._hamming(query)
        if alive is not None:
            distance[~alive] = self.dim + 1
        # Distances are small whole numbers: counting them is quicker than partitioning a million of them.
        limit = int(np.searchsorted(np.cumsum(np.bincount(distance, minlength=self.dim + 2)), wanted))
        rows = np.flatnonzero(distance <= min(limit, self.dim))
        return rows if len(rows) <= 2 * wanted else rows[np.argsort(distance[rows], kind="stable")[: 2 * wanted]]

    def _hamming(self, query: Floats) -> npt.NDArray[np.uint16]:
        words = _sign_bits((query - self._centre)[None])[:, 0]
        total = np.zeros(len(self), np.uint16)
        for word, column in zip(words, self._bits, strict=True):
            total += np.bitwise_count(column ^ word)
        return total

    def _check(self, rows: int) -> None:
        """Raise if the files hold fewer than `rows` rows; more are leftovers of a commit that did not finish."""
        if self._folder is None:
            return
        for name, width in (("codes.i8", self.dim), ("scales.f32", 4), ("owners.u32", 4)):
            path = self._folder / name
            path.touch()
            if path.stat().st_size < rows * width:
                raise IndexFormatError(f"{path} is shorter than the index says: rebuild the index", path=str(path))

    def _load(self, rows: int) -> None:
        if self._folder is None or not rows:
            return
        known = len(self)
        self._codes = np.memmap(self._folder / "codes.i8", np.int8, "r", shape=(rows, self.dim))
        self._scales = np.fromfile(self._folder / "scales.f32", np.float32, rows)
        self._owners = np.fromfile(self._folder / "owners.u32", np.uint32, rows)
        fresh = [_sign_bits(self._codes[at : min(at + _BLOCK, rows)]) for at in range(known, rows, _BLOCK)]
        self._bits = np.concatenate([self._bits, *fresh], axis=1)


def _sign_bits(vectors: npt.NDArray[np.generic]) -> npt.NDArray[np.uint64]:
    """Pack the signs of `vectors`, shape (n, dim), into words, shape (dim / 64, n)."""
    packed = np.packbits(vectors > 0, axis=1)  # type: ignore[operator]
    return np.ascontiguousarray(packed.view(np.uint64).T)
