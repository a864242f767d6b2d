import pytest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import strip_tags

from kiemtin.desk.wording import KIND_WORDS, readable
from kiemtin.questions.masking import Kind


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("kind", Kind)
def test_each_mark_has_the_same_words_as_its_chip(kind, language):
    with translation.override(language):
        chip = strip_tags(render_to_string("kiemtin/components/masked.html", {"kind": kind.value}))
        assert chip.split(":")[-1].strip() == str(KIND_WORDS[kind])


def test_marks_are_read_in_the_readers_language():
    assert readable("Gọi [phone] nhé [x]") == "Gọi [phone number] nhé [x]"
    with translation.override("vi"):
        assert readable("Gọi [phone]") != "Gọi [phone number]"
