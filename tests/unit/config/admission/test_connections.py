import threading
from contextlib import suppress

import pytest
from django.db import connections

from kiemtin.config.admission.connections import Lender
from tests.patience import PATIENCE

pytestmark = pytest.mark.django_db


def in_thread(act):
    """Run it in a thread of its own; return what it returned."""
    found = []
    thread = threading.Thread(target=lambda: found.append(act()))
    thread.start()
    thread.join(PATIENCE)
    return found[0]


def test_a_connection_goes_from_thread_to_thread():
    lender = Lender()

    def use():
        with lender.lent():
            connection = connections["default"]
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
                assert cursor.fetchone() == (1,)
            return connection

    first, second = in_thread(use), in_thread(use)
    assert first is second
    first.close()


def test_a_thread_keeps_none():
    lender = Lender()

    def use():
        with lender.lent():
            connections["default"].ensure_connection()
        return connections.all(initialized_only=True)

    assert in_thread(use) == []
    in_thread(lambda: [connection.close() for connection in lender._idle[0]])


def test_two_at_once_have_one_each():
    lender = Lender()

    def use():
        with lender.lent():
            mine = connections["default"]
            return mine, in_thread(other)

    def other():
        with lender.lent():
            return connections["default"]

    mine, others = in_thread(use)
    assert mine is not others
    assert len(lender._idle) == 2


def test_it_comes_back_after_an_error_too():
    lender = Lender()

    def use():
        with suppress(ZeroDivisionError), lender.lent():
            assert connections["default"].vendor
            raise ZeroDivisionError

    in_thread(use)
    assert len(lender._idle) == 1
    assert len(lender._idle[0]) == 1
