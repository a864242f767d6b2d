from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from kiemtin.accounts.models import Invitation, Membership, User
from kiemtin.audit.models import Event
from kiemtin.checks.exceptions import EmptyTextError
from kiemtin.staff.actions.accept_invitation import accept_invitation
from kiemtin.staff.actions.invite import invite
from kiemtin.staff.exceptions import AccountExistsError, AlreadyMemberError, InvitationError, OtherAddressError

pytestmark = pytest.mark.django_db

PASSWORD = "mot-cau-de-nho-lau"


@pytest.fixture
def invited(desk, administrator):
    return invite(desk=desk, email="moi@example.org", role="editor", by=administrator)


def test_somebody_new_gets_an_account_and_the_role(invited, desk):
    membership = accept_invitation(secret=invited.secret, name=" Mới Đến ", password=PASSWORD)
    assert (membership.desk, membership.role) == (desk, "editor")
    assert (membership.user.email, membership.user.name) == ("moi@example.org", "Mới Đến")
    assert membership.user.check_password(PASSWORD)
    event = Event.objects.last()
    assert (event.actor, event.verb) == (membership.user.actor, "invitation.accepted")
    assert event.detail == {"role": "editor"}


def test_it_is_good_for_one_use(invited):
    accept_invitation(secret=invited.secret, name="Mới", password=PASSWORD)
    with pytest.raises(InvitationError) as error:
        accept_invitation(secret=invited.secret, name="Kẻ Khác", password=PASSWORD)
    assert error.value.params["reason"] == "accepted"
    assert User.objects.filter(name="Kẻ Khác").count() == 0


def test_two_at_the_same_moment_do_not_both_get_in(invited, monkeypatch):
    from kiemtin.staff.actions import accept_invitation as module

    found = module.find_invitation(invited.secret)
    Invitation.objects.update(accepted=timezone.now())  # the other one was quicker, after this one had looked
    monkeypatch.setattr(module, "find_invitation", lambda secret: found)
    with pytest.raises(InvitationError):
        accept_invitation(secret=invited.secret, name="Mới", password=PASSWORD)
    assert not User.objects.filter(email="moi@example.org").exists()


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"expires": timezone.now() - timedelta(seconds=1)}, "expired"), ({"revoked": timezone.now()}, "revoked")],
)
def test_an_old_or_revoked_one_is_refused(invited, change, reason):
    Invitation.objects.update(**change)
    with pytest.raises(InvitationError) as error:
        accept_invitation(secret=invited.secret, name="Mới", password=PASSWORD)
    assert error.value.params["reason"] == reason
    assert Membership.objects.filter(user__email="moi@example.org").count() == 0


def test_the_digest_is_not_the_secret(invited):
    with pytest.raises(InvitationError):
        accept_invitation(secret=invited.invitation.digest, name="Mới", password=PASSWORD)


def test_who_has_an_account_signs_in_and_only_gets_the_role(desk, administrator, outsider):
    secret = invite(desk=desk, email=outsider.email, role="checker", by=administrator).secret
    with pytest.raises(AccountExistsError):
        accept_invitation(secret=secret, name="Kẻ Trộm", password=PASSWORD)
    membership = accept_invitation(secret=secret, by=outsider)
    outsider.refresh_from_db()
    assert (membership.user, membership.role, outsider.name) == (outsider, "checker", "Ngoài Cuộc")
    assert not outsider.check_password(PASSWORD)


def test_it_is_not_for_who_has_another_address(invited, outsider):
    with pytest.raises(OtherAddressError):
        accept_invitation(secret=invited.secret, by=outsider)
    invited.invitation.refresh_from_db()
    assert invited.invitation.is_open


def test_who_became_a_member_meanwhile_keeps_their_role(desk, administrator, outsider):
    secret = invite(desk=desk, email=outsider.email, role="administrator", by=administrator).secret
    Membership.objects.create(user=outsider, desk=desk, role="reader")
    with pytest.raises(AlreadyMemberError):
        accept_invitation(secret=secret, by=outsider)
    assert Membership.objects.get(user=outsider, desk=desk).role == "reader"


def test_name_and_password_are_needed(invited):
    with pytest.raises(EmptyTextError):
        accept_invitation(secret=invited.secret, name=" ", password=PASSWORD)
    with pytest.raises(ValidationError):
        accept_invitation(secret=invited.secret, name="Mới", password="ngan")
    assert not User.objects.filter(email="moi@example.org").exists()
