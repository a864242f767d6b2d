from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from kiemtin.accounts.models import Desk, DeskPage, Invitation, Membership, User

pytestmark = pytest.mark.django_db


def test_a_person_is_found_by_their_address_whatever_its_case():
    user = User.objects.create_user(email="Lan@Example.org", name="Lan")
    assert user.email == "lan@example.org"
    assert User.objects.get_by_natural_key("LAN@example.ORG") == user
    assert not user.has_usable_password()


def test_the_log_calls_a_person_by_a_number(checker):
    assert checker.actor == f"user-{checker.pk}"
    assert str(checker) == checker.name


def test_the_database_knows_one_role_a_desk_and_one_intake_desk(checker, desk):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=checker, desk=desk, role="editor")
    with pytest.raises(IntegrityError), transaction.atomic():
        Desk.objects.create(slug="x", name="X", is_intake=True)


@pytest.mark.parametrize(
    ("field", "value"),
    [("accepted", timezone.now()), ("revoked", timezone.now()), ("expires", timezone.now() - timedelta(seconds=1))],
)
def test_an_invitation_is_open_until_one_of_three_things_happens(desk, administrator, field, value):
    invitation = Invitation(desk=desk, invited_by=administrator, expires=timezone.now() + timedelta(days=1))
    assert invitation.is_open
    setattr(invitation, field, value)
    assert not invitation.is_open


def test_a_version_of_a_page_is_neither_changed_nor_deleted(desk, editor):
    page = DeskPage.objects.create(desk=desk, kind="method", language="vi", number=1, body="a", by=editor)
    with pytest.raises(TypeError):
        page.save()
    with pytest.raises(TypeError):
        page.delete()
    for statement in ("UPDATE accounts_deskpage SET body = 'b'", "DELETE FROM accounts_deskpage"):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
