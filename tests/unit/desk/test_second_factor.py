import time

import pytest
from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import transaction
from django.urls import reverse

from kiemtin.desk.second_factor import remember

pytestmark = pytest.mark.django_db


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def commits_at_once(monkeypatch):
    """Run what waits for the commit within the request, as it is outside of a test's own transaction."""
    monkeypatch.setattr(transaction, "on_commit", lambda function, **_: function())


@pytest.mark.usefixtures("commits_at_once")
def test_who_has_just_set_one_up_is_not_asked_for_it_again(editor, desk, sign_in):
    client = sign_in(editor, second_factor=False)
    page = f"/en/desk/{desk.slug}/pages/"
    assert client.get(page)["Location"] == reverse("desk:second-factor")
    activate = reverse("mfa_activate_totp")
    secret = client.get(activate).context["form"].secret
    answer = client.post(activate, {"code": code_of(secret)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    assert client.get(page).status_code == 200


def test_recovery_codes_alone_prove_nothing(editor, desk, sign_in, give_factor):
    give_factor(editor)
    client = sign_in(editor, second_factor=False)
    client.post(reverse("mfa_generate_recovery_codes"))
    assert client.get(f"/en/desk/{desk.slug}/pages/")["Location"].startswith(reverse("mfa_reauthenticate"))


@pytest.mark.parametrize(("kind", "methods"), [("totp", ["mfa"]), ("webauthn", ["mfa"]), ("recovery_codes", [])])
def test_what_is_written_into_the_session(kind, methods, rf, editor, client):
    request = rf.get("/")
    request.session = client.session
    remember(request=request, user=editor, authenticator=Authenticator(pk=1, user=editor, type=kind))
    assert [record["method"] for record in get_authentication_records(request, editor)] == methods
