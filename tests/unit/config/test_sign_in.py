"""Signing in, from the outside: allauth with our pages, words and rules."""

import datetime as dt
import re
import threading
import time
from smtplib import SMTPException
from unittest.mock import patch

import allauth
import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.template.loader import get_template
from django.test import Client
from django.test.signals import template_rendered
from django.urls import reverse

from kiemtin.config import adapter
from kiemtin.config.links import password_link
from tests.patience import PATIENCE

pytestmark = pytest.mark.django_db

PASSWORD = "mat-khau-thu-nghiem"
SECRET = "JBSWY3DPEHPK3PXP"
LOGIN = "/en/account/login/"


@pytest.fixture(autouse=True)
def no_limits_of_other_tests():
    cache.clear()


@pytest.fixture
def rendered():
    """Collect the templates that are used."""
    found = []

    def note(template, **kwargs):
        found.append(template)

    template_rendered.connect(note)
    yield found
    template_rendered.disconnect(note)


def code_now():
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))


def sign_in(client, user, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": user.email, "password": password} | more)


# Pages


def test_every_page_of_allauth_that_can_be_reached_is_ours(client, editor, rendered):
    for name in ("account_login", "account_reset_password", "account_reset_password_done", "account_inactive"):
        assert client.get(reverse(name)).status_code == 200
    client.get(reverse("account_reset_password_from_key_done"))
    client.get(reverse("account_reset_password_from_key", args=["x", "y"]))
    sign_in(client, editor)
    authenticator = Authenticator.objects.create(
        user=editor, type=Authenticator.Type.WEBAUTHN, data={"name": "Khóa", "credential": {}}
    )
    TOTP.activate(editor, SECRET)
    RecoveryCodes.activate(editor)
    names = [
        "account_logout",
        "account_reauthenticate",
        "account_change_password",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_list_webauthn",
    ]
    addresses = [reverse(name) for name in names]
    addresses += [reverse(name, args=[authenticator.pk]) for name in ("mfa_remove_webauthn", "mfa_edit_webauthn")]
    for address in addresses:
        assert client.get(address).status_code == 200, address
    Authenticator.objects.filter(type=Authenticator.Type.TOTP).delete()
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    editor.set_unusable_password()
    editor.save()
    client.force_login(editor)
    assert client.get(reverse("account_set_password")).status_code == 200
    foreign = allauth.__path__[0]
    assert {t.name for t in rendered if t.origin.name.startswith(foreign)} == set()


@pytest.mark.parametrize(
    "name",
    [
        "account/messages/logged_in.txt",
        "account/messages/logged_out.txt",
        "account/messages/password_changed.txt",
        "account/messages/password_set.txt",
        "account/email/password_reset_key_message.txt",
        "account/email/password_reset_key_subject.txt",
        "mfa/messages/recovery_codes_generated.txt",
        "mfa/messages/totp_activated.txt",
        "mfa/messages/totp_deactivated.txt",
        "mfa/messages/webauthn_added.txt",
        "mfa/messages/webauthn_removed.txt",
        "mfa/authenticate.html",
        "mfa/webauthn/add_form.html",
        "mfa/webauthn/reauthenticate.html",
        "429.html",
    ],
)
def test_what_is_said_beside_them_is_ours_too(name):
    assert not get_template(name).origin.name.startswith(allauth.__path__[0])


@pytest.mark.parametrize("path", ["signup/", "email/", "confirm-email/", "confirm-email/x/", "login/code/confirm/"])
def test_nobody_makes_an_account_or_changes_their_address_by_themselves(client, editor, path):
    assert client.get(f"/en/account/{path}").status_code == 404
    client.force_login(editor)
    assert client.post(f"/en/account/{path}", {"email": "x@example.org"}).status_code == 404


def test_no_page_runs_a_script_that_stands_in_it(client, editor):
    """The policy allows files only; what stands in the page is data."""
    sign_in(client, editor)
    pages = [Client().get(LOGIN), client.get(reverse("mfa_add_webauthn"))]
    for page in pages:
        inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", page.content.decode())
        assert inline
        assert all('type="application/json"' in attributes for attributes in inline)
        assert "script-src 'self'" in page["Content-Security-Policy"]


# Password


def test_a_wrong_password_and_an_unknown_address_are_told_the_same(client, checker):
    wrong = sign_in(client, checker, "falsch-und-lang")
    unknown = client.post(LOGIN, {"login": "x@example.org", "password": PASSWORD})
    for answer in (wrong, unknown):
        assert "The mail address or the password is not right." in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_address_may_be_written_large(client, checker):
    answer = client.post(LOGIN, {"login": checker.email.upper(), "password": PASSWORD})
    assert answer["Location"] == "/en/desk/"


def test_guessing_is_slowed_down(client, checker):
    answers = [sign_in(client, checker, f"geraten-{number}").content.decode() for number in range(12)]
    assert "Too many attempts. Please wait a few minutes." in answers[-1]
    assert "Too many attempts" in sign_in(client, checker).content.decode()


def test_a_closed_account_does_not_get_in(client, checker):
    checker.is_active = False
    checker.save()
    sign_in(client, checker)
    assert "_auth_user_id" not in client.session


def test_one_does_not_go_on_to_a_foreign_site(client, checker):
    assert sign_in(client, checker, next="https://evil.example/")["Location"] == "/en/desk/"


# Second factor


def test_with_a_second_factor_the_password_alone_opens_nothing(client, editor, desk):
    TOTP.activate(editor, SECRET)
    assert sign_in(client, editor)["Location"] == reverse("mfa_authenticate")
    assert client.get(f"/en/desk/{desk.slug}/pages/")["Location"].startswith(LOGIN)
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "The code is not right." in wrong.content.decode()
    assert client.post(reverse("mfa_authenticate"), {"code": code_now()})["Location"] == "/en/desk/"
    assert client.get(f"/en/desk/{desk.slug}/pages/").status_code == 200


def test_a_recovery_code_is_good_once(checker):
    TOTP.activate(checker, SECRET)
    code = RecoveryCodes.activate(checker).get_unused_codes()[0]
    answers = []
    for _ in range(2):
        client = Client()
        sign_in(client, checker)
        answers.append(client.post(reverse("mfa_authenticate"), {"code": code}).status_code)
    assert answers == [302, 200]


def test_its_secrets_are_not_in_the_database_as_they_are(checker):
    TOTP.activate(checker, SECRET)
    codes = RecoveryCodes.activate(checker)
    stored = " ".join(str(data) for data in Authenticator.objects.values_list("data", flat=True))
    assert SECRET not in stored
    assert codes.get_unused_codes()[0] not in stored
    assert adapter.MFAAdapter().decrypt(Authenticator.objects.get(type="totp").data["secret"]) == SECRET


def test_right_after_signing_in_nobody_asks_again_and_later_they_do(client, checker):
    sign_in(client, checker)
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time() - 301}]
    session.save()
    answer = client.get(reverse("mfa_activate_totp"))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    wrong = client.post(answer["Location"], {"password": "falsch"})
    assert "That is not your password." in wrong.content.decode()
    right = client.post(answer["Location"], {"password": PASSWORD, "next": reverse("mfa_activate_totp")})
    assert right["Location"] == reverse("mfa_activate_totp")
    assert client.get(right["Location"]).status_code == 200


def test_a_passkey_is_given_a_name_and_signs_in_by_itself(client, checker):
    sign_in(client, checker)
    form = client.get(reverse("mfa_add_webauthn")).context["form"]
    assert (form.initial["name"], form["passwordless"].initial) == ("Passkey 1", True)


# Forgotten password


@pytest.fixture
def mails(settings):
    """What was sent, when all that is under way has been."""
    settings.KIEMTIN_SENDS_MAIL = True
    settings.KIEMTIN_ADDRESS = "https://kiem.example"

    def sent():
        for thread in threading.enumerate():
            if thread.name == "account mail":
                thread.join()
        return mail.outbox

    return sent


def test_the_link_comes_by_mail_at_the_public_address_and_is_good_once(client, checker, mails):
    client.post("/en/account/password/reset/", {"email": checker.email}, headers={"host": "localhost"})
    (message,) = mails()
    assert (message.subject, message.to) == ("Kiểm Tin: choose a new password", [checker.email])
    path = re.search(r"^https://kiem\.example(/en/account/password/reset/key/\S+)$", message.body, re.M)[1]
    form = client.get(path)["Location"]
    assert client.post(form, {"password1": "ngan"}).status_code == 200
    assert client.post(form, {"password1": "mot-cau-khac-dai-hon"}).status_code == 302
    checker.refresh_from_db()
    assert checker.check_password("mot-cau-khac-dai-hon")
    assert "This link no longer works" in Client().get(path).content.decode()


def test_the_link_is_good_for_three_days(checker, settings):
    settings.KIEMTIN_ADDRESS = ""
    made = dt.datetime.now() - dt.timedelta(days=3)
    links = []
    for early in (dt.timedelta(minutes=-1), dt.timedelta(minutes=1)):
        with patch.object(PasswordResetTokenGenerator, "_now", return_value=made - early):
            links.append(password_link(checker))
    said = ["This link no longer works" in Client().get(link, follow=True).content.decode() for link in links]
    assert said == [False, True]


def test_a_link_of_another_is_none(checker, editor, client):
    """The end of a link is bound to whom it was made for."""
    link, other = (password_link(one).removeprefix("http://localhost:8000") for one in (checker, editor))
    mixed = link.rsplit("/", 2)[0] + "/" + other.split("/")[-2].split("-")[0] + "-" + link.split("-", 1)[1]
    assert "This link no longer works" in client.get(mixed, follow=True).content.decode()
    assert "This link no longer works" not in client.get(link, follow=True).content.decode()


def test_who_has_no_account_gets_no_mail_and_is_told_the_same(client, checker, mails):
    pages = [
        client.post("/en/account/password/reset/", {"email": email}, follow=True).content.decode()
        for email in ("x@example.org", checker.email)
    ]
    assert [message.to for message in mails()] == [[checker.email]]
    assert pages[0] == pages[1]
    assert "If that address has an account here" in pages[0]


def test_as_much_is_worked_out_for_an_address_without_account(client, checker, mails, rendered):
    used = []
    for email in ("x@example.org", checker.email):
        rendered.clear()
        client.post("/en/account/password/reset/", {"email": email})
        used.append([template.name for template in rendered])
    assert used[0] == used[1]
    assert "account/email/password_reset_key_message.txt" in used[0]


def test_nobody_waits_for_the_mail_server_and_its_failure_tells_nothing(client, checker, mails, monkeypatch, caplog):
    """Only to who has an account would it be said."""
    answered = threading.Event()

    def broken(message, *arguments, **options):
        assert answered.wait(PATIENCE)
        raise SMTPException

    monkeypatch.setattr(EmailMessage, "send", broken)
    page = client.post("/en/account/password/reset/", {"email": checker.email}, follow=True).content.decode()
    answered.set()
    assert mails() == []
    assert "could not be sent" not in page
    assert "a mail on an account could not be sent" in caplog.text
    assert checker.email not in caplog.text


def test_without_a_mail_server_it_says_who_can_help(client, checker):
    page = client.get("/en/account/password/reset/").content.decode()
    assert "kiemtin person link" in page
    client.post("/en/account/password/reset/", {"email": checker.email})
    assert mail.outbox == []


def test_the_link_of_the_command_line_opens_the_same_page(client, checker, settings):
    settings.KIEMTIN_ADDRESS = "https://kiem.example"
    link = password_link(checker)
    assert link.startswith("https://kiem.example/en/account/password/reset/key/")
    form = client.get(link.removeprefix("https://kiem.example"))["Location"]
    client.post(form, {"password1": "mot-cau-khac-dai-hon"})
    checker.refresh_from_db()
    assert checker.check_password("mot-cau-khac-dai-hon")


def test_the_password_is_changed_by_who_knows_the_old_one(client, checker):
    sign_in(client, checker)
    address = reverse("account_change_password")
    given = {"oldpassword": "falsch", "password1": "mot-cau-khac-dai-hon"}
    assert "That is not your password." in client.post(address, given).content.decode()
    assert client.post(address, given | {"oldpassword": PASSWORD}).status_code == 302
    checker.refresh_from_db()
    assert checker.check_password("mot-cau-khac-dai-hon")
