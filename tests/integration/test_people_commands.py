"""`kiemtin desk` and `kiemtin person`."""

import re

import pytest


@pytest.fixture
def with_desk(kiemtin):
    made = kiemtin("desk", "create", "nguon-that", "Nguồn Thật", "--intake")
    assert made.status == 0, made.err
    assert "Desk “Nguồn Thật”: http://localhost:8000/desk/nguon-that/" in made.out
    return kiemtin


def test_a_desk_and_its_first_administrator(with_desk):
    added = with_desk("person", "add", "thu@example.org", "Thu Vũ", "--desk", "nguon-that", "--role", "administrator")
    assert added.status == 0
    assert "Thu Vũ is now in “Nguồn Thật”: Administrator." in added.out
    assert re.search(r"^http://localhost:8000/en/account/password/reset/key/\S+/$", added.out, re.MULTILINE)
    assert "second factor" in added.out
    assert "Thu Vũ" in with_desk("person", "list").out
    assert "nguon-that" in with_desk("desk", "list").out


def test_a_link_for_who_cannot_get_in(with_desk):
    with_desk("person", "add", "thu@example.org", "Thu Vũ", "--desk", "nguon-that", "--role", "checker")
    given = with_desk("person", "link", "THU@example.org", "--drop-second-factor")
    assert given.status == 0
    assert "The second factor of Thu Vũ is taken away." in given.out
    assert "/account/password/reset/key/" in given.out
    assert with_desk("person", "link", "x@example.org").status == 2


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("desk", "create", "nguon-that", "Khác"), "There is a desk with this short name."),
        (("desk", "create", "khac", "Khác", "--intake"), "Another desk takes in the questions."),
        (("desk", "create", "account", "Khác"), "This short name cannot be used."),
        (("person", "add", "x", "X", "--desk", "nguon-that", "--role", "reader"), "x is no mail address."),
        (("person", "add", "x@example.org", "X", "--desk", "khac", "--role", "reader"), "There is no desk “khac”."),
        (("person", "add", "x@example.org", "X", "--desk", "nguon-that", "--role", "chief"), "'chief' is not one of"),
    ],
)
def test_what_cannot_be_done_ends_with_status_2(with_desk, arguments, reason):
    done = with_desk(*arguments)
    assert done.status == 2
    assert reason in done.err


def test_it_speaks_vietnamese(with_desk):
    added = with_desk("person", "add", "x@example.org", "X", "--desk", "nguon-that", "--role", "reader", lang="vi")
    assert "/account/password/reset/key/" in added.out
    assert "/en/account/" not in added.out
    assert "X is now in" not in added.out
