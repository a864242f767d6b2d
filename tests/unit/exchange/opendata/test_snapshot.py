import pytest
from django.db import connection

from kiemtin.accounts.models import Desk
from kiemtin.exchange.opendata.snapshot import snapshot
from tests import databases
from tests.unit.questions.conftest import empty_database, on_disk  # noqa: F401


@pytest.fixture
def other(on_disk):  # noqa: F811
    """A second connection to the database file."""
    with databases.opened(on_disk) as second:
        yield second


def names():
    return list(Desk.objects.values_list("name", flat=True))


def test_it_sees_one_moment_and_holds_no_writer_up(other):
    Desk.objects.create(slug="a", name="Trước")
    with snapshot():
        assert names() == ["Trước"]
        other.execute("UPDATE accounts_desk SET name = 'Sau'")
        assert names() == ["Trước"]
    assert names() == ["Sau"]


def test_it_waits_for_no_writer(other):
    Desk.objects.create(slug="a", name="Trước")
    other.execute("BEGIN")
    other.execute("UPDATE accounts_desk SET name = 'Sau'")
    with snapshot():
        assert names() == ["Trước"]
    other.execute("ROLLBACK")


@pytest.mark.sqlite
def test_what_comes_after_takes_the_lock_at_once_as_ever(other):
    usual = connection.settings_dict["OPTIONS"]["transaction_mode"]
    with pytest.raises(RuntimeError), snapshot():
        raise RuntimeError
    assert connection.transaction_mode == usual == "IMMEDIATE"
