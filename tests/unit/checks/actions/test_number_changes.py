from unittest.mock import Mock

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError

from kiemtin.checks.actions import number_changes as module
from kiemtin.checks.actions.number_changes import last_change, number_changes


@pytest.mark.django_db
def test_numbers_follow_each_other():
    with transaction.atomic():
        assert list(number_changes(count=3)) == [1, 2, 3]
        assert list(number_changes(count=2)) == [4, 5]
        assert list(number_changes(count=0)) == []
    assert last_change() == 5


@pytest.mark.django_db
def test_numbers_of_a_transaction_that_fails_are_given_again():
    with transaction.atomic():
        assert list(number_changes(count=3)) == [1, 2, 3]
        transaction.set_rollback(True)
    assert last_change() == 0


def test_outside_a_transaction_there_are_none(monkeypatch):
    monkeypatch.setattr(module.transaction, "get_connection", lambda: Mock(in_atomic_block=False))
    with pytest.raises(TransactionManagementError):
        number_changes(count=1)
