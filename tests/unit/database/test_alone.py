"""A right that one process holds; that of several machines is in tests/integration/test_several_machines.py."""

import threading

import pytest
from django.db import connections

from kiemtin.database.alone import alone, alone_with

pytestmark = pytest.mark.django_db


def elsewhere(look):
    """Look from another thread, which has a connection of its own."""
    seen = []

    def run():
        try:
            seen.append(look())
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return seen[0]


def is_free(name):
    with alone(name) as is_mine:
        return is_mine


def test_one_holds_it_and_gives_it_back(data, django_db_blocker):
    with alone("settle") as is_mine:
        assert is_mine
        with django_db_blocker.unblock():
            assert not elsewhere(lambda: is_free("settle"))
            assert elsewhere(lambda: is_free("open-data"))
    assert is_free("settle")


def test_it_comes_back_after_a_failure(data):
    with pytest.raises(RuntimeError), alone("settle"):
        raise RuntimeError
    assert is_free("settle")


def test_who_waits_gets_it_when_it_is_free(tmp_path):
    order = []
    begun = threading.Event()

    def wait():
        begun.set()
        with alone_with(tmp_path / "x.lock", wait=True) as is_mine:
            order.append(("second", is_mine))

    with alone_with(tmp_path / "x.lock") as is_mine:
        thread = threading.Thread(target=wait)
        thread.start()
        begun.wait()
        order.append(("first", is_mine))
    thread.join()
    assert order == [("first", True), ("second", True)]
