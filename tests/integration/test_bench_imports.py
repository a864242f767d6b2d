"""The benchmark of the large import runs on a small feed, and its claims hold there too."""

import json

import pytest

from benchmarks.imports.__main__ import measure
from benchmarks.imports.feed import write_feed
from benchmarks.imports.report import markdown

on_sqlite = pytest.mark.sqlite
"""Its peer is one, and it looks into our file to kill at the right moment."""


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    folder = tmp_path_factory.mktemp("imports")
    return measure(3_000, 4_000, 5, folder, folder / "raw.json")


@on_sqlite
def test_a_killed_import_goes_on_to_the_same_end(measured):
    killed = measured["killed"]
    assert killed["equal"]
    assert 2_000 <= killed["stored_when_killed"] < killed["stored"] == 4_000


@on_sqlite
def test_ours_and_the_peer_take_in_all(measured):
    assert measured["peer"]["reviews"] == measured["no_encoder"]["reviews"] == 3_000


@on_sqlite
def test_the_page_names_every_way(measured):
    page = markdown(measured)
    for words in ("(peer)", "encoder off", "encoder on", "own memory", "`kill -9`", "the same as"):
        assert words in page


def test_the_feed_is_one_document_and_the_same_each_time(tmp_path):
    for name in ("one", "two"):
        write_feed(tmp_path / name, 20)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert len(json.loads((tmp_path / "one").read_bytes())["dataFeedElement"]) == 20
