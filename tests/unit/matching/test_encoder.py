import numpy as np
import pytest

from kiemtin.matching.encoder import RememberingEncoder


class Counting:
    def __init__(self, encoder):
        self.name, self.dim, self._encoder, self.seen = encoder.name, encoder.dim, encoder, []

    def queries(self, texts):
        self.seen.extend(texts)
        return self._encoder.queries(texts)

    passages = queries


@pytest.fixture
def counting(tiny_encoder):
    return Counting(tiny_encoder)


def test_a_text_is_encoded_once(counting, tiny_encoder):
    encoder = RememberingEncoder(counting)
    assert (encoder.name, encoder.dim) == ("tiny", 64)
    encoder.queries(["a", "b", "a"])
    assert np.array_equal(encoder.queries(["b", "c", "a"]), tiny_encoder.queries(["b", "c", "a"]))
    assert counting.seen == ["a", "b", "c"]
    assert encoder.queries([]).shape == (0, 64)


def test_the_longest_unused_goes_first(counting):
    encoder = RememberingEncoder(counting, kept=2)
    for text in ("a", "b", "a", "c", "a", "b"):
        encoder.queries([text])
    assert counting.seen == ["a", "b", "c", "b"]


def test_more_texts_at_once_than_are_kept(counting, tiny_encoder):
    texts = [str(number) for number in range(5)]
    encoder = RememberingEncoder(counting, kept=2)
    assert np.array_equal(encoder.queries(texts), tiny_encoder.queries(texts))


def test_passages_are_not_kept(counting):
    encoder = RememberingEncoder(counting)
    encoder.passages(["a"])
    encoder.passages(["a"])
    assert counting.seen == ["a", "a"]
