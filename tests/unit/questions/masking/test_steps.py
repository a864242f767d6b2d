"""What masking costs grows with the length of a text only; counted in steps, not in seconds."""

import contextlib
import re
import sys
from unittest import mock

import pytest

from kiemtin.questions.masking import masked
from tests.unit.questions.masking.cases import MARKED, MASKED, parsed
from tests.unit.questions.masking.cases.hostile import ALPHABETS, HOSTILE, WORDS, made_of
from tests.unit.questions.masking.steps import Counted, Steps, counted

SHORT, LONG = 160, 480
LONGEST = 20_000
MOST = 1.35  # as much as a share of a long text may cost more than one of a short text; were it square, it would be 3


COUNTED, STEPS = counted("kiemtin.questions.masking.masked", "kiemtin.questions.masking", "kiemtin.media.links.finding")


@contextlib.contextmanager
def rounds(module):
    """Give, at the end, how often a text was gone through: at most eight times, mostly once or twice."""
    with mock.patch.object(module, "_examined", wraps=module._examined) as examined:
        yield lambda: examined.call_count
    assert 1 <= examined.call_count <= 8


def steps_of(text):
    """How many steps the patterns take each time a text is gone through."""
    STEPS.count = 0
    with rounds(COUNTED) as count:
        COUNTED.mask(text)
    return STEPS.count / count()


def calls_of(text):
    """How many functions are called each time, also those written in C."""
    calls = 0

    def note(_frame, event, _what):
        nonlocal calls
        calls += event in {"call", "c_call"}

    with rounds(masked) as count:
        sys.setprofile(note)
        try:
            masked.mask(text)
        finally:
            sys.setprofile(None)
    return calls / count()


@pytest.mark.parametrize("piece", HOSTILE, ids=repr)
def test_steps_of_patterns_grow_with_length_only(piece):
    short, long = (steps_of((piece * size)[:size]) / size for size in (SHORT, LONG))
    assert long < MOST * short + 10


@pytest.mark.parametrize("piece", HOSTILE, ids=repr)
def test_calls_grow_with_length_only(piece):
    short, long = (calls_of((piece * size)[:size]) / size for size in (3 * SHORT, 3 * LONG))
    assert long < MOST * short + 1


@pytest.mark.parametrize("name", [*ALPHABETS, *WORDS])
def test_twenty_thousand_characters_of_an_alphabet(name):
    alphabet = ALPHABETS.get(name) or WORDS[name]
    tenth, whole = (calls_of(made_of(alphabet, size)) / size for size in (LONGEST // 10, LONGEST))
    assert whole < MOST * tenth + 1
    assert whole < 100  # functions a character, in the worst text


@pytest.mark.parametrize("name", [*ALPHABETS, *WORDS])
def test_steps_of_patterns_on_an_alphabet(name):
    alphabet = ALPHABETS.get(name) or WORDS[name]
    assert steps_of(made_of(alphabet, LONG)) / LONG < 2_000  # no pattern tries very many ways at one place


def test_what_is_counted_is_what_the_engine_does():
    """`steps` compares each match with that of `re`; here with texts of all kinds."""
    for line in MARKED[::7]:
        assert steps_of(parsed(line)[0]) > 0
    for text, _ in MASKED[::7]:
        assert steps_of(text) > 0


def test_a_bad_pattern_would_be_seen():
    steps, counts = Steps(), []
    bad = Counted(steps, re.compile(r"(?:a+)+b"))
    for size in (8, 16):
        steps.count = 0
        assert bad.match("a" * size) is None
        counts.append(steps.count)
    assert counts[1] > 100 * counts[0]
