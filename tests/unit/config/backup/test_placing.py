"""Wherever a crash comes, there is what was there before, or after the next start the whole of what was restored."""

import datetime as dt
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kiemtin.config.backup import placing
from kiemtin.config.backup.errors import BusyError, OccupiedError
from kiemtin.config.backup.placing import finish, put, staging

NOW = dt.datetime(2026, 11, 29, 1, 2, 3)
NEW = {"kiemtin.sqlite3": "cơ sở dữ liệu mới", "secret-key": "khóa mới", "copies/ab/x": "bản sao mới"}
OLD = {"kiemtin.sqlite3": "cũ", "secret-key": "cũ", "reply-key": "cũ", "copies/cd/y": "cũ"}
AGAIN = {"index/manifest.json": "cũ", "cards/1.png": "cũ"}
LOG = {"kiemtin.sqlite3-wal": "of a database that is gone: beside the new one it would ruin it"}


class Crash(BaseException):
    """As if the process were killed."""


def fill(folder, files):
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)


def files_of(folder):
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def restore(data, replace=False):
    with staging(data) as new:
        fill(new, NEW | {"migrate.lock": ""})
        return put(data, replace=replace, now=NOW)


@pytest.fixture
def place(tmp_path):
    return tmp_path / "place"


def test_into_a_folder_that_is_not_there_yet(place):
    assert restore(place) is None
    assert files_of(place) == NEW
    assert place.stat().st_mode & 0o077 == 0


def test_into_an_empty_one_what_is_made_again_goes(place):
    fill(place, AGAIN | LOG | {"migrate.lock": ""})
    restore(place)
    assert files_of(place) == NEW | {"migrate.lock": ""}


def test_not_into_one_that_holds_something(place):
    fill(place, {"reply-key": "cũ"})
    with pytest.raises(OccupiedError) as raised:
        restore(place)
    assert raised.value.names == ("reply-key",)
    assert files_of(place) == {"reply-key": "cũ"}


def test_what_is_replaced_is_kept_aside(place):
    fill(place, OLD | AGAIN)
    old = restore(place, replace=True)
    assert old == place / "before-restore-20261129-010203"
    assert files_of(old) == OLD
    shutil.rmtree(old)
    assert files_of(place) == NEW


def test_a_second_time_in_the_same_second_another_folder_is_taken(place):
    fill(place, OLD)
    first, second = restore(place, replace=True), restore(place, replace=True)
    assert (files_of(first), files_of(second)) == (OLD, NEW)


def test_what_fails_before_the_moves_leaves_all_as_it_was(place):
    fill(place, OLD)
    for folder in (place, place.with_name("other")):
        with pytest.raises(Crash):
            crash_in(folder)
    assert files_of(place) == OLD
    assert not place.with_name("other").exists()


def crash_in(folder):
    with staging(folder) as new:
        fill(new, NEW)
        raise Crash


class Moves:
    """Lets so many changes of the file system happen, then crashes."""

    def __init__(self, monkeypatch, allowed):
        self.left = allowed
        for owner, name in ((Path, "rename"), (Path, "replace"), (placing.shutil, "rmtree")):
            monkeypatch.setattr(owner, name, self.counted(getattr(owner, name)))

    def counted(self, real):
        def change(*arguments, **options):
            if self.left == 0:
                raise Crash
            self.left -= 1
            return real(*arguments, **options)

        return change


@pytest.mark.parametrize("before", [{}, AGAIN | LOG, OLD | AGAIN], ids=["empty", "remains", "occupied"])
def test_killed_before_any_move_there_is_nothing_or_a_whole(place, before):
    outcomes = set()
    for allowed in range(40):
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        fill(place, before)
        with pytest.MonkeyPatch.context() as patch:
            Moves(patch, allowed)
            try:
                restore(place, replace=bool(before))
                is_done = True
            except Crash:
                is_done = False
        finish(place)
        there = {name: text for name, text in files_of(place).items() if not name.startswith((".rest", "before-"))}
        old = {name: text for name, text in before.items() if name in OLD}
        kept = {name.split("/", 1)[1]: text for name, text in files_of(place).items() if name.startswith("before-")}
        assert (there, kept) in [(before, {}), (NEW, old)], allowed
        outcomes.add(there == NEW)
        if is_done:
            break
    assert is_done
    assert outcomes == {True, False}


def test_a_restoration_that_was_cut_off_is_finished_by_the_next_one(place):
    place.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        Moves(patch, 2)
        with pytest.raises(Crash):
            restore(place)
    assert (place / ".restoring" / "ready").exists()
    with pytest.raises(OccupiedError):
        restore(place)
    assert files_of(place) == NEW


def test_two_at_once_do_not_meet(place):
    with staging(place), pytest.raises(BusyError), staging(place):
        pass


def test_a_database_in_use_is_not_replaced(place):
    place.mkdir()
    with closing(sqlite3.connect(place / "kiemtin.sqlite3", isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("CREATE TABLE message (id)")
        with pytest.raises(BusyError):
            restore(place, replace=True)
        assert other.execute("SELECT count(*) FROM message").fetchone() == (0,)
    restore(place, replace=True)
    assert (place / "kiemtin.sqlite3").read_text() == NEW["kiemtin.sqlite3"]


def test_without_a_restoration_nothing_is_finished(place):
    finish(place)
    assert not place.exists()
