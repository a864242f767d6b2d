"""A database on a server: saved at one moment, laid beside the tables in use, put in place by renaming schemas."""

import datetime as dt
import threading
from contextlib import closing

import psycopg
import pytest

from kiemtin.config.backup import postgresql
from kiemtin.config.backup.errors import (
    BusyError,
    DamagedBackupError,
    NoTablesError,
    OccupiedDatabaseError,
    OtherDatabaseError,
    RightsError,
    ServerError,
)
from kiemtin.config.backup.postgresql import Server
from kiemtin.config.database_settings import _PARAMETERS, database_settings
from tests import databases
from tests.patience import PATIENCE

from .conftest import installation

pytestmark = pytest.mark.postgresql

NOW = dt.datetime(2026, 11, 29, 1, 2, 3)
GUARD = """
CREATE FUNCTION no_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'no' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER message_no_update BEFORE UPDATE ON message FOR EACH ROW EXECUTE FUNCTION no_change();
"""


@pytest.fixture
def server(here):
    with databases.opened(here.data) as hand:
        hand.execute(GUARD)
    return here.database


@pytest.fixture
def other(tmp_path):
    """A second data folder, with an empty database."""
    folder = tmp_path / "other"
    folder.mkdir()
    databases.empty(folder)
    return folder


@pytest.fixture
def dumped(server, tmp_path):
    """A folder with a dump in it, as if unpacked, and what was in the database."""
    new = tmp_path / "new"
    new.mkdir()
    return new, server.save(new / "kiemtin.pgdump")


def lay_and_put(target, new, now=NOW):
    with target.staging():
        target.check_unused()
        state = target.lay(new)
        plan = target.plan(now)
        target.put(plan)
    return state, plan


def schemas_of(folder):
    with databases.opened(folder) as hand:
        found = hand.execute("SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_|^information_schema$'").fetchall()
    return sorted(name for (name,) in found)


def ask(folder, statement):
    with databases.opened(folder) as hand:
        return hand.execute(statement).fetchone()[0]


def test_what_is_saved_is_there_again_with_its_guards_and_goes_on_counting(dumped, other, folder):
    new, before = dumped
    assert before.rows == {"django_migrations": 1, "message": 200}
    assert before.migrations == ("accounts.0001_initial",)
    assert before.guards == {"message_no_update"}
    target = installation(other).database
    state, _ = lay_and_put(target, new)
    assert state == before == target.state()
    assert databases.contents(other) == databases.contents(folder)
    assert schemas_of(other) == ["public"]
    assert not (new / "kiemtin.pgdump").exists()
    assert ask(other, "INSERT INTO message (text) VALUES ('mới') RETURNING id") == 201
    with pytest.raises(psycopg.IntegrityError), databases.opened(other) as hand:
        hand.execute("UPDATE message SET text = ''")


def test_pairs_written_together_meanwhile_are_there_together_and_counted_as_they_are(server, folder, other, tmp_path):
    stop, began = threading.Event(), threading.Event()

    def write():
        with databases.opened(folder) as hand:
            while not stop.is_set():
                hand.execute("INSERT INTO message (text) VALUES ('một'), ('hai')")
                began.set()

    thread = threading.Thread(target=write)
    thread.start()
    began.wait(PATIENCE)
    try:
        state = server.save(tmp_path / "kiemtin.pgdump")
        after = server.state()
    finally:
        stop.set()
        thread.join()
    assert state.rows["message"] % 2 == 0
    assert 200 < state.rows["message"] < after.rows["message"]
    laid, _ = lay_and_put(installation(other).database, tmp_path)
    assert laid == state


def test_what_is_laid_is_seen_by_nobody_before_it_is_put(dumped, folder, server):
    new, before = dumped
    with databases.opened(folder) as hand:
        hand.execute("INSERT INTO message (text) VALUES ('sau')")
    with server.staging():
        assert server.lay(new) == before
        assert server.state().rows["message"] == 201
        address, options = databases.address(databases.name_of(folder)), server.environment(new)["PGOPTIONS"]
        with closing(psycopg.connect(address, options=options)) as working:
            assert working.execute("SELECT count(*) FROM message").fetchone() == (200,)
        server.clear()
    assert schemas_of(folder) == ["public"]
    assert server.state().rows["message"] == 201


def test_what_was_there_is_kept_aside_with_its_guards(dumped, folder, server):
    new, before = dumped
    copy = (new / "kiemtin.pgdump").read_bytes()
    with databases.opened(folder) as hand:
        hand.execute("INSERT INTO message (text) VALUES ('sau')")
    _, plan = lay_and_put(server, new)
    assert plan["aside"] == "before_restore_20261129_010203"
    assert server.state() == before
    assert ask(folder, "SELECT count(*) FROM before_restore_20261129_010203.message") == 201
    with pytest.raises(psycopg.IntegrityError), databases.opened(folder) as hand:
        hand.execute("UPDATE before_restore_20261129_010203.message SET text = ''")
    (new / "kiemtin.pgdump").write_bytes(copy)
    assert lay_and_put(server, new)[1]["aside"] == "before_restore_20261129_010203_2"


def test_put_again_it_comes_to_the_same(dumped, other):
    new, before = dumped
    target = installation(other).database
    _, plan = lay_and_put(target, new)
    ask(other, "INSERT INTO message (text) VALUES ('sau') RETURNING id")
    target.put(plan)
    assert target.state().rows["message"] == before.rows["message"] + 1


def test_another_database_is_not_the_one_that_was_restored(dumped, other, server, folder):
    new, _ = dumped
    target = installation(other).database
    with target.staging():
        target.lay(new)
        plan = target.plan(NOW)
    before = databases.contents(folder)
    with pytest.raises(OtherDatabaseError) as raised:
        server.put(plan)
    assert raised.value.name == target.name
    assert databases.contents(folder) == before


def test_what_fails_while_it_is_laid_leaves_nothing(dumped, other, monkeypatch):
    new, _ = dumped
    real = postgresql.parts

    def cut_off(script):
        for number, part in enumerate(real(script)):
            if number == 2:
                raise DamagedBackupError("…")
            yield part

    monkeypatch.setattr(postgresql, "parts", cut_off)
    target = installation(other).database
    with pytest.raises(DamagedBackupError), target.staging():
        target.lay(new)
    assert schemas_of(other) == ["public"]
    target.check_empty()


def test_what_fails_when_all_is_laid_leaves_nothing_either(dumped, server, folder, monkeypatch):
    new, before = dumped
    monkeypatch.setattr(postgresql.schemas, "state", lambda _connection, _schema: None)
    with pytest.raises(NoTablesError), server.staging():
        server.lay(new)
    monkeypatch.undo()
    assert schemas_of(folder) == ["public"]
    assert server.state() == before


def test_a_dump_that_ends_early_is_not_laid(dumped, other):
    new, _ = dumped
    path = new / "kiemtin.pgdump"
    path.write_bytes(path.read_bytes()[:-40_000])
    target = installation(other).database
    with pytest.raises((DamagedBackupError, ServerError)), target.staging():
        target.lay(new)
    assert schemas_of(other) == ["public"]


def test_what_an_earlier_one_had_laid_is_cleared(dumped, other):
    new, _ = dumped
    target = installation(other).database
    with databases.opened(other) as hand:
        hand.execute("CREATE SCHEMA kiemtin_restoring CREATE TABLE left_over (id int)")
    lay_and_put(target, new)
    assert schemas_of(other) == ["public"]
    assert "left_over" not in target.state().rows


def test_two_at_once_do_not_meet(other, monkeypatch):
    monkeypatch.setattr(postgresql, "_OPENED", "SET lock_timeout = '100ms'")
    first, second = installation(other).database, installation(other).database
    with first.staging(), pytest.raises(BusyError), second.staging():
        pass


def test_one_that_is_in_use_is_not_replaced(server, folder, monkeypatch):
    monkeypatch.setattr(postgresql, "_PATIENCE", 0.0)
    with databases.opened(folder), pytest.raises(BusyError):
        server.check_unused()
    monkeypatch.setattr(postgresql, "_PATIENCE", 10.0)
    server.check_unused()


def test_an_empty_one_has_no_tables(server, other):
    with pytest.raises(OccupiedDatabaseError) as raised:
        server.check_empty()
    assert raised.value.name == server.name
    empty = installation(other).database
    empty.check_empty()
    with pytest.raises(NoTablesError):
        empty.save(other / "dump")


def test_our_schema_may_have_another_name_than_in_the_backup(dumped, other):
    new, before = dumped
    name = databases.name_of(other)
    with databases.opened(other) as hand:
        hand.execute("CREATE SCHEMA desk")
        hand.execute("CREATE TABLE public.of_others AS SELECT 7 AS seven")
        hand.execute(f"ALTER DATABASE {name} SET search_path = desk, public")
    target = installation(other).database
    target.check_empty()
    state, _ = lay_and_put(target, new)
    assert state == before == target.state()
    assert schemas_of(other) == ["desk", "public"]
    assert ask(other, "SELECT seven FROM public.of_others") == 7


def test_what_else_is_in_an_empty_schema_is_kept(dumped, other):
    new, _ = dumped
    with databases.opened(other) as hand:
        hand.execute("CREATE TYPE of_others AS ENUM ('a')")
    lay_and_put(installation(other).database, new)
    assert ask(other, "SELECT 'a'::before_restore_rest.of_others::text") == "a"


def as_role(folder, name):
    address = databases.address(databases.name_of(folder)).replace("postgres@", f"{name}@")
    return Server(database_settings(address, folder))


def test_a_role_that_is_no_owner_is_told_and_one_that_is_needs_no_more(dumped, other):
    new, before = dumped
    with databases.opened(other) as hand:
        hand.execute("DROP ROLE IF EXISTS nguoi_la")
        hand.execute("CREATE ROLE nguoi_la LOGIN")
    try:
        with pytest.raises(RightsError), as_role(other, "nguoi_la").staging():
            as_role(other, "nguoi_la").lay(new)
        with databases.opened(other) as hand:
            hand.execute(f"ALTER DATABASE {databases.name_of(other)} OWNER TO nguoi_la")
        state, _ = lay_and_put(as_role(other, "nguoi_la"), new)
        assert state == before
    finally:
        with closing(psycopg.connect(databases.address("postgres"), autocommit=True)) as admin:
            admin.execute(f"DROP DATABASE {databases.name_of(other)}")
            admin.execute("DROP ROLE nguoi_la")


def test_a_database_of_another_encoding_is_refused(tmp_path):
    with closing(psycopg.connect(databases.address("postgres"), autocommit=True)) as admin:
        admin.execute("CREATE DATABASE latin ENCODING LATIN1 LOCALE 'C' TEMPLATE template0")
    try:
        server = Server(database_settings(databases.address("latin"), tmp_path))
        with pytest.raises(ServerError, match="UTF8"), server.staging():
            pass
    finally:
        with closing(psycopg.connect(databases.address("postgres"), autocommit=True)) as admin:
            admin.execute("DROP DATABASE latin")


def test_a_server_that_is_not_there_is_an_error_of_ours(tmp_path):
    server = Server(database_settings(f"postgresql://u:matkhau@/tin?host={tmp_path}", tmp_path))
    with pytest.raises(ServerError) as raised:
        server.check_empty()
    assert "matkhau" not in str(raised.value)
    server.clear()  # says nothing: the next restoration does it


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("postgresql://n:matkhau@db.example:6432/tin", "postgresql://db.example:6432/tin"),
        ("postgresql://n@/tin?host=/run/postgresql", "postgresql:///tin"),
    ],
)
def test_its_name_tells_no_password(address, name, tmp_path):
    assert Server(database_settings(address, tmp_path)).name == name


def test_each_parameter_of_an_address_reaches_the_programs(server):
    of_connection = {"host", "port", "target_session_attrs"}  # which says which server it is
    assert _PARAMETERS - of_connection == postgresql._ENVIRONMENT.keys()
