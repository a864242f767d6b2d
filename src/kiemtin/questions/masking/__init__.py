"""Masks personal data in a message before it is stored, indexed or logged. Pure Python: no Django, no database."""

from kiemtin.questions.masking.kind import MARK, Kind, unmarked
from kiemtin.questions.masking.masked import Masked, Piece, mask

__all__ = ["MARK", "Kind", "Masked", "Piece", "mask", "unmarked"]
