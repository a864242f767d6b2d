"""Wherever a crash comes, there is what was there before, or after the next start the whole of what was restored."""

import datetime as dt
import shutil
import sqlite3
from contextlib import closing, contextmanager, nullcontext, suppress
from pathlib import Path

import pytest

from kiemtin.config.backup import placing
from kiemtin.config.backup.database import Installation
from kiemtin.config.backup.errors import (
    BusyError,
    OccupiedDatabaseError,
    OccupiedError,
    OtherDatabaseError,
    ServerError,
    UnfinishedError,
)
from kiemtin.config.backup.placing import Aside, finish, is_cut_off, put, staging
from kiemtin.config.backup.sqlite import File

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


def of(data):
    return Installation(data, File(data))


def restore(data, replace=False):
    with staging(of(data)) as new:
        fill(new, NEW | {"migrate.lock": ""})
        return put(of(data), replace=replace, now=NOW)


@pytest.fixture
def place(tmp_path):
    return tmp_path / "place"


def test_into_a_folder_that_is_not_there_yet(place):
    assert restore(place) == Aside()
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
    old = restore(place, replace=True).folder
    assert old == place / "before-restore-20261129-010203"
    assert files_of(old) == OLD
    shutil.rmtree(old)
    assert files_of(place) == NEW


def test_a_second_time_in_the_same_second_another_folder_is_taken(place):
    fill(place, OLD)
    first, second = (restore(place, replace=True).folder for _ in range(2))
    assert (files_of(first), files_of(second)) == (OLD, NEW)


def test_what_fails_before_the_moves_leaves_all_as_it_was(place):
    fill(place, OLD)
    for folder in (place, place.with_name("other")):
        with pytest.raises(Crash):
            crash_in(folder)
    assert files_of(place) == OLD
    assert not place.with_name("other").exists()


def crash_in(folder):
    with staging(of(folder)) as new:
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
        finish(of(place))
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


def test_what_another_process_finishes_meanwhile_is_not_ours(place, monkeypatch):
    ready = place / ".restoring" / "ready"
    ready.parent.mkdir(parents=True)
    ready.touch()

    @contextmanager
    def held(_folder, *, wait):
        ready.unlink()
        yield wait

    monkeypatch.setattr(placing, "held", held)
    assert not finish(of(place))


def test_two_at_once_do_not_meet(place):
    with staging(of(place)), pytest.raises(BusyError), staging(of(place)):
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
    assert not finish(of(place))
    assert not place.exists()


def test_the_indexes_of_this_machine_go_with_those_in_the_folder(place, tmp_path):
    index = tmp_path / "elsewhere"
    fill(index, {"index/manifest.json": "cũ", "index-messages/manifest.json": "cũ", "index.lock": ""})
    with staging(of(place)) as new:
        fill(new, NEW)
        put(Installation(place, File(place), index), replace=False, now=NOW)
    assert files_of(index) == {"index.lock": ""}


class FakeServer:
    """A database that is not a file: what was laid is in place after `put`."""

    name, member, vendor = "postgresql://may-chu/kiemtin", "kiemtin.pgdump", "postgresql"

    def __init__(self, before):
        self.now, self.laid, self.left, self.fails = before, "", -1, None

    def staging(self):
        self.laid = "mới"
        return nullcontext()

    def clear(self):
        self.laid = ""

    def check_unused(self):
        pass

    def check_empty(self):
        if self.now:
            raise OccupiedDatabaseError("…", name=self.name)

    def plan(self, now):
        return {"name": self.name, "aside": "before_restore" if self.now else ""}

    def put(self, plan):
        if self.fails:
            raise self.fails
        if self.left == 0:
            raise Crash
        if self.laid:
            self.now, self.laid = self.laid, ""
        if self.left == 1:
            raise Crash


FILES = {"secret-key": "khóa mới", "copies/ab/x": "bản sao mới"}


def restore_all(place, server, replace=True):
    with staging(Installation(place, server)) as new:
        fill(new, FILES | {"kiemtin.pgdump": "đã đọc"})
        return put(Installation(place, server), replace=replace, now=NOW)


@pytest.mark.parametrize("before", [{}, {"secret-key": "cũ"}], ids=["empty", "occupied"])
@pytest.mark.parametrize("in_server", ["", "cũ"], ids=["new", "old"])
def test_files_and_what_is_on_a_server_are_the_old_or_the_new_together(place, before, in_server):
    outcomes = set()
    for where in [(place, number) for number in range(12)] + [("server", 0), ("server", 1)]:
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        fill(place, before)
        server = FakeServer(in_server)
        with pytest.MonkeyPatch.context() as patch:
            if where[0] == "server":
                server.left = where[1]
            else:
                Moves(patch, where[1])
            with suppress(Crash):
                restore_all(place, server)
        server.left = -1
        finish(Installation(place, server))
        there = {name: text for name, text in files_of(place).items() if not name.startswith((".rest", "before-"))}
        assert (there, server.now) in [(before, in_server), (FILES, "mới")], where
        outcomes.add(server.now)
    assert outcomes == {in_server, "mới"}


def test_a_server_that_fails_at_the_last_step_is_told_and_later_it_is_finished(place):
    fill(place, {"secret-key": "cũ"})
    server = FakeServer("cũ")
    server.fails = ServerError("connection refused")
    with pytest.raises(UnfinishedError, match="refused"):
        restore_all(place, server)
    assert is_cut_off(place)
    assert files_of(place)["secret-key"] == "cũ"
    with pytest.raises(OtherDatabaseError) as raised:  # DATABASE_URL is not set any more
        finish(of(place))
    assert raised.value.name == server.name
    server.fails = None
    assert finish(Installation(place, server))
    assert (files_of(place)["secret-key"], server.now, is_cut_off(place)) == ("khóa mới", "mới", False)


def test_what_was_put_aside_is_told(place):
    fill(place, {"secret-key": "cũ"})
    aside = restore_all(place, FakeServer("cũ"))
    assert (aside.folder.name, aside.schema) == ("before-restore-20261129-010203", "before_restore")


def test_a_server_with_tables_is_not_empty(place):
    with pytest.raises(OccupiedDatabaseError):
        restore_all(place, FakeServer("cũ"), replace=False)
    assert not place.exists()


def test_what_was_laid_and_not_put_in_place_is_taken_away(place):
    server = FakeServer("")
    with pytest.raises(Crash), staging(Installation(place, server)):
        raise Crash
    assert server.laid == ""
