"""What is done at the command line stands in the log, as whose deed it is and in which desk."""

import json

import pytest

from tests import databases

pytestmark = pytest.mark.once


def events(kiemtin):
    with databases.opened(kiemtin.data) as hand:
        return hand.execute("SELECT verb, actor, desk, detail FROM audit_event ORDER BY id").fetchall()


def test_each_deed_of_the_command_line_is_told_of(kiemtin, checks, tmp_path):
    """Every command that writes; those that only read or measure leave the log as it is."""
    person = ("thu@example.org", "Thu Vũ", "--desk", "nguon-that", "--role", "checker")
    source = ("Báo Kiểm", "https://bao.example/feed.json", "--desk", "nguon-that", "--licence", "CC0")
    deeds = {
        ("desk", "create", "nguon-that", "Nguồn Thật", "--intake"): {("desk.created", "nguon-that")},
        ("person", "add", *person): {("people.changed", "nguon-that"), ("person.link-given", "nguon-that")},
        ("person", "link", "thu@example.org", "--drop-second-factor"): {
            ("person.second-factor-dropped", "nguon-that"),
            ("person.link-given", "nguon-that"),
        },
        ("source", "add", *source, "--kind", "datafeed"): {("source.changed", "nguon-that")},
        ("source", "pause", "1"): {("source.changed", "nguon-that")},
        ("source", "end", "1"): {("source.changed", "nguon-that"), ("source.fetched", "nguon-that")},
        ("import", checks, "--no-encoder"): {("import.started", ""), ("reviews.upserted", ""), ("import.finished", "")},
        ("export", tmp_path / "data-out"): {("data.exported", "")},
        ("backup", tmp_path / "b.tar.gz"): {("backup.made", "")},
        ("ask", "Ăn tôm cùng vitamin C sinh ra thạch tín", "--no-encoder"): set(),
        ("desk", "list"): set(),
        ("person", "list"): set(),
        ("source", "list"): set(),
        ("doctor",): set(),
        ("index", "--no-encoder"): set(),
    }
    before = 0
    for arguments, expected in deeds.items():
        done = kiemtin(*arguments)
        assert done.status in (0, 1), (arguments, done.err)
        told = events(kiemtin) if databases.SERVER or (kiemtin.data / "kiemtin.sqlite3").exists() else []
        fresh = {(verb, desk) for verb, actor, desk, _ in told[before:] if actor == "command-line"}
        fresh.discard(("database.migrated", ""))  # the first of them makes the tables
        assert fresh == expected, (arguments, done.err)
        assert all(actor == "command-line" for _, actor, _, _ in told[before:]), arguments
        before = len(told)
    written = json.dumps([detail for *_, detail in events(kiemtin)], ensure_ascii=False)
    assert "thu@example.org" not in written
    assert "Thu Vũ" not in written
