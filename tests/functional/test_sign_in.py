"""Into the desk by passkey, by app and by invitation, in a real browser under the real policy."""

import re
import time
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from tests.functional.steps import go_by

PASSWORD = "mot-cau-dai-de-nho"
# What a phone with a fingerprint reader is.
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def base(site):
    """The site by a name: browsers refuse passkeys on a bare IP address."""
    return f"http://localhost:{urlsplit(site.address).port}"


@pytest.fixture
def newcomer(site, base):
    """Make a person on the command line; returns their address and the link at which they choose a password."""
    made = []

    def make(role):
        if not made:
            slug = f"ban-{time.time_ns()}"
            site("desk", "create", slug, "Ban Thử")
            made.append(slug)
        email = f"{role}-{time.time_ns()}@example.org"
        printed = site("person", "add", email, f"Người {role}", "--desk", made[0], "--role", role).stdout
        link = re.search(r"^http\S+/password/reset/key/\S+$", printed, re.MULTILINE)[0]
        return email, link.replace(site.address, base), made[0]

    return make


def choose_password(page, link):
    page.goto(link)
    page.fill("[name=password1]", PASSWORD)
    page.click("main form button:not([type=button])")
    page.wait_for_url("**/key/done/")


def sign_in_by_password(page, base, email):
    page.goto(f"{base}/en/account/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    go_by(page, lambda: page.press("[name=password]", "Enter"))


def sign_out(page, base):
    page.goto(f"{base}/en/account/logout/")
    go_by(page, page.locator("main form button").click)


def code_at(secret, steps=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def test_an_administrator_comes_in_by_passkey(newcomer, base, open_page):
    email, link, slug = newcomer("administrator")
    page = open_page()
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})

    choose_password(page, link)
    sign_in_by_password(page, base, email)
    page.wait_for_url("**/desk/second-factor/")
    page.goto(f"{base}/en/desk/{slug}/people/")
    page.wait_for_url("**/desk/second-factor/")  # no page of the desk before that
    go_by(page, page.locator("main a[href$='/webauthn/add/']").click)
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/")
    assert page.locator(".codes li").count() == 10

    sign_out(page, base)
    page.goto(f"{base}/en/account/login/?next=/en/desk/{slug}/people/")
    page.click("#passkey_login")
    page.wait_for_url(re.compile(rf"^{base}/en/desk/{slug}/people/$"))
    assert email in page.inner_text("main")


def test_an_app_is_set_up_and_its_code_is_asked_for(newcomer, base, open_page):
    email, link, slug = newcomer("editor")
    page = open_page()
    choose_password(page, link)
    sign_in_by_password(page, base, email)
    page.wait_for_url("**/desk/second-factor/")
    page.click("main a[href$='/totp/activate/']")
    secret = page.inner_text("code.secret")
    page.fill("[name=code]", "000000")
    go_by(page, lambda: page.press("[name=code]", "Enter"))
    expect(page.locator("main")).to_contain_text("The code is not right.")
    page.fill("[name=code]", code_at(secret))
    page.press("[name=code]", "Enter")
    page.wait_for_url("**/recovery-codes/")
    spare = page.inner_text(".codes li:first-child")
    page.goto(f"{base}/en/desk/{slug}/pages/")
    assert page.url.endswith(f"/desk/{slug}/pages/")  # not asked again in this session

    sign_out(page, base)
    sign_in_by_password(page, base, email)
    page.wait_for_url("**/2fa/authenticate/")
    page.goto(f"{base}/en/desk/{slug}/pages/")
    page.wait_for_url("**/2fa/authenticate/")  # the password alone opened nothing
    page.fill("[name=code]", code_at(secret, 1))  # a code is good once; a step ahead is within the tolerance
    page.press("[name=code]", "Enter")
    page.wait_for_url("**/desk/**")

    sign_out(page, base)
    sign_in_by_password(page, base, email)
    page.wait_for_url("**/2fa/authenticate/")
    page.fill("[name=code]", spare)
    page.press("[name=code]", "Enter")
    page.wait_for_url("**/desk/**")


def test_an_invitation_goes_by_mail_and_is_accepted_without_javascript(site, newcomer, base, open_page):
    _email, link, slug = newcomer("administrator")
    page = open_page()
    choose_password(page, link)
    sign_in_by_password(page, base, _email)
    page.click("main a[href$='/totp/activate/']")
    page.fill("[name=code]", code_at(page.inner_text("code.secret")))
    page.press("[name=code]", "Enter")
    page.wait_for_url("**/recovery-codes/")
    page.goto(f"{base}/en/desk/{slug}/people/")
    guest = f"khach-{time.time_ns()}@example.org"
    page.fill("[name=email]", guest)
    page.check("[name=role][value=checker]")
    page.select_option("[name=language]", "en")
    page.click("#invite form button")
    page.get_by_text(f"The invitation went to {guest}.").wait_for()
    (message,) = site.inbox.wait(guest)
    invitation = re.search(r"http\S+/desk/invitation/\S+", message.get_content())[0]

    other = open_page(java_script=False)
    other.goto(invitation.replace(site.address, base))
    other.fill("[name=name]", "Khách Mời")
    other.fill("[name=password]", PASSWORD)
    other.click("main form button:not([type=button])")
    other.wait_for_url(f"**/desk/{slug}/")
    used = open_page()
    used.goto(invitation)
    assert "accepted already" in used.inner_text("main")
