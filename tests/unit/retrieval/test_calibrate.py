import math

import numpy as np
import pytest

from kiemtin.retrieval import Band
from kiemtin.retrieval.calibrate import Calibration
from kiemtin.retrieval.fusion import Case


@pytest.fixture
def calibration():
    table = {Case.TONED: (-1.0, np.array([2.0, 0.5])), Case.BARE: (0.0, np.array([0.0, 0.0]))}
    return Calibration(("score", "lead"), table, {Case.TONED: 0.9, Case.BARE: 0.8}, {Case.TONED: 0.25, Case.BARE: 0.5})


def test_logistic_regression_by_hand(calibration):
    # -1 + 2 · 1.5 + 0.5 · 2 = 3
    assert calibration.probability(Case.TONED, np.array([1.5, 2.0])) == pytest.approx(1 / (1 + math.exp(-3)))
    assert calibration.probability(Case.BARE, np.array([9.0, 9.0])) == 0.5


@pytest.mark.parametrize(("far", "probability"), [(1e9, 1.0), (-1e9, 0.0)])
def test_far_out_it_stays_a_probability(calibration, far, probability):
    assert calibration.probability(Case.TONED, np.array([far, 0])) == pytest.approx(probability, abs=1e-15)


@pytest.mark.parametrize(
    ("probability", "band"),
    [
        (1.0, Band.ANSWER),
        (0.9, Band.ANSWER),
        (0.8999, Band.MAYBE),
        (0.25, Band.MAYBE),
        (0.2499, Band.NONE),
    ],
)
def test_bands(calibration, probability, band):
    assert calibration.band(Case.TONED, probability) is band


def test_each_case_has_its_own_bands(calibration):
    assert calibration.band(Case.BARE, 0.85) is Band.ANSWER
    assert calibration.band(Case.BARE, 0.4) is Band.NONE
