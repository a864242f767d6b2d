"""Guessing passwords and codes: slowed down by account and by address, counted in the database for all processes."""

import time

import pytest
from allauth.core.internal import ratelimit
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from kiemtin.accounts.models import Attempt
from kiemtin.config import settings as product
from tests.signing_in import SECRET

pytestmark = pytest.mark.django_db
PASSWORD = "mat-khau-thu-nghiem"
LOGIN = "/en/account/login/"
SLOW = "Too many attempts. Please wait a few minutes."


@pytest.fixture(autouse=True)
def as_in_the_product(settings):
    settings.CACHES = product.CACHES


def tries(login, *, sender="192.0.2.1", **headers):
    """Try once, in a browser of its own; whether it was refused before anything was compared."""
    client = Client()
    answer = client.post(LOGIN, {"login": login, "password": "sai-mat-khau"}, REMOTE_ADDR=sender, **headers)
    return SLOW in answer.content.decode()


def gets_in(user, sender="192.0.2.200"):
    client = Client()
    client.post(LOGIN, {"login": user.email, "password": PASSWORD}, REMOTE_ADDR=sender)
    return "_auth_user_id" in client.session


def test_an_account_can_be_tried_five_times_from_however_many_addresses(checker, editor):
    assert [tries(checker.email, sender=f"192.0.2.{n}") for n in range(7)] == [False] * 5 + [True] * 2
    assert not gets_in(checker)
    assert gets_in(editor)


def test_neither_another_way_of_writing_it_nor_another_host_counts_anew(checker, settings):
    """The port of a host that is ours is not looked at by Django."""
    for number in range(5):
        assert not tries(checker.email, HTTP_HOST=f"localhost:{number + 1}", sender=f"192.0.2.{number}")
    assert tries(checker.email, HTTP_HOST="127.0.0.1", sender="192.0.2.9")
    assert tries(f"  {checker.email.upper()} ", sender="192.0.2.10")


def test_after_five_minutes_it_can_be_tried_again(checker, monkeypatch):
    for number in range(6):
        tries(checker.email, sender=f"192.0.2.{number}")
    assert not gets_in(checker)
    later = time.time() + 301
    monkeypatch.setattr(ratelimit.time, "time", lambda: later)
    assert gets_in(checker)


def test_an_address_can_try_ten_accounts_a_minute(checker):
    assert [tries(f"ai{n}@example.org") for n in range(12)] == [False] * 10 + [True] * 2
    assert tries(checker.email)
    assert not tries(checker.email, sender="192.0.2.2")


def test_a_home_of_ipv6_is_one_address(checker):
    for number in range(10):
        assert not tries(f"ai{number}@example.org", sender=f"2001:db8:1:2::{number + 1:x}")
    assert tries(checker.email, sender="2001:db8:1:2:ffff::1")
    assert not tries(checker.email, sender="2001:db8:1:3::1")


def test_who_writes_an_address_into_a_header_does_not_count_anew(checker, settings):
    forged = [tries(f"ai{n}@example.org", HTTP_X_FORWARDED_FOR=f"198.51.100.{n}") for n in range(11)]
    assert forged == [False] * 10 + [True]
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    behind = [
        tries(f"co{n}@example.org", HTTP_X_FORWARDED_FOR=f"203.0.113.{n}, 198.51.100.7", sender="127.0.0.1")
        for n in range(11)
    ]
    assert behind == [False] * 10 + [True]
    assert not tries(checker.email, HTTP_X_FORWARDED_FOR="198.51.100.8", sender="127.0.0.1")


def test_signing_in_rightly_in_between_does_not_count_anew(checker, editor):
    for number in range(5):
        tries(checker.email, sender=f"192.0.2.{number}")
        assert gets_in(editor, sender="192.0.2.1")
    assert tries(checker.email)


def test_the_second_factor_cannot_be_guessed_either(editor, give_factor):
    give_factor(editor)
    said = []
    for number in range(7):
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        client.post(LOGIN, {"login": editor.email, "password": PASSWORD})
        said.append(SLOW in client.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode())
    assert said == [False] * 5 + [True] * 2
    right = format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))
    assert SLOW in client.post(reverse("mfa_authenticate"), {"code": right}).content.decode()


def test_whoever_asks_for_many_links_is_told_when_to_come_back():
    for _ in range(5):
        assert Client().post("/en/account/password/reset/", {"email": "ai@example.org"}).status_code == 302
    answer = Client().post("/en/account/password/reset/", {"email": "ai@example.org"})
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert "Please wait a few minutes and try again." in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_what_is_stored_tells_neither_address_nor_account(checker):
    tries(checker.email)
    rows = list(Attempt.objects.values_list("cache_key", "value"))
    assert len(rows) >= 2
    assert all(len(key) == 64 for key, _ in rows)
    assert not any("192.0.2" in part or checker.email in part for row in rows for part in row)


def test_many_other_counts_do_not_push_one_out(checker, monkeypatch):
    """A cache in files would drop a third of them, whichever they are, beyond 300."""
    for number in range(5):
        tries(checker.email, sender=f"192.0.2.{number}")
    for number in range(1_200):
        cache.set(f"other:{number}", [1.0], 300)
    assert tries(checker.email, sender="192.0.2.77")


def test_a_reader_of_pages_leaves_nothing_in_it(client, desk):
    client.get("/")
    client.get("/privacy/")
    assert not Attempt.objects.exists()
