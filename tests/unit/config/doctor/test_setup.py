import pytest
from django.test import override_settings

from kiemtin.config.doctor import setup
from kiemtin.config.doctor.finding import Level


def one(check):
    (found,) = check()
    return found


def test_debug_is_wrong_even_on_a_trial(settings):
    assert one(setup.debug).level is Level.GOOD
    settings.DEBUG = True
    assert one(setup.debug).level is Level.WRONG


@pytest.mark.parametrize(
    ("address", "level"),
    [
        ("http://localhost:8000", Level.NOTE),
        ("http://127.0.0.1:8000", Level.NOTE),
        ("http://[::1]:8000", Level.NOTE),
        ("http://kiemtin.example", Level.WRONG),
        ("http://localhost.example.org", Level.WRONG),
        ("https://kiemtin.example", Level.GOOD),
    ],
)
def test_the_public_must_come_by_tls(settings, address, level):
    settings.KIEMTIN_ADDRESS = address
    assert one(setup.address).level is level


@pytest.mark.parametrize(
    ("address", "proxies", "level"),
    [
        ("http://localhost:8000", 0, Level.GOOD),
        ("https://kiemtin.example", 0, Level.WRONG),
        ("https://kiemtin.example", 1, Level.GOOD),
        ("http://localhost:8000", 1, Level.NOTE),
    ],
)
def test_tls_means_a_proxy(settings, address, proxies, level):
    settings.KIEMTIN_ADDRESS, settings.KIEMTIN_PROXIES = address, proxies
    assert one(setup.proxies).level is level


@pytest.mark.parametrize(
    ("sends", "host", "tls", "level"),
    [
        (False, "", False, Level.NOTE),
        (True, "mail.example", True, Level.GOOD),
        (True, "localhost", False, Level.GOOD),
        (True, "mail.example", False, Level.WRONG),
    ],
)
def test_mail_goes_out_under_tls(settings, sends, host, tls, level):
    settings.KIEMTIN_SENDS_MAIL, settings.EMAIL_HOST, settings.EMAIL_USE_TLS = sends, host, tls
    assert one(setup.mail).level is level


def test_exceptions_for_private_networks_are_named(settings):
    assert list(setup.exceptions()) == []
    settings.KIEMTIN_FETCH_ALLOW = frozenset({("intranet", 80)})
    assert one(setup.exceptions).level is Level.NOTE


PUBLIC = {
    "KIEMTIN_ADDRESS": "https://kiemtin.example",
    "KIEMTIN_PROXIES": 1,
    "ALLOWED_HOSTS": ["kiemtin.example"],
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_SSL_REDIRECT": True,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SECRET_KEY": "".join(f"{number:03}-" for number in range(20)),
}


@pytest.fixture
def with_key(data):
    (data / "secret-key").touch()


def test_django_finds_nothing_on_a_public_site(with_key):
    with override_settings(**PUBLIC):
        assert one(setup.deployment).level is Level.GOOD


@pytest.mark.parametrize(
    ("fields", "finds"),
    [
        ({"SESSION_COOKIE_SECURE": False}, "security.W012"),
        ({"SECURE_SSL_REDIRECT": False}, "security.W008"),
        ({"SECRET_KEY": "short"}, "security.W009"),
    ],
)
def test_what_django_finds_is_told(with_key, fields, finds):
    with override_settings(**(PUBLIC | fields)):
        found = one(setup.deployment)
    assert found.level is Level.WRONG
    assert found.sentence.startswith(finds)


def test_without_a_key_or_on_a_trial_it_is_not_asked(data):
    with override_settings(**PUBLIC):
        assert list(setup.deployment()) == []
    assert list(setup.deployment()) == []


def test_a_redirect_follows_from_address_and_proxies():
    """Read in a process of its own: settings are made of the environment."""
    import os
    import subprocess
    import sys

    script = "from kiemtin.config import settings; print(settings.SECURE_SSL_REDIRECT)"
    for address, proxies, expected in (
        ("https://kiemtin.example", "1", "True"),
        ("https://kiemtin.example", "0", "False"),  # no request would count as secure: it would go round for ever
        ("http://localhost:8000", "1", "False"),
    ):
        environment = os.environ | {"KIEMTIN_ADDRESS": address, "KIEMTIN_PROXIES": proxies}
        done = subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == expected
