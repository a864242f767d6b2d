"""What a session is, and when it ends."""

import re
from importlib import reload

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

import kiemtin.config.settings as product
from kiemtin.accounts.models import Membership
from kiemtin.config.links import password_link
from kiemtin.staff.actions.drop_second_factor import drop_second_factor
from kiemtin.staff.actions.remove_member import remove_member

pytestmark = pytest.mark.django_db
PASSWORD = "mat-khau-thu-nghiem"
FRESH = "mot-cau-khac-dai-hon"
LOGIN = "/en/account/login/"
ACCOUNT = "/en/desk/account/"


@pytest.fixture
def browser(checker):
    """Somebody's browser, signed in as the checker by the sign-in page."""

    def make(user=checker):
        client = Client()
        client.post(LOGIN, {"login": user.email, "password": PASSWORD})
        assert client.get(ACCOUNT).status_code == 200
        return client

    return make


def is_out(client):
    return client.get(ACCOUNT).headers.get("Location", "").startswith(LOGIN)


def test_it_gets_a_new_key_at_sign_in(client, checker):
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    client.post(LOGIN, {"login": checker.email, "password": PASSWORD})
    assert client.cookies["sessionid"].value != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_signing_out_ends_it_also_for_who_has_copied_the_cookie(browser):
    client, thief = browser(), Client()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    assert client.get(reverse("account_logout")).status_code == 200  # asks first
    assert not is_out(thief)
    client.post(reverse("account_logout"))
    assert is_out(client)
    assert is_out(thief)


def test_a_new_password_ends_all_others_and_gives_this_one_a_new_key(browser):
    client, elsewhere = browser(), browser()
    before = client.cookies["sessionid"].value
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": FRESH})
    assert not is_out(client)
    assert client.cookies["sessionid"].value != before
    assert not Session.objects.filter(session_key=before).exists()
    assert is_out(elsewhere)


def test_a_password_chosen_by_a_link_ends_all(browser, checker, client):
    elsewhere = browser()
    checker.refresh_from_db()  # a link does not outlive the next sign-in either
    form = client.get(password_link(checker).removeprefix("http://localhost:8000"))["Location"]
    client.post(form, {"password1": FRESH})
    assert is_out(elsewhere)


def test_leaving_a_desk_ends_all(browser, checker, administrator, other_desk):
    """Also those for another desk: who is taken out signs in again, and comes to what is still theirs."""
    checker.memberships.create(desk=other_desk, role="reader")
    clients = [browser(), browser()]
    stays = browser(administrator)
    remove_member(membership=Membership.objects.get(user=checker, role="checker"), by=administrator)
    assert [is_out(client) for client in (*clients, stays)] == [True, True, False]
    again = browser()
    assert again.get("/en/desk/", follow=True).redirect_chain[-1][0] == f"/en/desk/{other_desk.slug}/"


def test_losing_the_second_factor_ends_all(browser, checker):
    client = browser()
    drop_second_factor(user=checker, by="command-line")
    assert is_out(client)


def test_a_closed_account_is_out_at_once(browser, checker):
    client = browser()
    checker.is_active = False
    checker.save()
    assert is_out(client)


def test_it_outlives_a_change_of_the_key_that_signs(browser, settings):
    client = browser()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-" + "y" * 40
    assert not is_out(client)


def test_its_key_stands_in_no_address_and_no_page(browser):
    client = browser()
    key = client.cookies["sessionid"].value
    for path in ("/en/desk/", ACCOUNT, reverse("mfa_index"), reverse("account_change_password")):
        page = client.get(path, follow=True)
        assert key not in page.content.decode()
        assert not any(key in address for address, _ in page.redirect_chain)


@pytest.fixture
def reloaded(monkeypatch):
    """The settings as an environment makes them."""

    def load(**environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return reload(product)

    yield load
    monkeypatch.undo()
    reload(product)


@pytest.mark.parametrize(("address", "is_secure"), [("https://kiem.example", True), ("http://localhost:8000", False)])
def test_cookies_go_over_https_alone_and_are_for_no_script(reloaded, address, is_secure):
    found = reloaded(KIEMTIN_ADDRESS=address)
    for name in ("SESSION", "CSRF"):
        assert getattr(found, f"{name}_COOKIE_SECURE") is is_secure
        assert getattr(found, f"{name}_COOKIE_HTTPONLY") is True
        assert getattr(found, f"{name}_COOKIE_SAMESITE") == "Lax"
    assert found.LANGUAGE_COOKIE_SECURE is is_secure


def test_cookies_under_https_say_so(client, checker, settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    client.get(LOGIN, secure=True)
    answer = client.post(LOGIN, {"login": checker.email, "password": PASSWORD}, secure=True)
    written = answer.cookies["sessionid"].OutputString()
    for part in ("Secure", "HttpOnly", "SameSite=Lax"):
        assert part in written
    assert re.search(r"Max-Age=(\d+)", written)[1] == str(14 * 86_400)
    csrf = client.get(LOGIN, secure=True).cookies or client.cookies
    assert "HttpOnly" in csrf["csrftoken"].OutputString()


def test_it_ends_after_two_weeks(browser):
    client = browser()
    Session.objects.update(expire_date="2020-01-01T00:00:00Z")
    assert is_out(client)
