import inspect

import pytest
from django.utils import translation

from kiemtin.matching.labels import BAND_LABELS, GUARD_SENTENCES, error_sentence
from kiemtin.retrieval import Band, Guard, errors

ERRORS = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, errors.RetrievalError) and not kind.__subclasses__()
]


@pytest.mark.parametrize("labels", [BAND_LABELS, GUARD_SENTENCES])
def test_each_has_words_in_each_language(labels):
    assert set(labels) in (set(Band), set(Guard))
    for sentence in labels.values():
        english = str(sentence)
        with translation.override("vi"):
            assert str(sentence) != english


@pytest.mark.parametrize("kind", ERRORS)
def test_each_error_has_a_sentence_of_its_own(kind):
    sentence = error_sentence(kind("internal text", limit=100))
    assert sentence not in ("internal text", "The message cannot be matched.")
    assert "%" not in sentence


def test_an_error_yet_unknown_has_a_general_sentence():
    assert error_sentence(errors.RetrievalError("x")) == "The message cannot be matched."
