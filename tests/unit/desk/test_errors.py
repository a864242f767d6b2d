import pytest
from django.utils import translation

from kiemtin.checks.exceptions import WorkError
from kiemtin.desk.errors import SENTENCES, sentence
from kiemtin.exchange import exceptions as of_exchange
from kiemtin.staff import exceptions


def classes(base):
    return {base, *(below for child in base.__subclasses__() for below in classes(child))}


OURS = sorted(
    (
        c
        for c in classes(WorkError)
        if c.__module__ in ("kiemtin.checks.exceptions", exceptions.__name__, of_exchange.__name__)
    ),
    key=lambda c: c.code,
)


@pytest.mark.parametrize("error", [c for c in OURS if c is not WorkError], ids=lambda c: c.code)
def test_each_error_has_a_sentence_in_both_languages(error):
    english = sentence(error([]))
    assert error.code in SENTENCES
    with translation.override("vi"):
        assert sentence(error([])) != english


def test_an_unknown_one_has_a_sentence_too():
    assert sentence(WorkError("x")) == "This cannot be done now."
