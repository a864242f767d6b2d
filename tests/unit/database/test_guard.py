import pytest
from django.db import IntegrityError, connection, transaction

from kiemtin.database.guard import AddGuards, Guard, append_only

pytestmark = pytest.mark.django_db

TABLE = "guarded"


@pytest.fixture
def table():
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {TABLE} (a integer, b integer)")
        cursor.execute(f"INSERT INTO {TABLE} VALUES (1, 1)")  # noqa: S608


def add(*guards, backwards=False):
    operation = AddGuards(guards)
    turn = operation.database_backwards if backwards else operation.database_forwards
    turn("app", connection.schema_editor(), None, None)  # in a transaction of the test's, which it may not end


def run(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.rowcount


CHANGES = (f"UPDATE {TABLE} SET a = 2", f"DELETE FROM {TABLE}")  # noqa: S608


def test_rows_are_added_and_never_changed_or_deleted(table):
    add(*append_only(TABLE, "only forward"))
    run(f"INSERT INTO {TABLE} VALUES (2, 2)")  # noqa: S608
    for statement in CHANGES:
        with pytest.raises(IntegrityError, match="only forward"):
            run(statement)


def test_a_table_cannot_be_emptied_at_once(table):
    add(*append_only(TABLE, "only forward"))
    everything = f"DELETE FROM {TABLE}" if connection.vendor == "sqlite" else f"TRUNCATE {TABLE}"  # noqa: S608
    with pytest.raises(IntegrityError, match="only forward"):
        run(everything)


def test_only_the_columns_that_are_named_are_guarded(table):
    add(Guard("guard", TABLE, "UPDATE", "a stays", columns=("a",)))
    assert run(f"UPDATE {TABLE} SET b = 2") == 1  # noqa: S608
    with pytest.raises(IntegrityError, match="a stays"):
        run(f"UPDATE {TABLE} SET a = 2")  # noqa: S608


def test_a_condition_says_when(table):
    condition = dict.fromkeys(("sqlite", "postgresql"), "OLD.b > 1")
    add(Guard("guard", TABLE, "DELETE", "large ones stay", condition=condition))
    assert run(f"DELETE FROM {TABLE}") == 1  # noqa: S608
    run(f"INSERT INTO {TABLE} VALUES (2, 2)")  # noqa: S608
    with pytest.raises(IntegrityError, match="large ones stay"):
        run(f"DELETE FROM {TABLE}")  # noqa: S608


def test_made_again_they_are_there_once_and_backwards_they_are_gone(table):
    guards = append_only(TABLE, "only forward")
    add(*guards)
    add(*guards)
    add(*guards, backwards=True)
    assert [run(statement) for statement in CHANGES] == [1, 1]
