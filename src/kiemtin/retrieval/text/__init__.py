"""Text: from what people paste to what matchers compare."""

from kiemtin.retrieval.text.analysis import Analysis, analyse, tokenise
from kiemtin.retrieval.text.folding import fold
from kiemtin.retrieval.text.kind import Kind, kind_of
from kiemtin.retrieval.text.normalisation import MAX_MESSAGE, check_message, normalise
from kiemtin.retrieval.text.passage import Passage, passages
from kiemtin.retrieval.text.shingle import shingle_hashes

__all__ = [
    "MAX_MESSAGE",
    "Analysis",
    "Kind",
    "Passage",
    "analyse",
    "check_message",
    "fold",
    "kind_of",
    "normalise",
    "passages",
    "shingle_hashes",
    "tokenise",
]
