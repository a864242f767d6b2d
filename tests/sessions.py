"""Sessions of people, made in the database: for programs of their own that make a whole site."""

import time

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.userkit import user_id_to_str
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from kiemtin.accounts.models import User


def session(user: User) -> str:
    """A session of somebody who has signed in with both factors and need not confirm that again for ten minutes."""
    later = time.time() + 290  # a time to come is as fresh as one that is as long past
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store["account_authentication_methods_user"] = user_id_to_str(user)
    store[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": later, "email": user.email},
        {"method": "mfa", "type": "totp", "at": later},
    ]
    store.create()
    return str(store.session_key)
