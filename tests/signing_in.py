"""Clients that are signed in as people of the cast. Every room's tests use it."""

import time

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.userkit import user_id_to_str
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def give_factor():
    """Set up an authenticator app for a person."""

    def give(user):
        return TOTP.activate(user, SECRET).instance

    return give


@pytest.fixture
def sign_in(give_factor):
    """Return a client that is signed in as a person, by default with a second factor, as after the sign-in page."""

    def sign(user, *, second_factor=True, **options):
        client = Client(**options)
        client.force_login(user)
        records = [{"method": "password", "at": time.time(), "email": user.email}]
        if second_factor:
            if not user.authenticator_set.exists():
                give_factor(user)
            records.append({"method": "mfa", "at": time.time(), "type": "totp"})
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = records
        session["account_authentication_methods_user"] = user_id_to_str(user)
        session.save()
        return client

    return sign
