import io
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.exchange.readers import json_stream
from kiemtin.exchange.readers.json_stream import Break, Element, Place, elements
from kiemtin.exchange.rows import Fault


def parse(content):
    return list(elements(io.BytesIO(content)))


def values(content):
    return [(found.place.value, found.value) for found in parse(content)]


def test_where_objects_stand():
    assert values(b'{"a": 1}') == [("top", {"a": 1})]
    assert values(b'[{"a": 1}, {"b": [1, {"c": null}]}]') == [("list", {"a": 1}), ("list", {"b": [1, {"c": None}]})]
    assert values(b'{"@graph": [{"a": 1}], "b": true}') == [("@graph", {"a": 1}), ("top", {"@graph": [], "b": True})]
    assert values(b'[{"dataFeedElement": [{"a": 1}, 2]}]') == [
        ("dataFeedElement", {"a": 1}),
        ("dataFeedElement", 2),
        ("list", {"dataFeedElement": []}),
    ]


def test_a_list_deeper_inside_is_not_taken_apart():
    assert values(b'{"x": {"@graph": [1]}}') == [("top", {"x": {"@graph": [1]}})]
    assert values(b'{"dataFeedElement": {"a": 1}}') == [("top", {"dataFeedElement": {"a": 1}})]


def test_documents_one_after_the_other():
    assert values(b'{"a": 1}\n{"b": 2}') == [("top", {"a": 1}), ("top", {"b": 2})]


_NUMBERS = st.integers(1 - 2**63, 2**63 - 1)
_NO_CHARACTER = "\ufdd0"  # a noncharacter, never text: what is not UTF-8 is marked with it
_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=_NO_CHARACTER))


@given(st.recursive(st.none() | st.booleans() | _TEXTS | _NUMBERS, lambda v: st.lists(v) | st.dictionaries(_TEXTS, v)))
def test_an_object_comes_out_as_it_went_in(value):
    document = json.dumps({"value": value}, ensure_ascii=False).encode()
    [found] = parse(document)
    assert found.value == {"value": value}


@pytest.mark.parametrize("value", ["a\ufdd0", {"\ufdd0": None}])
@pytest.mark.parametrize("is_escaped", [True, False])
def test_what_is_no_character_costs_only_its_object(value, is_escaped):
    good, bad, after = parse(json.dumps(["một", value, "ba"], ensure_ascii=is_escaped).encode())
    assert (good.value, after.value) == ("một", "ba")
    assert (bad.value, bad.fault) == (None, Fault.NOT_UTF8)


def test_lines_are_those_where_objects_start():
    found = parse(b'{"dataFeedElement": [\n{"a":\n 1},\n{"b": 2}\n]}')
    assert [one.line for one in found[:2]] == [2, 4]


def test_raw_control_characters_are_white_space():
    [found] = parse(b'{"a": "m\rt\x01\n"}\r')
    assert found.value == {"a": "m t  "}


def test_bytes_that_are_not_utf8_cost_only_their_object():
    good, bad, after = parse('["một", "h\udcffai", "ba"]'.encode("utf-8", "surrogateescape"))
    assert (good.value, after.value) == ("một", "ba")
    assert bad.fault is Fault.NOT_UTF8


@pytest.mark.parametrize(
    ("escapes", "meant"),
    [
        (r"\ud83d\ude00", "\U0001f600"),
        (r"\ud83d", "\ufffd"),
        (r"\ude00", "\ufffd"),
        (r"\ude00\ud83d", "\ufffd\ufffd"),
        (r"\ud83dA", "\ufffdA"),
        (r"\\ude00", r"\ude00"),
    ],
)
def test_half_a_character_by_escapes_costs_only_itself(escapes, meant):
    found, after = parse(f'["{"x" * 4_090}{escapes}", "ba"]'.encode())
    assert (found.value, after.value) == ("x" * 4_090 + meant, "ba")


def test_a_character_across_two_pieces_is_whole():
    text = "ế" * 5_000
    [found] = parse(json.dumps({"a": text}, ensure_ascii=False).encode())
    assert found.value == {"a": text}


def test_half_a_character_at_the_end_is_a_break():
    assert parse(b'{"a": "\xe1\xba')[-1].fault is Fault.TRUNCATED


@pytest.mark.parametrize("depth", [65, 500, 200_000])
def test_what_is_too_deep_is_left_out_and_the_rest_is_read(depth):
    content = b'[{"a": ' + b"[" * depth + b"]" * depth + b', "b": 1}, {"c": 2}]'
    bad, good = parse(content)
    assert bad.fault is Fault.TOO_DEEP
    assert good.value == {"c": 2}


def test_an_object_that_is_too_large_is_left_out(monkeypatch):
    monkeypatch.setattr(json_stream, "_MAX_SIZE", 1_000)
    bad, good = parse(json.dumps([{"a": ["x" * 100] * 20}, {"b": 1}]).encode())
    assert bad.fault is Fault.TOO_LARGE
    assert good.value == {"b": 1}


def test_truncated_in_the_middle():
    content = b'{"dataFeedElement": [\n{"a": 1},\n{"b": 2},\n{"c": '
    *good, last = parse(content)
    assert [one.value for one in good] == [{"a": 1}, {"b": 2}]
    assert last == Break(4, len(content), Fault.TRUNCATED)


@pytest.mark.parametrize("wrong", [b'{"c" 3}', b"{c: 3}", b"NaN", b'"\\x"', b"9" * 5_000, b"1e" + b"9" * 30, b"}"])
def test_broken_in_the_middle(wrong):
    start = b'[\n{"a": 1},\n'
    *good, last = parse(start + wrong + b',\n{"d": 4}]')
    assert [one.value for one in good if isinstance(one, Element)] == [{"a": 1}]
    assert (last.line, last.fault) == (3, Fault.BROKEN)
    assert len(start) <= last.byte <= len(start) + len(wrong)


def test_no_document_at_all():
    assert [one.fault for one in parse(b"  \n ")] == [Fault.TRUNCATED]


def test_only_one_object_is_held_at_a_time():
    def feed():
        yield b'{"dataFeedElement": ['
        for number in range(30_000):
            yield b'%s{"n": %d, "text": "%s"}\n' % (b"," if number else b"", number, b"x" * 100)
        yield b"]}"

    import tracemalloc

    tracemalloc.start()
    count = sum(found.place is Place.FEED for found in elements(io.BufferedReader(_Stream(feed()))))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 30_000
    assert peak < 2_000_000


class _Stream(io.RawIOBase):
    def __init__(self, parts):
        self._parts = parts
        self._left = b""

    def readable(self):
        return True

    def readinto(self, buffer):
        while len(self._left) < len(buffer) and (part := next(self._parts, None)) is not None:
            self._left += part
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size


def test_a_text_of_many_lines_takes_no_time():
    """The parser reads a text from its beginning with each piece that it comes in."""
    start = time.process_time()
    content = b'[{"a": "' + b"\n" * 300_000 + b'"},\n{"b": 1}]'
    (long, short) = parse(content)
    assert long.value == {"a": " " * 300_000}
    assert short.value == {"b": 1}
    assert time.process_time() - start < 5


def test_a_text_that_does_not_end_is_not_read_to_the_end():
    for piece in (b"a", b"\n", b"1\n"):
        content = io.BytesIO(b'[{"a": 1}, {"b": "' + piece * (20 << 20))
        first, end = elements(content)
        assert first.value == {"a": 1}
        assert isinstance(end, Break)
        assert end.fault is Fault.ENDLESS
        assert content.tell() < 5 << 20


def test_white_space_between_objects_is_let_be():
    content = b'[{"a": 1},' + b" \n" * (1 << 20) + b'{"b": 2}]'
    assert values(content) == [("list", {"a": 1}), ("list", {"b": 2})]


@pytest.mark.parametrize("end", [b"\xcc", b"\xe1\xba", b"\xf0\x9f\x98"])
@pytest.mark.parametrize("start", [b'{"a": 1}\n', b'[{"a": 1},\n', b'{"a": "K\n'])
def test_a_document_that_ends_within_a_character_is_broken_off(start, end):
    """The last piece is then nothing yet, which is the end of the document to the parser."""
    *_, last = elements(io.BytesIO(start + end))
    assert isinstance(last, Break)
