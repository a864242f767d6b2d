import hashlib

import pytest
from django.utils import timezone

from kiemtin.accounts.models import Invitation
from kiemtin.audit.models import Event
from kiemtin.checks.exceptions import NotAllowedError
from kiemtin.staff.actions.invite import VALID_FOR, invite
from kiemtin.staff.exceptions import AlreadyMemberError

pytestmark = pytest.mark.django_db


def test_the_secret_is_given_once_and_only_its_digest_is_stored(desk, administrator):
    before = timezone.now()
    invited = invite(desk=desk, email="Moi@Example.org", role="editor", by=administrator)
    stored = Invitation.objects.get()
    assert stored.digest == hashlib.sha256(invited.secret.encode()).hexdigest()
    assert (stored.email, stored.role, stored.invited_by) == ("moi@example.org", "editor", administrator)
    assert before + VALID_FOR <= stored.expires <= timezone.now() + VALID_FOR
    assert len(invited.secret) >= 40
    assert invited.secret not in repr(invited)


def test_the_log_names_no_address(desk, administrator):
    invite(desk=desk, email="moi@example.org", role="editor", by=administrator)
    event = Event.objects.get()
    assert (event.actor, event.verb) == (administrator.actor, "people.changed")
    assert event.detail == {"what": "invited", "role": "editor"}
    assert "moi@" not in f"{event.detail}{event.object_id}"


@pytest.mark.parametrize("who", ["reader", "checker", "editor", "outsider"])
def test_only_an_administrator_of_the_desk_invites(who, desk, request):
    with pytest.raises(NotAllowedError):
        invite(desk=desk, email="moi@example.org", role="reader", by=request.getfixturevalue(who))
    assert not Invitation.objects.exists()


def test_a_member_is_not_invited(desk, administrator, checker):
    with pytest.raises(AlreadyMemberError):
        invite(desk=desk, email=checker.email.upper(), role="editor", by=administrator)


def test_another_invitation_of_the_same_address_replaces_the_first(desk, administrator):
    first = invite(desk=desk, email="moi@example.org", role="editor", by=administrator).invitation
    second = invite(desk=desk, email="MOI@example.org", role="reader", by=administrator).invitation
    first.refresh_from_db()
    assert first.revoked
    assert not first.is_open
    assert second.is_open
