"""Opens an index for reading. Knows no Django, so that worker processes start quickly."""

from __future__ import annotations

from pathlib import Path

from kiemtin.retrieval import Encoder, Index, load_encoder
from kiemtin.retrieval.errors import EncoderUnavailableError


def open_index(folder: Path, *, use_encoder: bool = True) -> Index:
    """Open the index with the encoder it was made with, or without if that is not wanted or not installed.

    Raises
    ------
    IndexMissingError, IndexFormatError
    """
    index = Index.open(folder, encoder=None)
    encoder = installed_encoder() if use_encoder and index.has_vectors else None
    if encoder is None:
        return index
    index.close()
    return Index.open(folder, encoder=encoder)


def installed_encoder() -> Encoder | None:
    """Return the encoder, None if it is not installed."""
    try:
        return load_encoder()
    except EncoderUnavailableError:
        return None
