import pytest

from kiemtin.accounts.models import Membership
from kiemtin.audit.models import Event
from kiemtin.checks.exceptions import NotAllowedError
from kiemtin.staff.actions.change_role import change_role
from kiemtin.staff.actions.invite import invite
from kiemtin.staff.exceptions import LastAdministratorError

pytestmark = pytest.mark.django_db


def of(user, desk):
    return Membership.objects.get(user=user, desk=desk)


def test_the_role_is_changed_and_the_log_says_from_what_to_what(desk, administrator, checker):
    assert change_role(membership=of(checker, desk), role="editor", by=administrator).role == "editor"
    assert of(checker, desk).role == "editor"
    event = Event.objects.get()
    assert (event.verb, event.object_type, event.object_id) == ("people.changed", "person", str(checker.pk))
    assert event.detail == {"what": "role-changed", "before": "checker", "role": "editor"}


def test_the_same_role_is_no_event(desk, administrator, checker):
    change_role(membership=of(checker, desk), role="checker", by=administrator)
    assert not Event.objects.exists()


@pytest.mark.parametrize("who", ["checker", "editor", "outsider"])
def test_nobody_raises_themselves_or_others(who, desk, checker, request):
    with pytest.raises(NotAllowedError):
        change_role(membership=of(checker, desk), role="administrator", by=request.getfixturevalue(who))
    assert of(checker, desk).role == "checker"


def test_the_last_administrator_stays_one(desk, administrator):
    with pytest.raises(LastAdministratorError):
        change_role(membership=of(administrator, desk), role="editor", by=administrator)
    assert of(administrator, desk).role == "administrator"


def test_an_administrator_whose_account_is_closed_does_not_count(desk, administrator, member):
    other = member("Nghỉ Việc", "administrator", desk)
    other.is_active = False
    other.save()
    with pytest.raises(LastAdministratorError):
        change_role(membership=of(administrator, desk), role="editor", by=administrator)


def test_of_two_administrators_one_may_go_and_their_invitations_end(desk, administrator, member):
    other = member("Người Thứ Hai", "administrator", desk)
    theirs = invite(desk=desk, email="a@example.org", role="administrator", by=other).invitation
    mine = invite(desk=desk, email="b@example.org", role="administrator", by=administrator).invitation
    change_role(membership=of(other, desk), role="editor", by=administrator)
    theirs.refresh_from_db()
    mine.refresh_from_db()
    assert (theirs.is_open, mine.is_open) == (False, True)
