import pytest
from django.core.exceptions import ImproperlyConfigured

from kiemtin.config.mail import mail_settings


def test_starttls_is_the_rule():
    assert mail_settings("smtp://ban%40bao:mat%3Akhau@mail.example") == {
        "EMAIL_HOST": "mail.example",
        "EMAIL_PORT": 587,
        "EMAIL_HOST_USER": "ban@bao",
        "EMAIL_HOST_PASSWORD": "mat:khau",
        "EMAIL_USE_SSL": False,
        "EMAIL_USE_TLS": True,
    }


def test_tls_from_the_first_byte_and_none_at_all():
    wrapped = mail_settings("smtps://mail.example")
    assert (wrapped["EMAIL_PORT"], wrapped["EMAIL_USE_SSL"], wrapped["EMAIL_USE_TLS"]) == (465, True, False)
    plain = mail_settings("smtp://localhost:2525?tls=none")
    assert (plain["EMAIL_PORT"], plain["EMAIL_USE_SSL"], plain["EMAIL_USE_TLS"]) == (2525, False, False)


def test_without_an_address_nothing_is_set():
    assert mail_settings("") == {}


@pytest.mark.parametrize("address", ["mail.example", "http://mail.example", "smtp://"])
def test_another_address_is_refused_with_the_form_to_use(address):
    with pytest.raises(ImproperlyConfigured, match="smtp://USER:PASSWORD@HOST:PORT"):
        mail_settings(address)
