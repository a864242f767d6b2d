"""What people do to their own accounts stands in the log of each desk that they work in."""

import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from kiemtin.accounts.enums import Role
from kiemtin.audit.models import Event
from kiemtin.config.links import password_link
from kiemtin.staff.actions.rename_person import rename_person
from tests.signing_in import SECRET

pytestmark = pytest.mark.django_db
PASSWORD = "mat-khau-thu-nghiem"
FRESH = "mot-cau-khac-dai-hon"
LOGIN = "/en/account/login/"


@pytest.fixture(autouse=True)
def no_limits_of_other_tests():
    cache.clear()


@pytest.fixture
def signed_in(client, checker):
    client.post(LOGIN, {"login": checker.email, "password": PASSWORD})
    return client


def told(user):
    """The verbs about a person, in order, and who did them where."""
    rows = Event.objects.filter(object_type="person", object_id=str(user.pk), verb__startswith="person.")
    return [(event.verb.removeprefix("person."), event.actor, event.desk) for event in rows]


def test_signing_in_and_out(signed_in, checker, desk):
    signed_in.post(reverse("account_logout"))
    assert told(checker) == [
        ("signed-in", checker.actor, desk.slug),
        ("signed-out", checker.actor, desk.slug),
    ]


def test_in_each_desk_of_the_person_and_in_no_other(client, checker, desk, other_desk):
    checker.memberships.create(desk=other_desk, role=Role.READER)
    client.post(LOGIN, {"login": checker.email, "password": PASSWORD})
    assert {where for _, _, where in told(checker)} == {desk.slug, other_desk.slug}


def test_who_is_in_no_desk_stands_in_the_log_of_the_installation(client, checker):
    checker.memberships.all().delete()
    client.post(LOGIN, {"login": checker.email, "password": PASSWORD})
    assert told(checker) == [("signed-in", checker.actor, "")]


def test_only_when_the_second_factor_is_shown_is_somebody_signed_in(client, checker):
    TOTP.activate(checker, SECRET)
    client.post(LOGIN, {"login": checker.email, "password": PASSWORD})
    assert told(checker) == []
    code = format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert [verb for verb, *_ in told(checker)] == ["signed-in"]


def test_a_new_password(signed_in, checker):
    signed_in.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": FRESH})
    assert told(checker)[-1][0] == "password-changed"


def test_a_password_by_a_link(client, checker):
    form = client.get(password_link(checker).removeprefix("http://localhost:8000"))["Location"]
    client.post(form, {"password1": FRESH})
    assert told(checker)[-1][:2] == ("password-chosen-by-link", checker.actor)


def test_second_factors_and_recovery_codes(signed_in, checker, django_capture_on_commit_callbacks):
    secret = signed_in.get(reverse("mfa_activate_totp")).context["form"].secret
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    for name, sent in {
        "mfa_activate_totp": {"code": code},
        "mfa_generate_recovery_codes": {},
        "mfa_deactivate_totp": {},
    }.items():
        with django_capture_on_commit_callbacks(execute=True):
            signed_in.post(reverse(name), sent)
    verbs = [verb for verb, *_ in told(checker)]
    assert verbs[:4] == ["signed-in", "second-factor-added", "recovery-codes-made", "recovery-codes-made"]
    assert set(verbs[4:]) == {"second-factor-removed"}


def test_that_an_account_is_locked_is_noted_once_while_it_lasts(checker, desk):
    for number in range(9):
        Client(REMOTE_ADDR=f"192.0.2.{number}").post(LOGIN, {"login": checker.email, "password": "sai-mat-khau"})
    assert told(checker) == [("locked-out", "web", desk.slug)]
    for number in range(7):
        Client(REMOTE_ADDR=f"192.0.2.{number}").post(LOGIN, {"login": "x@example.org", "password": "sai-mat-khau"})
    assert Event.objects.count() == 1


def test_a_new_name(checker, desk):
    rename_person(name="Lan Phạm Thị", by=checker)
    assert told(checker) == [("renamed", checker.actor, desk.slug)]


def test_nothing_tells_where_somebody_signed_in_from(checker):
    Client(REMOTE_ADDR="192.0.2.55").post(LOGIN, {"login": checker.email, "password": PASSWORD})
    assert "192.0.2.55" not in str(Event.objects.get().detail)
