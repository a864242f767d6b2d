"""The file of the database is moved, taken away, put back and held, while a connection has it open."""

import contextlib
import shutil
import sqlite3

import pytest
from django.db import OperationalError, connection, transaction

from kiemtin.audit.outage import is_outage
from kiemtin.database.sqlite.base import DatabaseWrapper

pytestmark = pytest.mark.sqlite


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "dữ liệu?" / "a.sqlite3"
    path.parent.mkdir()
    with contextlib.closing(sqlite3.connect(path)) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE asked (text)")
    return path


@pytest.fixture
def wrapper(file, django_db_blocker):
    with django_db_blocker.unblock():
        made = DatabaseWrapper({**connection.settings_dict, "NAME": file}, alias="apart")
        yield made
        made.close()


def write(wrapper, text):
    with wrapper.cursor() as cursor:
        cursor.execute("INSERT INTO asked VALUES (%s)", [text])


def stored(file):
    with contextlib.closing(sqlite3.connect(file)) as reader:
        return [text for (text,) in reader.execute("SELECT text FROM asked")]


def test_a_file_that_was_taken_away_takes_nothing_more_and_no_empty_one_is_made(wrapper, file):
    write(wrapper, "một")
    file.rename(file.with_suffix(".away"))
    with pytest.raises(OperationalError) as caught:
        write(wrapper, "hai")
    assert is_outage(caught.value)
    assert not file.exists()


def test_between_two_requests_nothing_is_raised(wrapper, file):
    write(wrapper, "một")
    file.unlink()
    wrapper.close_if_unusable_or_obsolete()
    assert wrapper.connection is None


def test_a_file_that_was_put_back_is_found_by_itself(wrapper, file):
    write(wrapper, "một")
    wrapper.close()  # so that nothing is left in the log beside it
    away = file.with_suffix(".away")
    file.rename(away)
    with pytest.raises(OperationalError):
        write(wrapper, "hai")
    away.rename(file)
    write(wrapper, "ba")
    assert stored(file) == ["một", "ba"]


def test_another_file_in_its_place_is_the_one_that_is_written(wrapper, file):
    write(wrapper, "một")
    copy = file.with_suffix(".copy")
    shutil.copy(file, copy)
    for left in file.parent.glob("a.sqlite3-*"):
        left.unlink()
    copy.rename(file)
    write(wrapper, "hai")
    assert "hai" in stored(file)


@pytest.mark.parametrize("is_replaced", [False, True])
def test_what_was_committed_into_a_file_that_went_meanwhile_is_not_acknowledged(
    wrapper, file, monkeypatch, is_replaced
):
    copy = shutil.copy(file, file.with_suffix(".copy"))
    monkeypatch.setattr(transaction, "get_connection", lambda using: wrapper)
    atomic = transaction.atomic(using="apart")
    atomic.__enter__()
    write(wrapper, "một")
    file.unlink()
    if is_replaced:
        copy.rename(file)
    with pytest.raises(OperationalError) as caught:
        atomic.__exit__(None, None, None)
    assert is_outage(caught.value)


def test_who_writes_waits_only_so_long_for_another(wrapper, file, monkeypatch):
    monkeypatch.setattr(DatabaseWrapper, "patience", 0.01)
    assert wrapper.get_connection_params()["timeout"] == 0.01
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError) as caught:
            write(wrapper, "một")
        assert is_outage(caught.value)
        other.execute("ROLLBACK")
    write(wrapper, "hai")
    assert stored(file) == ["hai"]
