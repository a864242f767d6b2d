import datetime as dt
import json
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.audit.exceptions import EntryError
from kiemtin.audit.models import LogEntry
from kiemtin.audit.publiclog.entries import LONGEST, LONGEST_TEXT, Entry, Kind, digest_of, moment

CHECK = Entry(
    kind="published", desk="ban-tin", at="2026-11-28T01:02:03.000004Z", content="ab" * 32, check=7, revision=1,
    verdict="false", claim="Tỏi chữa “Covid”",
)  # fmt: skip
ALERT = Entry(
    kind="corrected", desk="ban-tin", at=CHECK.at, content="ef" * 32, alert=3, revision=2, title="Giả ngân hàng"
)
PAGE = Entry(kind="published", desk="ban-tin", at=CHECK.at, content="01" * 32, language="vi", page="method", revision=4)
CASE = Entry(kind="declined", desk="ban-tin", at=CHECK.at, content="cd" * 32, case=5, reason="Chuyện riêng.")


def test_an_entry_is_canonical_json_and_nothing_else_is_read():
    leaf = CHECK.leaf()
    assert leaf.decode().startswith('{"at":"2026-11-28T01:02:03.000004Z","check":7,"claim":"Tỏi chữa “Covid”",')
    assert json.loads(leaf)["format"] == "kiemtin-log/1"
    assert b"case" not in leaf
    for entry in (CHECK, ALERT, PAGE, CASE):
        assert Entry.of_leaf(entry.leaf()) == entry


@pytest.mark.parametrize(
    "change",
    [
        lambda leaf: leaf + b" ",
        lambda leaf: leaf.replace(b"kiemtin-log/1", b"kiemtin-log/2"),
        lambda leaf: leaf.replace(b'"check":7', b'"check":"7"'),
        lambda leaf: leaf.replace(b'"check":7', b'"check":true'),
        lambda leaf: leaf.replace(b'"check":7', b'"check":7.5'),
        lambda leaf: leaf.replace(b'"kind":"published"', b'"kind":"praised"'),
        lambda leaf: leaf.replace(b'"check":7', b'"check":7,"check":7'),
        lambda leaf: leaf.replace(b'"check":7', b'"author":"x","check":7'),
        lambda leaf: leaf.replace(b'"check":7', b'"alert":7,"check":7'),
        lambda leaf: leaf.replace(b'"check":7', b'"case":7,"check":7'),
        lambda leaf: leaf.replace(b'"check":7,', b""),
        lambda leaf: leaf.replace(b'"revision":1,', b""),
        lambda leaf: leaf.replace(b'"published"', b'"declined"'),
        lambda leaf: leaf.replace(b'"check":7', b'"check":7,"page":"method"'),
        lambda leaf: leaf[:-1],
        lambda leaf: b"[]",
        lambda leaf: b"\xff",
        lambda leaf: b"[" * 60_000,
        lambda leaf: b" " * (LONGEST + 1),
    ],
)
def test_what_is_not_as_it_is_written_is_no_entry(change):
    with pytest.raises(EntryError):
        Entry.of_leaf(change(CHECK.leaf()))


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_an_entry_or_an_error(raw):
    with suppress(EntryError):
        assert Entry.of_leaf(raw).leaf() == raw


def test_the_longest_text_still_fits_and_is_cut():
    entry = Entry(kind="declined", desk="d" * 50, at=CHECK.at, case=1, reason="\x01" * 90_000)
    read = Entry.of_leaf(entry.leaf())
    assert len(read.reason) == LONGEST_TEXT
    assert read.reason.endswith("…")
    assert len(entry.leaf()) < LONGEST


def test_what_json_cannot_say_is_refused():
    with pytest.raises(EntryError):
        digest_of({"claim": "\ud800"})


def test_a_digest_does_not_depend_on_the_order_of_names():
    assert digest_of({"a": 1, "b": "ế"}) == digest_of({"b": "ế", "a": 1})


def test_a_moment_is_written_in_utc_with_microseconds():
    local = dt.datetime(2026, 11, 28, 7, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))
    assert moment(local) == "2026-11-28T00:00:00.000000Z"


def test_entries_are_found_by_what_they_are_about():
    assert (CHECK.about, ALERT.about, CASE.about) == ("check/7/1", "alert/3/2", "case/5")
    assert (PAGE.subject, PAGE.words, ALERT.words) == ("page/ban-tin/method/vi", "", "Giả ngân hàng")
    column = LogEntry._meta.get_field("about").max_length
    longest = replace(PAGE, desk="d" * 60, language="x" * 35)
    assert PAGE.about != longest.about
    assert longest.about.endswith("/4")
    assert len(longest.about) < column
    assert {str(kind.label) for kind in Kind} == {"Published", "Corrected", "Withdrawn", "Declined", "Reopened"}
