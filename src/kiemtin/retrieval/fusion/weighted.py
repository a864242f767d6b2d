"""A weighted sum of signals, with weights of its own for each pair of kinds of text.

The weights are found by listwise softmax regression (ListNet's top-one loss: Cao et al. 2007) in `kiemtin.bench`; a
convex combination beat rank fusion on every set we measured, as Bruch et al. (2023) found elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from kiemtin.retrieval.text import Kind


class Case(StrEnum):
    """Which kinds of text meet."""

    TONED = "toned"
    BARE = "bare"
    OTHER = "other"
    CROSS = "cross"


CASES = tuple(Case)


def case_of(message: Kind, check: Kind) -> Case:
    """Tell the case from the kinds of both sides: Vietnamese with diacritics or without, other, or across languages."""
    vietnamese = {Kind.TONED, Kind.BARE}
    if message in vietnamese and check in vietnamese:
        return Case.BARE if Kind.BARE in (message, check) else Case.TONED
    return Case.OTHER if message is check else Case.CROSS


@dataclass(frozen=True)
class Weights:
    """Intercept and one weight a signal, for each case.

    Attributes
    ----------
    signals
        Names of the signals, in the order of the weights.
    table
        Case → (intercept, weights of shape (len(signals),)).
    """

    signals: tuple[str, ...]
    table: Mapping[Case, tuple[float, npt.NDArray[np.float64]]]

    def score(self, case: Case, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Fuse `values`, shape (n, len(signals)), into scores, shape (n,)."""
        intercept, weights = self.table[case]
        return values @ weights + intercept

    def only(self, names: frozenset[str]) -> Weights:
        """Return weights with every signal outside `names` silenced."""
        keep = np.array([s in names for s in self.signals], np.float64)
        # A signal that only helped beside others may weigh nothing or less: alone it must count.
        table = {
            case: (0.0, np.where(keep > 0, np.maximum(weights, 1e-3), 0.0) if len(names) == 1 else weights * keep)
            for case, (_, weights) in self.table.items()
        }
        return Weights(self.signals, table)
