import pytest

from kiemtin.checks.actions.approve import approve
from kiemtin.checks.exceptions import IncompleteError, OwnWorkError, StaleVersionError
from kiemtin.checks.models import Hand


def test_another_person_approves(submitted, editor, checker):
    row = submitted()
    row = approve(fact_check=row, by=editor, version=row.version)
    row.refresh_from_db()
    assert (row.stage, row.author, row.approver) == ("approved", checker, editor)
    assert Hand.objects.get(person=editor).part == "approver"


def test_who_wrote_cannot_approve_whatever_their_role(submitted, editor, administrator):
    for person in (editor, administrator):
        row = submitted(by=person)
        with pytest.raises(OwnWorkError):
            approve(fact_check=row, by=person, version=row.version)
        row.refresh_from_db()
        assert (row.stage, row.approver) == ("submitted", None)


def test_another_version_than_the_one_read_is_not_approved(submitted, editor):
    row = submitted()
    with pytest.raises(StaleVersionError) as error:
        approve(fact_check=row, by=editor, version=row.version - 1)
    assert error.value.params["version"] == row.version


def test_what_lost_a_source_in_between_is_not_approved(submitted, editor):
    row = submitted()
    row.sources.first().delete()  # past all actions
    with pytest.raises(IncompleteError):
        approve(fact_check=row, by=editor, version=row.version)
