"""Masks personal data in a message before it is stored, indexed or logged. Pure Python: no Django, no database.

The rules are compiled when `mask` is first asked for: each command loads this package, and few of them mask.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from kiemtin.questions.masking.kind import MARK, Kind, unmarked

if TYPE_CHECKING:
    from kiemtin.questions.masking.masked import Masked, Piece, mask

__all__ = ["MARK", "Kind", "Masked", "Piece", "mask", "unmarked"]


def __getattr__(name: str) -> object:
    if name in __all__:
        return getattr(import_module("kiemtin.questions.masking.masked"), name)
    raise AttributeError(name)
