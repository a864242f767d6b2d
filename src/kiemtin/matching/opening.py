"""Opens an index for reading. Knows no Django, so that worker processes start quickly."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from kiemtin.retrieval import Encoder, Index, load_encoder
from kiemtin.retrieval.errors import EncoderUnavailableError

EncoderSource = Callable[[], Encoder | None]
"""Returns the encoder, None if it is not installed; called only when an index has vectors."""


def installed_encoder() -> Encoder | None:
    """Return the encoder; None if it is not installed, or `KIEMTIN_ENCODER=none` says to do without."""
    if os.environ.get("KIEMTIN_ENCODER") == "none":
        return None
    try:
        return load_encoder()
    except EncoderUnavailableError:
        return None


def no_encoder() -> None:
    """Return no encoder: match by words only."""


def open_index(folder: Path, *, use_encoder: bool = True, source: EncoderSource = installed_encoder) -> Index:
    """Open the index with the encoder it was made with, or without if that is not wanted or not installed.

    Raises
    ------
    IndexMissingError, IndexFormatError
    """
    index = Index.open(folder, encoder=None)
    encoder = source() if use_encoder and index.has_vectors else None
    if encoder is None:
        return index
    index.close()
    return Index.open(folder, encoder=encoder)
