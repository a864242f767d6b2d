import numpy as np
import pytest

from kiemtin.retrieval.fusion import CASES, Case, Weights, case_of
from kiemtin.retrieval.text import Kind


@pytest.fixture
def weights():
    table = dict.fromkeys(CASES, (0.0, np.zeros(3)))
    table[Case.TONED] = (1.0, np.array([2.0, -1.0, 0.5]))
    return Weights(("words", "folded", "cosine"), table)


def test_a_weighted_sum_by_hand(weights):
    values = np.array([[1.0, 2.0, 4.0], [0.0, 1.0, 0.0]])
    # 1 + 2·1 - 1·2 + 0.5·4 = 3 and 1 - 1 = 0
    assert weights.score(Case.TONED, values).tolist() == [3.0, 0.0]
    assert weights.score(Case.BARE, values).tolist() == [0.0, 0.0]


def test_only_some_signals(weights):
    some = weights.only(frozenset({"words", "cosine"}))
    assert some.score(Case.TONED, np.array([[1.0, 2.0, 4.0]])).tolist() == [2 * 1 + 0.5 * 4]
    assert weights.table[Case.TONED][1].tolist() == [2.0, -1.0, 0.5]


@pytest.mark.parametrize("name", ["words", "folded", "cosine"])
def test_a_signal_alone_ranks_by_itself_whatever_it_weighed(weights, name):
    values = np.zeros((2, 3))
    values[1, weights.signals.index(name)] = 1
    for case in CASES:
        low, high = weights.only(frozenset({name})).score(case, values)
        assert high > low


@pytest.mark.parametrize(
    ("message", "check", "case"),
    [
        (Kind.TONED, Kind.TONED, Case.TONED),
        (Kind.BARE, Kind.TONED, Case.BARE),
        (Kind.TONED, Kind.BARE, Case.BARE),
        (Kind.BARE, Kind.BARE, Case.BARE),
        (Kind.OTHER, Kind.OTHER, Case.OTHER),
        (Kind.OTHER, Kind.TONED, Case.CROSS),
        (Kind.TONED, Kind.OTHER, Case.CROSS),
        (Kind.BARE, Kind.OTHER, Case.CROSS),
        (Kind.OTHER, Kind.BARE, Case.CROSS),
    ],
)
def test_which_case_two_kinds_make(message, check, case):
    assert case_of(message, check) is case
