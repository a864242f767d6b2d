"""How allauth behaves here: people come by invitation only, and its sentences are ours, in both languages."""

from __future__ import annotations

import base64
import hashlib
import logging
import time
from smtplib import SMTPException
from threading import Thread
from typing import Any, ClassVar
from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kiemtin.accounts.models import User
from kiemtin.staff.logged import log_person

_FRESH = 5 * 60
_LOCKED = 5 * 60
_log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """No sign-up by oneself; mail only if there is a mail server; no second question right after signing in."""

    error_messages: ClassVar[dict[str, str | Promise]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "email_password_mismatch": _("The mail address or the password is not right."),
        "enter_current_password": _("That is not your password."),
        "incorrect_code": _("The code is not right."),
        "incorrect_password": _("That is not your password."),
        "invalid_password_reset": _("This link no longer works."),
        "too_many_login_attempts": _("Too many attempts. Please wait a few minutes."),
        "rate_limited": _("Too many attempts. Please wait a few minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: an invitation makes the account (see `staff.actions.accept_invitation`)."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:  # noqa: ANN401  (allauth's signature)
        """Ask again who it is, unless they signed in, by whatever way, within the last minutes."""
        records = get_authentication_records(self.request, self.request.user)
        if records and abs(time.time() - records[-1]["at"]) < _FRESH:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ANN401
        """Refuse who has tried too often, and note it once while that lasts, if there is such an account."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            key = self._get_login_attempts_cache_key(request, **credentials)
            user = User.objects.filter(email__iexact=key).first()
            if user is not None and cache.add(f"noted:{key}", value=True, timeout=_LOCKED):
                log_person("person.locked-out", user=user, by="web")
            raise

    def reauthenticate(self, user: User, password: str) -> bool:
        """Whether it is this person's password; attempts are counted as at signing in."""
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the link at the public address, whatever host the request named."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.KIEMTIN_ADDRESS + path.replace("UID-KEY", quote(key))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send it, if there is a mail server.

        Beside the answer, which thus takes as long, and says the same, for an address that has no account.
        """
        if settings.KIEMTIN_SENDS_MAIL:
            message = self.render_mail(template_prefix, email, context)
            Thread(target=_send, args=(message,), name="account mail").start()

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:  # noqa: ANN401
        """Return whose attempts are counted: the account's, whatever host and port the request names."""
        return str(credentials.get("email", "")).strip().lower()


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except (OSError, SMTPException):
        _log.exception("a mail on an account could not be sent")


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Our words; secrets of second factors are encrypted in the database, with a key that is not in it."""

    error_messages: ClassVar[dict[str, str | Promise]] = DefaultMFAAdapter.error_messages | {
        "cannot_generate_recovery_codes": _("Recovery codes need a second factor first."),
        "incorrect_code": _("The code is not right."),
    }

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """Return a name for the next passkey."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return what the browser shows as the one who asks."""
        return {"id": super().get_public_key_credential_rp_entity()["id"], "name": settings.MFA_TOTP_ISSUER}

    def encrypt(self, text: str) -> str:
        """Encrypt a secret for the database."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a secret from the database."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    digest = hashlib.sha256(b"kiemtin second factor:" + str(settings.SECRET_KEY).encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
