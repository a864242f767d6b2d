"""A flat vector index: sign bits find the neighbourhood, bytes rank it, ten bits settle the first places.

A query of four levels a dimension is compared with one bit a dimension of every row. The product of the two is turned
into an estimate of the cosine by two numbers a row, as RaBitQ does (Gao and Long 2024): counted bits alone misjudge
rows far from the centre. The best of these estimates are then scored with one byte a dimension and one scale a row, and
the first of those again with two bits more a dimension.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kiemtin.retrieval.errors import IndexFormatError

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

EXACT_UP_TO = 8_000
"""Rows up to which every row is scored; above, sign bits make a shortlist."""

SHORTLIST = 4_000
"""Rows, about, that the sign bits hand over for scoring."""

_LARGEST = 509
"""Largest ten-bit number: rounded to a byte it is 127."""

SETTLED = 128
"""Rows, at least, that are scored with all ten bits."""

_BLOCK = 8_192
_SCAN = 32_768
"""Rows that are scanned at once: few enough for the processor's cache, enough to pay for the calls."""

_SAMPLE = 16
"""One row in so many is looked at to tell which estimate makes the shortlist."""

_MIDDLE = 0.98
"""Boundary between the small and the large level of a query, in its standard deviations: normal numbers have the least
error with levels 1 and 3 there (Max 1960)."""


class FlatIndex:
    """Vectors on disk (or in memory when `folder` is None), appended and searched, never changed.

    Parameters
    ----------
    folder
        Holds `codes.i8` (rows, dim), `rests.u8` (rows, dim / 4), `scales.f32` (rows,), `owners.u32` (rows,).
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
        self._widths = {"codes.i8": dim, "rests.u8": dim // 4, "scales.f32": 4, "owners.u32": 4}
        self._folder = folder
        self._centre = np.zeros(dim, np.float32) if centre is None else centre.astype(np.float32)
        self._pending: list[dict[str, npt.NDArray[Any]]] = []
        self._codes = np.empty((0, dim), np.int8)
        self._rests = np.empty((0, dim // 4), np.uint8)
        self._scales = np.empty(0, np.float32)
        self._owners = np.empty(0, np.uint32)
        self._bits = np.empty((dim // 64, 0), np.uint64)
        self._factors = np.empty((3, 0), np.float32)
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            self.see(rows)

    def see(self, rows: int) -> None:
        """See what another process has committed: so many rows count now. Only what is new is worked out.

        Raises
        ------
        IndexFormatError
            The files hold fewer rows.
        """
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
        if not len(vectors):
            return
        centred = vectors - self._centre
        scales = np.abs(centred).max(axis=1, initial=1e-9).astype(np.float32) * np.float32(4 / _LARGEST)
        # Ten bits, rounded to a byte; the two bits left say how far the byte is off.
        steps = np.rint(centred / scales[:, None] * 4).astype(np.int16) + 2
        codes = (steps >> 2).astype(np.int8)
        self._pending.append(
            {
                "codes.i8": codes,
                "rests.u8": _pack_rests((steps & 3).astype(np.uint8)),
                "scales.f32": scales,
                "owners.u32": np.asarray(owners, np.uint32),
            }
        )

    def commit(self) -> int:
        """Make what was added durable and searchable; return the number of rows."""
        if not self._pending:
            return len(self)
        added = {name: np.concatenate([p[name] for p in self._pending]) for name in self._widths}
        self._pending = []
        rows = len(self) + len(added["owners.u32"])
        if self._folder is None:
            self._codes = np.concatenate([self._codes, added["codes.i8"]])
            self._rests = np.concatenate([self._rests, added["rests.u8"]])
            self._scales = np.concatenate([self._scales, added["scales.f32"]])
            self._owners = np.concatenate([self._owners, added["owners.u32"]])
            return rows
        for name, values in added.items():
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
            rows = rows[np.argsort(-scores, kind="stable")[: max(SETTLED, 2 * k)]]
            scores = self._settle(query, rows)
            for at in np.argsort(-scores, kind="stable")[:k]:
                row = int(rows[at])
                best[row] = max(best.get(row, -1.0), float(scores[at]))
        order = sorted(best, key=lambda row: (-best[row], row))
        return np.array(order, np.int64), np.array([best[r] for r in order], np.float32)

    def score(self, query: Floats, rows: Ints) -> Floats:
        """Cosine of `query` (unit, shape (dim,)) with each of `rows`, shape (len(rows),)."""
        self._derive()
        out = np.empty(len(rows), np.float32)
        for at in range(0, len(rows), _BLOCK):
            part = rows[at : at + _BLOCK]
            codes = np.take(self._codes, part, axis=0).astype(np.float32)
            out[at : at + _BLOCK] = _products(codes, query) * self._scales[part]
        # The rows had length 1 before they were rounded: making it so again takes out half of the rounding's error.
        out += np.float32(query @ self._centre)
        out /= self._factors[2, rows]
        return out

    def _settle(self, query: Floats, rows: Ints) -> Floats:
        """Cosine of `query` with each of `rows` from all ten bits, shape (len(rows),)."""
        steps = np.take(self._codes, rows, axis=0) + _unpack_rests(np.take(self._rests, rows, axis=0))
        whole = steps * self._scales[rows, None] + self._centre
        lengths: Floats = np.maximum(np.linalg.norm(whole, axis=1), np.float32(1e-9))
        return _products(whole, query) / lengths

    def best(self, query: Floats, owner: int) -> tuple[float, float]:
        """Return the best cosine of `query` with a row of `owner`: plain, and around the centre. (0, 0) without rows.

        Owners were added in rising order.
        """
        # Of the same type, or numpy would convert all owners at each call.
        first, last = np.searchsorted(self._owners, np.array([owner, owner + 1], np.uint32))
        if first == last:
            return 0.0, 0.0
        self._derive()
        offset = float(query @ self._centre)
        rows = self._codes[first:last].astype(np.float32)
        along = (rows @ query * self._scales[first:last] + offset) / self._factors[2, first:last]
        at = int(np.argmax(along))
        apart = query - self._centre
        row = rows[at] * self._scales[first + at]
        lengths = float(np.linalg.norm(apart) * np.linalg.norm(row))
        return float(along[at]), float(apart @ row) / lengths if lengths else 0.0

    def _shortlist(self, query: Floats, k: int, alive: npt.NDArray[np.bool_] | None) -> Ints:
        if len(self) <= EXACT_UP_TO:
            return np.arange(len(self)) if alive is None else np.flatnonzero(alive)
        estimate = self._estimate(query)
        if alive is not None:
            estimate[~alive] = -np.inf
        # The best of one row in sixteen tell well enough where the best of all begin, at a sixteenth of the work.
        sample = estimate[::_SAMPLE]
        place = min(max(SHORTLIST, 4 * k) // _SAMPLE, len(sample))
        limit = np.partition(sample, len(sample) - place)[len(sample) - place]
        return np.flatnonzero(estimate >= limit if limit > -np.inf else estimate > limit)

    def _estimate(self, query: Floats) -> Floats:
        """Estimate the cosine with every row, less a constant; shape (rows,)."""
        self._derive()
        apart = query - self._centre
        large, small, step = _levels(apart)
        gain, half, _ = self._factors
        out = np.empty(len(self), np.float32)
        words, ones, total = np.empty(_SCAN, np.uint64), np.empty(_SCAN, np.uint8), np.empty(_SCAN, np.uint16)
        for at in range(0, len(self), _SCAN):
            count = min(_SCAN, len(self) - at)
            rows = slice(at, at + count)
            differ = total[:count]
            differ[:] = 0
            for column, plane in zip(self._bits, large, strict=True):
                np.bitwise_count(np.bitwise_xor(column[rows], plane, out=words[:count]), out=ones[:count])
                differ += ones[:count]
            differ *= 2  # the plane of the large step weighs twice
            for column, plane in zip(self._bits, small, strict=True):
                np.bitwise_count(np.bitwise_xor(column[rows], plane, out=words[:count]), out=ones[:count])
                differ += ones[:count]
            out[rows] = (3 * self.dim - 2 * differ.astype(np.float32)) * step * gain[rows] - half[rows]
        return out

    def _check(self, rows: int) -> None:
        """Raise if the files hold fewer than `rows` rows; more are leftovers of a commit that did not finish."""
        if self._folder is None:
            return
        for name, width in self._widths.items():
            path = self._folder / name
            path.touch()
            if path.stat().st_size < rows * width:
                raise IndexFormatError(f"{path} is shorter than the index says: rebuild the index", path=str(path))

    def _load(self, rows: int) -> None:
        if self._folder is None:
            return
        if rows:  # nothing cannot be mapped
            self._codes = np.memmap(self._folder / "codes.i8", np.int8, "r", shape=(rows, self.dim))
            self._rests = np.memmap(self._folder / "rests.u8", np.uint8, "r", shape=(rows, self.dim // 4))
        scales = np.fromfile(self._folder / "scales.f32", np.float32, rows)
        owners = np.fromfile(self._folder / "owners.u32", np.uint32, rows)
        # Rows are only ever appended; but somebody may have put other files in the place of these.
        known = len(self)
        if not (np.array_equal(scales[:known], self._scales) and np.array_equal(owners[:known], self._owners)):
            self._bits, self._factors = self._bits[:, :0], self._factors[:, :0]
        self._scales, self._owners = scales, owners

    def _derive(self) -> None:
        """Work out bits and factors of the rows that have none yet: at a search, for who only adds needs none."""
        known, rows = self._bits.shape[1], len(self)
        if known == rows:
            return
        blocks = [slice(at, min(at + _BLOCK, rows)) for at in range(known, rows, _BLOCK)]
        bits = [_sign_bits(self._codes[block]) for block in blocks]
        factors = [self._factors_of(self._codes[block].astype(np.float32), self._scales[block]) for block in blocks]
        self._bits = np.concatenate([self._bits, *bits], axis=1)
        self._factors = np.concatenate([self._factors, *factors], axis=1)

    def _factors_of(self, codes: Floats, scales: Floats) -> Floats:
        """Return three numbers a row, shape (3, n).

        What to multiply its product with the query's levels by; half its squared distance from the centre, which for
        a unit vector is its product with the centre, less a constant; its length.
        """
        square = np.einsum("ij,ij->i", codes, codes)
        apart = square * scales**2
        gain = scales * square / np.maximum(np.abs(codes).sum(axis=1), 1)
        length = np.sqrt(apart + 2 * scales * _products(codes, self._centre) + self._centre @ self._centre)
        return np.stack([gain, apart / 2, np.maximum(length, 1e-9)]).astype(np.float32)


def _products(rows: Floats, vector: Floats) -> Floats:
    """Return `rows @ vector` without BLAS, whose threads wait for one another: 20 times as long on busy cores."""
    products: Floats = np.einsum("ij,j->i", rows, vector)
    return products


def _pack_rests(rests: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Pack numbers from 0 to 3, shape (n, dim), four to a byte, shape (n, dim / 4)."""
    fours = rests.reshape(len(rests), rests.shape[1] // 4, 4)
    packed = fours[..., 0] | fours[..., 1] << 2 | fours[..., 2] << 4 | fours[..., 3] << 6
    return packed.astype(np.uint8)


def _unpack_rests(packed: npt.NDArray[np.uint8]) -> Floats:
    """Return how far the bytes are off, in their steps, shape (n, dim)."""
    rests = (packed[..., None] >> np.array([0, 2, 4, 6], np.uint8)) & 3
    whole = rests.reshape(len(packed), 4 * packed.shape[1]).astype(np.float32)
    return (whole - np.float32(2)) / np.float32(4)


def _sign_bits(vectors: npt.NDArray[np.generic]) -> npt.NDArray[np.uint64]:
    """Pack the signs of `vectors`, shape (n, dim), into words, shape (dim / 64, n)."""
    packed = np.packbits(vectors > 0, axis=1)  # type: ignore[operator]
    return np.ascontiguousarray(packed.view(np.uint64).T)


def _levels(apart: Floats) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64], float]:
    """Round a centred query to the levels -3, -1, 1 and 3.

    Returns
    -------
    tuple
        Two planes of bits, shape (dim / 64,): 2 · ±1 of the first and ±1 of the second add up to the level. And the
        size of a level that makes the product of query and levels right.
    """
    above = apart > 0
    far = np.abs(apart) > _MIDDLE * apart.std()
    level = np.where(above, 1, -1) * np.where(far, 3, 1)
    planes = [_sign_bits(plane.astype(np.int8)[None])[:, 0] for plane in (above, above == far)]
    return planes[0], planes[1], float(apart @ level) / float(level @ level)
