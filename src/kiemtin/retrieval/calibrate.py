"""Calibration: from the best score and what surrounds it to the probability that the check answers the message.

Logistic regression (Platt 1999) over the signals of the match, its lead over the runner-up and the size of the message,
fitted in `kiemtin.bench` on queries of which half had their answer taken out of the corpus.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kiemtin.retrieval.fusion import Case
from kiemtin.retrieval.records import Band

Vector = npt.NDArray[np.float64]

LEADS = ("words", "chars", "cosine")
"""Signals of which the distance to the best other record is looked at too."""

DIFFERENCES = ("counts_differ", "dates_differ", "amounts_differ", "names_differ", "negation_differs")

EXTRA = ("score", "lead", *(f"{name}_lead" for name in LEADS), "words_log", *DIFFERENCES)
"""What calibration looks at beside the signals."""


@dataclass(frozen=True)
class Calibration:
    """Turns a match into a probability, and a probability into a band.

    Attributes
    ----------
    names
        Signals and `EXTRA`, in the order of the weights.
    table
        Case → (intercept, weights of shape (len(names),)).
    answer, maybe
        Case → lowest probability of the band.
    """

    names: tuple[str, ...]
    table: Mapping[Case, tuple[float, Vector]]
    answer: Mapping[Case, float]
    maybe: Mapping[Case, float]

    def probability(self, case: Case, values: Vector) -> float:
        """Return the probability for one match with these values, shape (len(names),)."""
        intercept, weights = self.table[case]
        return float(1 / (1 + np.exp(-np.clip(values @ weights + intercept, -40, 40))))

    def band(self, case: Case, probability: float) -> Band:
        """Return the band of a probability, guards aside."""
        if probability >= self.answer[case]:
            return Band.ANSWER
        return Band.MAYBE if probability >= self.maybe[case] else Band.NONE
