import pytest

from kiemtin.audit.models import Event
from kiemtin.checks.exceptions import NotAllowedError
from kiemtin.staff.actions.invite import invite
from kiemtin.staff.actions.revoke_invitation import revoke_invitation
from kiemtin.staff.exceptions import InvitationError

pytestmark = pytest.mark.django_db


def test_it_can_no_longer_be_accepted(desk, administrator):
    invitation = invite(desk=desk, email="moi@example.org", role="editor", by=administrator).invitation
    revoke_invitation(invitation=invitation, by=administrator)
    invitation.refresh_from_db()
    assert not invitation.is_open
    assert Event.objects.last().detail["what"] == "revoked"
    with pytest.raises(InvitationError):
        revoke_invitation(invitation=invitation, by=administrator)


@pytest.mark.parametrize("who", ["editor", "outsider"])
def test_only_an_administrator_of_its_desk_does_it(who, desk, administrator, request):
    invitation = invite(desk=desk, email="moi@example.org", role="editor", by=administrator).invitation
    with pytest.raises(NotAllowedError):
        revoke_invitation(invitation=invitation, by=request.getfixturevalue(who))
    invitation.refresh_from_db()
    assert invitation.is_open
