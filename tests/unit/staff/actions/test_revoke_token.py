import pytest

from kiemtin.audit.models import Event
from kiemtin.checks.exceptions import NotAllowedError
from kiemtin.staff.actions.make_token import make_token
from kiemtin.staff.actions.revoke_token import revoke_token
from kiemtin.staff.exceptions import TokenClosedError

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(desk, administrator):
    return make_token(desk=desk, name="Bot", scopes=(), days=30, by=administrator).token


def test_it_lets_nobody_in_from_then_on(token, administrator):
    revoke_token(token=token, by=administrator)
    token.refresh_from_db()
    assert not token.is_open
    assert token.revoked_by == administrator
    assert Event.objects.filter(verb="token.changed", detail__what="revoked", actor=administrator.actor).count() == 1


def test_it_is_done_once(token, administrator):
    revoke_token(token=token, by=administrator)
    with pytest.raises(TokenClosedError):
        revoke_token(token=token, by=administrator)


def test_only_administrators_of_its_desk_do_it(token, editor, outsider):
    for person in (editor, outsider):
        with pytest.raises(NotAllowedError):
            revoke_token(token=token, by=person)
    token.refresh_from_db()
    assert token.is_open
