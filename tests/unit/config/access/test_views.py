"""Every view × everybody × GET and POST, with the things of two desks: compared with one table."""

import pytest

from kiemtin.accounts.enums import Role
from tests.unit.config.access.conftest import addresses, asks, fields, place
from tests.unit.config.access.table import COLUMNS, TABLE

pytestmark = [pytest.mark.once, pytest.mark.django_db]


def _rows():
    found = {}
    for line in TABLE.strip().splitlines():
        method, label, words = line[:5].strip(), line[5:47].strip(), line[47:].split()
        assert len(words) in (1, len(COLUMNS)), line
        assert (method, label) not in found, line
        found[method, label] = words * len(COLUMNS) if len(words) == 1 else words
    return found


ROWS = _rows()


def test_each_address_has_its_lines_and_no_other_has():
    assert set(ROWS) == {(method, label) for method, label, _ in asks()}
    assert {label.split()[0] for _, label in ROWS} == set(addresses())


def word_of(answer):
    if answer.status_code in (301, 302):
        return "login" if "/account/login/" in answer["Location"] else "302"
    return str(answer.status_code)


REFUSED = ("login", "403", "404", "405")
WHO = [*(who for who in COLUMNS if who != "elsewhere"), *(f"elsewhere {role}" for role in Role)]


@pytest.mark.parametrize("who", WHO)
def test_everybody_gets_what_the_table_says(who, visitor, corners):
    here, _ = corners
    column, _, role = who.partition(" ")
    asking = visitor(column, elsewhere=role)
    wrong = []
    for method, label, form in asks():
        answer = asking.ask(method, place(label, form, here, asking.role), fields(form, here, asking.role))
        said, expected = word_of(answer), ROWS[method, label][COLUMNS.index(column)]
        if said != expected:
            wrong.append(f"{method} {label}: {said}, not {expected}")
        elif said in REFUSED and label.startswith("desk:") and answer.changed:
            wrong.append(f"{method} {label}: refused, and yet something changed: {answer.changed}")
    assert not wrong, "\n".join(wrong)
