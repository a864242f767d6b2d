import numpy as np
import pytest

from kiemtin.bench.fit.collect import Asked
from kiemtin.bench.fit.estimate import PRECISION, fit_variant
from kiemtin.bench.fit.plan import Source
from kiemtin.retrieval.calibrate import EXTRA
from kiemtin.retrieval.features import ENCODER_SIGNALS, SIGNALS
from kiemtin.retrieval.fusion import CASES, Case

WORDS = SIGNALS.index("words")


def queries(count, *, seed=0, noise=0.05):
    """Queries whose answer holds more of their words than any other record does."""
    rng = np.random.default_rng(seed)
    source = Source("set", "train", calibrate=True)
    out = []
    for number in range(count):
        values = np.zeros((5, len(SIGNALS) + len(EXTRA)))
        values[:, : len(SIGNALS)] = rng.uniform(0, 0.3, size=(5, len(SIGNALS)))
        values[0, WORDS] = 0.7 + rng.normal() * noise
        relevant = np.array([1.0, 0, 0, 0, 0])
        out.append(Asked(source, f"q{number}", (Case.TONED,) * 5, values, relevant, 0))
    return out


@pytest.fixture(scope="module")
def variant():
    return fit_variant(queries(400), SIGNALS, lambda line: None)


def test_the_signal_that_tells_gets_the_weight(variant):
    weights = variant["fusion"]["cases"]["toned"]
    assert weights["words"] > 5 * max(abs(weights[s]) for s in SIGNALS if s != "words")


def test_every_case_has_weights_and_thresholds(variant):
    assert set(variant["fusion"]["cases"]) == {case.value for case in CASES}
    assert set(variant["calibration"]["answer"]) == set(variant["calibration"]["maybe"]) == {c.value for c in CASES}


def test_maybe_never_starts_above_answer(variant):
    calibration = variant["calibration"]
    assert all(calibration["maybe"][case.value] <= calibration["answer"][case.value] for case in CASES)


def test_what_was_said_of_the_threshold_meets_the_aim():
    lines = []
    fit_variant(queries(400, noise=0.25), SIGNALS, lines.append)
    toned = next(line for line in lines if "toned" in line)
    assert float(toned.split("precision ")[1].split(",")[0]) >= PRECISION


def test_without_vectors_their_signals_weigh_nothing():
    lexical = tuple(s for s in SIGNALS if s not in ENCODER_SIGNALS)
    variant = fit_variant(queries(200), lexical, lambda line: None)
    assert not set(ENCODER_SIGNALS) & set(variant["fusion"]["cases"]["toned"])
    assert variant["fusion"]["signals"] == list(SIGNALS)
