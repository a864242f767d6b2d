"""Links that are handed to people."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from kiemtin.accounts.models import User


def password_link(user: User) -> str:
    """Return the address at which a person chooses a password: good for three days and one use."""
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return f"{settings.KIEMTIN_ADDRESS}{reverse('account_reset_password_from_key', kwargs=key)}"
