import pytest
from django.utils import translation

from kiemtin.checks.enums import Outcome, Verdict


@pytest.mark.parametrize("choice", [*Verdict, *Outcome])
def test_every_choice_has_a_label_and_a_definition_in_each_language(choice):
    texts = {}
    for language in ("en", "vi"):
        with translation.override(language):
            texts[language] = (str(choice.label), str(choice.definition))
    assert all(text for pair in texts.values() for text in pair)
    assert texts["en"][0] != texts["vi"][0]
    assert texts["en"][1] != texts["vi"][1]


def test_values_are_those_of_the_method():
    assert Verdict.values == ["false", "misleading", "missing-context", "altered", "scam", "unproven", "true"]
    assert Outcome.values == ["not-checkable", "declined"]
