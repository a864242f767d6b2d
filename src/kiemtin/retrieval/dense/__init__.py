"""Dense retrieval: an encoder behind a Protocol, and a flat vector index."""

from kiemtin.retrieval.dense.encoder import Encoder, load_encoder
from kiemtin.retrieval.dense.flat import FlatIndex

__all__ = ["Encoder", "FlatIndex", "load_encoder"]
