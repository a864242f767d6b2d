import pytest

from kiemtin.checks.exceptions import OwnWorkError
from kiemtin.checks.hands import add_approver, add_author, author_names, check_has_not_written, has_written
from kiemtin.checks.models import Hand


def test_who_has_written_in_this_round(draft, checker, editor):
    row = draft()
    assert has_written(row, checker)
    assert not has_written(row, editor)
    check_has_not_written(row, editor)
    with pytest.raises(OwnWorkError):
        check_has_not_written(row, checker)
    row.round = 2
    assert not has_written(row, checker)


def test_a_person_is_noted_once(draft, checker):
    row = draft()
    add_author(row, checker)
    assert Hand.objects.count() == 1


def test_an_author_is_no_approver(draft, checker):
    with pytest.raises(OwnWorkError):
        add_approver(draft(), checker)


def test_names_in_the_order_they_came_and_first_who_submitted(draft, checker, second_checker, editor):
    row = draft()
    add_author(row, second_checker)
    add_approver(row, editor)
    assert author_names(row) == ["Lan Phạm", "Minh Đỗ"]
    row.author = second_checker
    assert author_names(row) == ["Minh Đỗ", "Lan Phạm"]
