"""Each marked piece is masked under its kind, and no other letter or figure."""

import random
import unicodedata
from collections import Counter

import pytest

from kiemtin.questions.masking import Kind, mask
from kiemtin.questions.masking.folding import DROPPED, fold
from tests.unit.questions.masking.cases import MARKED, parsed

NUMBERS = {Kind.PHONE, Kind.ID_NUMBER, Kind.ACCOUNT, Kind.CARD, Kind.TAX_CODE, Kind.PASSPORT, Kind.PLATE}


def tells(text, start, end):
    """Places of what carries data: letters and figures; not signs, spaces and what stands between."""
    return {at for at in range(start, end) if text[at].isalnum()}


def check(text, pieces):
    spans = mask(text).spans
    masked = {at for span in spans for at in range(span.start, span.end)}
    marked = {at for start, end, _ in pieces for at in range(start, end)}
    for start, end, kind in pieces:
        left = tells(text, start, end) - masked
        assert not left, f"{text!r}: left {[text[at] for at in sorted(left)]}"
        assert kind in {span.kind for span in spans if span.start < end and start < span.end}
    assert not tells(text, 0, len(text)) & masked - marked, mask(text).text


@pytest.mark.parametrize("line", MARKED)
def test_the_marked_pieces_and_nothing_else(line):
    check(*parsed(line))


@pytest.mark.parametrize("line", [line for line in MARKED if "{" in line])
def test_in_the_middle_of_a_message(line):
    text, pieces = parsed(line)
    before = "Mọi người xem giúp, tin này có thật không?\n"
    around = f"{before}{text}\n\nNghe nói Bộ Y tế đã cảnh báo."
    check(around, [(start + len(before), end + len(before), kind) for start, end, kind in pieces])


@pytest.mark.parametrize("line", [line for line in MARKED if "{" in line])
def test_however_it_is_encoded(line):
    text, _ = parsed(line)
    spread = "\u200b".join(text)
    assert mask(unicodedata.normalize("NFD", text)).text == mask(text).text
    if DROPPED not in fold(text):
        assert mask(spread).text.replace("\u200b", "") == mask(text).text


@pytest.mark.parametrize("line", [line for line in MARKED if "{" not in line])
def test_in_capitals_nothing_becomes_personal(line):
    assert mask(line.upper()).counts.keys() <= {Kind.NAME, Kind.ADDRESS, Kind.PLATE}


@pytest.mark.parametrize("seed", range(120))
def test_several_below_each_other(seed):
    """What stands in one line says nothing of the numbers in the next."""
    text, pieces = "", []
    for line in random.Random(seed).sample(MARKED, 3):
        more, found = parsed(line)
        text += "\n" if text else ""
        pieces += [(start + len(text), end + len(text), kind) for start, end, kind in found]
        text += more
    masked = {at for span in mask(text).spans for at in range(span.start, span.end)}
    for start, end, _ in pieces:
        assert not tells(text, start, end) - masked, text
    marked = {at for start, end, _ in pieces for at in range(start, end)}
    assert not tells(text, 0, len(text)) & masked - marked, mask(text).text


def test_there_are_enough_of_each_kind():
    found = Counter(kind for line in MARKED for _, _, kind in parsed(line)[1])
    assert sum(found[kind] for kind in NUMBERS) >= 700
    assert all(found[kind] >= 15 for kind in Kind)
    assert sum("{" not in line for line in MARKED) >= 300
    assert all(unicodedata.is_normalized("NFC", line) for line in MARKED)
    assert len(set(MARKED)) == len(MARKED)
