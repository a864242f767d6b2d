import pytest

from kiemtin.accounts.models import Membership, User
from kiemtin.audit.models import Event
from kiemtin.checks.exceptions import NotAllowedError
from kiemtin.staff.actions.invite import invite
from kiemtin.staff.actions.remove_member import remove_member
from kiemtin.staff.exceptions import LastAdministratorError

pytestmark = pytest.mark.django_db


def of(user, desk):
    return Membership.objects.get(user=user, desk=desk)


def test_the_membership_ends_and_the_account_stays(desk, administrator, editor):
    remove_member(membership=of(editor, desk), by=administrator)
    assert not Membership.objects.filter(user=editor).exists()
    assert User.objects.filter(pk=editor.pk).exists()
    event = Event.objects.get()
    assert (event.object_id, event.detail["what"], event.detail["role"]) == (str(editor.pk), "removed", "editor")


def test_of_two_who_take_somebody_out_one_did_it(desk, administrator, editor):
    seen = of(editor, desk)
    remove_member(membership=of(editor, desk), by=administrator)
    with pytest.raises(Membership.DoesNotExist):
        remove_member(membership=seen, by=administrator)
    assert Event.objects.count() == 1


@pytest.mark.parametrize("who", ["editor", "outsider", "checker"])
def test_only_an_administrator_of_the_desk_does_it(who, desk, checker, request):
    with pytest.raises(NotAllowedError):
        remove_member(membership=of(checker, desk), by=request.getfixturevalue(who))
    assert of(checker, desk)


def test_the_last_administrator_cannot_leave(desk, administrator):
    with pytest.raises(LastAdministratorError):
        remove_member(membership=of(administrator, desk), by=administrator)
    assert of(administrator, desk)


def test_the_invitations_of_who_leaves_end(desk, administrator, member):
    other = member("Người Thứ Hai", "administrator", desk)
    invitation = invite(desk=desk, email="a@example.org", role="administrator", by=other).invitation
    remove_member(membership=of(other, desk), by=administrator)
    invitation.refresh_from_db()
    assert not invitation.is_open
