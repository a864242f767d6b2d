import itertools
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.exchange.readers.escapes import WholeEscapes

TOKENS = [
    r"\ud83d",
    r"\ude00",
    r"\uD83D",
    r"\uDE00",
    r"\ud800",
    r"\udfff",
    r"\u1ebf",
    r"\\",
    r"\"",
    r"\n",
    "a",
    "ud83d",
    "d",
    "u",
]


def whole(pieces):
    escapes = WholeEscapes()
    return b"".join([*map(escapes.take, pieces), escapes.end()])


@given(st.lists(st.sampled_from(TOKENS)), st.lists(st.integers(0, 60)))
def test_wherever_it_is_cut_only_half_characters_are_replaced(tokens, cuts):
    text = f'"{"".join(tokens)}"'.encode()
    places = [0, *sorted(cuts), len(text)]
    pieces = [text[start:end] for start, end in itertools.pairwise(places)]
    assert json.loads(whole(pieces)) == re.sub("[\ud800-\udfff]", "\ufffd", json.loads(text))


@pytest.mark.parametrize(
    "text", [b"", b"\\", b"\\u", b"\\ud8", b"\\ud83d\\", b"\\ud83d\\ude0", b"\\uzzzz", b"\\\\\\ud8", b"plain"]
)
def test_what_is_no_whole_escape_stays(text):
    assert whole([text]).replace(b"\\ufffd", b"\\ud83d") == text


def test_a_piece_is_given_on_but_for_what_it_does_not_finish():
    escapes = WholeEscapes()
    assert escapes.take(rb"one \ud83d\ude") == b"one "
    assert escapes.take(rb"00 two \\\ud83") == rb"\ud83d\ude00 two \\"
    assert escapes.end() == rb"\ud83"
    assert escapes.end() == b""
