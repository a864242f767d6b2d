import pytest
from django.db import IntegrityError, connection, transaction

from kiemtin.audit.exceptions import ActorError, AppendOnlyError
from kiemtin.audit.models import Event
from kiemtin.audit.record import record

pytestmark = pytest.mark.django_db


def test_an_event_holds_what_was_done_and_in_which_role():
    record(
        by="command-line", verb="reviews.upserted", desk="", object_type="import", object_id="x", detail={"added": 2}
    )
    event = Event.objects.get()
    assert (event.actor, event.verb, event.object_type, event.object_id) == (
        "command-line",
        "reviews.upserted",
        "import",
        "x",
    )
    assert event.detail == {"added": 2}
    assert str(event).endswith("command-line: reviews.upserted import x")


@pytest.mark.parametrize("actor", ["", "Nguyễn Văn A", "someone@example.org", "+84 912 345 678", "a b"])
def test_an_actor_is_a_role_and_no_person(actor):
    with pytest.raises(ActorError):
        record(by=actor, verb="x.done", desk="")
    assert not Event.objects.exists()


def test_a_stored_event_is_neither_saved_again_nor_deleted():
    event = record(by="test", verb="x.done", desk="")
    event.verb = "y.done"
    with pytest.raises(AppendOnlyError):
        event.save()
    with pytest.raises(AppendOnlyError):
        event.delete()


@pytest.mark.parametrize("statement", ["UPDATE audit_event SET verb = 'y.done'", "DELETE FROM audit_event"])
def test_the_database_itself_refuses_changes(statement):
    record(by="test", verb="x.done", desk="")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Event.objects.get().verb == "x.done"


def test_queryset_methods_do_not_get_round_it():
    record(by="test", verb="x.done", desk="")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Event.objects.update(verb="y.done")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Event.objects.all().delete()
