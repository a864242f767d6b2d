from contextlib import suppress

import pytest
from django.db import connection, transaction

from kiemtin.database.fleeting import fleeting
from kiemtin.questions.models import Bucket
from tests.unit.questions.conftest import empty_database, on_disk  # noqa: F401


@pytest.fixture(autouse=True)
def durable(on_disk):  # noqa: F811
    """A database outside any transaction, whose commits wait for the disk: the tests' own server is hasty."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit TO on")


def waits_for_disk():
    """Whether a commit of this connection waits now."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous")
            return cursor.fetchone() == (2,)  # FULL
        cursor.execute("SHOW synchronous_commit")
        return cursor.fetchone() == ("on",)


def kept():
    return sorted(Bucket.objects.values_list("key", flat=True))


def put(key):
    Bucket.objects.create(key=key, window=1, count=1, ends="2026-01-01T00:00:00Z")


def test_it_waits_for_no_disk_and_the_next_one_does():
    with fleeting():
        put("a")
        assert not waits_for_disk()
    assert waits_for_disk()
    assert kept() == ["a"]


def test_it_is_whole_or_not_at_all():
    with suppress(ZeroDivisionError), fleeting():
        put("a")
        raise ZeroDivisionError
    assert waits_for_disk()
    assert kept() == []


def test_inside_another_it_is_as_safe_as_that_one():
    with transaction.atomic():
        put("a")
        with fleeting():
            put("b")
            assert waits_for_disk()
        with suppress(ZeroDivisionError), fleeting():
            put("c")
            raise ZeroDivisionError
    assert kept() == ["a", "b"]
