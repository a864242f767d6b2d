"""Embeddings kept on disk, so that a corpus is encoded once and not once a measurement."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

import numpy as np

from kiemtin.bench.errors import CacheUnusableError
from kiemtin.retrieval.dense.encoder import Encoder, Vectors

_FILE = "embeddings.sqlite3"
_STORED = np.dtype("<f4")
_BATCH = 256
"""Texts encoded between two writes: what an interruption can cost."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS embedding (
    encoder TEXT NOT NULL,
    kind TEXT NOT NULL,
    digest BLOB NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (encoder, kind, digest)
) WITHOUT ROWID
"""
_FIND = "SELECT vector FROM embedding WHERE encoder = ? AND kind = ? AND digest = ?"
_KEEP = "INSERT OR REPLACE INTO embedding (encoder, kind, digest, vector) VALUES (?, ?, ?, ?)"


def default_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder named by the variable `KIEMTIN_CACHE`, else `~/.cache/kiemtin`."""
    named = environ.get("KIEMTIN_CACHE")
    return Path(named).expanduser() if named else Path("~/.cache/kiemtin").expanduser()


class EmbeddingCache:
    """A table of vectors by encoder, kind of text and SHA-256 of the text; several processes may share it.

    Parameters
    ----------
    folder
        Where the file lies; made if it is missing. None keeps the vectors in memory only.

    Raises
    ------
    CacheUnusableError
        If the file cannot be opened or is not a cache; also from every method.
    """

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / _FILE if folder else None
        self._lock = Lock()
        with self._guarded():
            if folder:
                folder.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(self._path or ":memory:", timeout=60, check_same_thread=False)
            try:
                self._database.execute("PRAGMA journal_mode = WAL").close()
                # A cache may lose its last writes in a power cut.
                self._database.execute("PRAGMA synchronous = NORMAL").close()
                self._database.execute(_SCHEMA).close()
            except sqlite3.Error:
                self._database.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def find(self, encoder: str, kind: str, digests: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return digest → stored vector, for the digests that are known."""
        found = {}
        with self._guarded():
            for digest in digests:
                row = self._database.execute(_FIND, (encoder, kind, digest)).fetchone()
                if row is not None:
                    found[digest] = row[0]
        return found

    def keep(self, encoder: str, kind: str, vectors: Mapping[bytes, bytes]) -> None:
        """Store vectors by digest, in one transaction."""
        with self._guarded(), self._database:
            self._database.executemany(_KEEP, [(encoder, kind, key, value) for key, value in vectors.items()])

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            with self._lock:
                yield
        except (sqlite3.Error, OSError) as error:
            message = f"the embedding cache {self._path} cannot be used: {error}"
            raise CacheUnusableError(message, path=self._path) from error


class CachedEncoder:
    """An encoder that asks the cache first. Same shapes and results as the encoder it wraps."""

    def __init__(self, encoder: Encoder, cache: EmbeddingCache) -> None:
        self.name = encoder.name
        self.dim = encoder.dim
        self._encoder = encoder
        self._cache = cache

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Encode messages; float32 of shape (len(texts), dim)."""
        return self._through("query", texts, self._encoder.queries)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Encode texts of checks; float32 of shape (len(texts), dim)."""
        return self._through("passage", texts, self._encoder.passages)

    def _through(self, kind: str, texts: Sequence[str], encode: Callable[[list[str]], Vectors]) -> Vectors:
        digests = [sha256(text.encode("utf-8", "surrogatepass")).digest() for text in texts]
        stored = self._cache.find(self.name, kind, digests)
        size = self.dim * _STORED.itemsize
        known = {digest: vector for digest, vector in stored.items() if len(vector) == size}
        missing = {d: t for d, t in zip(digests, texts, strict=True) if d not in known}
        keys = list(missing)
        for at in range(0, len(keys), _BATCH):
            batch = keys[at : at + _BATCH]
            rows = encode([missing[key] for key in batch]).astype(_STORED)
            fresh = {key: row.tobytes() for key, row in zip(batch, rows, strict=True)}
            self._cache.keep(self.name, kind, fresh)
            known.update(fresh)
        joined = b"".join(known[digest] for digest in digests)
        return np.frombuffer(joined, dtype=_STORED).astype(np.float32).reshape(len(texts), self.dim)
