"""An encoder that remembers the messages of late, so that two indexes and a repeated message encode once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import numpy as np
import numpy.typing as npt

from kiemtin.retrieval import Encoder

KEPT = 1_024
"""Vectors of messages at hand: 1.5 MB for 384 numbers each."""


class RememberingEncoder:
    """Passes texts on to another encoder, one caller at a time, and keeps the vectors of messages.

    Parameters
    ----------
    encoder
        The one that does the work.
    kept
        At most so many vectors at hand.
    """

    def __init__(self, encoder: Encoder, *, kept: int = KEPT) -> None:
        self.name = encoder.name
        self.dim = encoder.dim
        self._encoder = encoder
        self._size = kept
        self._kept: OrderedDict[str, npt.NDArray[np.float32]] = OrderedDict()
        self._lock = Lock()

    def queries(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Encode messages; those of late come from memory."""
        with self._lock:
            missing = [text for text in dict.fromkeys(texts) if text not in self._kept]
            fresh = dict(zip(missing, self._encoder.queries(missing), strict=True)) if missing else {}
            rows = [fresh[text] if text in fresh else self._kept[text] for text in texts]
            self._keep(texts, fresh)
        return np.array(rows, np.float32).reshape(-1, self.dim)

    def passages(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Encode texts of an index; each comes once, so none is kept."""
        with self._lock:
            return self._encoder.passages(texts)

    def _keep(self, texts: Sequence[str], fresh: dict[str, npt.NDArray[np.float32]]) -> None:
        self._kept.update(fresh)
        for text in texts:
            self._kept.move_to_end(text)
        while len(self._kept) > self._size:
            self._kept.popitem(last=False)
