import pytest

from kiemtin.accounts.enums import Role
from kiemtin.accounts.models import Membership, User
from kiemtin.audit.models import Event
from kiemtin.checks.exceptions import EmptyTextError
from kiemtin.staff.actions.add_person import add_person
from kiemtin.staff.exceptions import AlreadyMemberError

pytestmark = pytest.mark.django_db


def test_somebody_new_is_in_the_desk_and_cannot_sign_in_yet(desk):
    user = add_person(email="Thu@Example.org", name=" Thu Vũ ", desk=desk, role="administrator", by="command-line")
    assert (user.email, user.name, user.has_usable_password()) == ("thu@example.org", "Thu Vũ", False)
    assert Membership.objects.get().role == Role.ADMINISTRATOR
    event = Event.objects.get()
    assert (event.actor, event.verb, event.object_id) == ("command-line", "people.changed", str(user.pk))
    assert event.detail == {"what": "added", "role": "administrator"}


def test_a_password_may_be_given(desk):
    user = add_person(
        email="thu@example.org", name="Thu", desk=desk, role="checker", by="command-line", password="dài-và-khó-đoán"
    )
    assert user.check_password("dài-và-khó-đoán")


def test_somebody_known_keeps_name_and_password(checker, other_desk):
    added = add_person(email=checker.email.upper(), name="Khác", desk=other_desk, role="editor", by="command-line")
    assert added == checker
    assert (added.name, User.objects.count()) == (checker.name, 1)
    assert Membership.objects.get(user=checker, desk=other_desk).role == Role.EDITOR


def test_nobody_is_in_a_desk_twice(checker, desk):
    with pytest.raises(AlreadyMemberError):
        add_person(email=checker.email, name="", desk=desk, role="editor", by="command-line")
    assert Membership.objects.get(user=checker).role == Role.CHECKER


def test_a_person_has_a_name(desk):
    with pytest.raises(EmptyTextError):
        add_person(email="x@example.org", name=" ", desk=desk, role="checker", by="command-line")
    assert not User.objects.exists()


def test_an_unknown_role_is_refused(desk):
    with pytest.raises(ValueError, match="chief"):
        add_person(email="x@example.org", name="X", desk=desk, role="chief", by="command-line")
