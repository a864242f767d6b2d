import pytest

from kiemtin.audit.models import Event
from kiemtin.checks.exceptions import EmptyTextError
from kiemtin.staff.actions.rename_person import rename_person

pytestmark = pytest.mark.django_db


def test_the_name_is_stored_and_the_log_does_not_repeat_it(checker):
    rename_person(name=" Lan Phạm Thị ", by=checker)
    checker.refresh_from_db()
    assert checker.name == "Lan Phạm Thị"
    event = Event.objects.get()
    assert (event.verb, event.actor, event.detail) == ("person.renamed", checker.actor, {})


def test_the_same_name_is_no_event_and_an_empty_one_is_refused(checker):
    rename_person(name=checker.name, by=checker)
    with pytest.raises(EmptyTextError):
        rename_person(name="  ", by=checker)
    assert not Event.objects.exists()
