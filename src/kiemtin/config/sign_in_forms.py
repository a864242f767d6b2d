"""The forms of the sign-in pages: allauth's, with our words, one field for a new password and no placeholders."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kiemtin.accounts.models import User

# What a field is called and what is said about it, by its name in allauth's forms.
_WORDS: dict[str, tuple[str | Promise, str | Promise]] = {
    "login": (_("Mail address"), ""),
    "email": (_("Mail address"), ""),
    "password": (_("Password"), ""),
    "oldpassword": (_("Your password now"), ""),
    "password1": (_("New password"), _("At least 10 characters. A sentence is easy to remember and hard to guess.")),
    "code": (_("Code"), _("From your authenticator app, or one of your recovery codes.")),
    "name": (_("Name"), ""),
    "passwordless": (_("Signs in by itself, without mail address and password"), ""),
}


class _OurWords:
    """Gives the fields our words."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (handed on as it comes)
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in _WORDS:
                words = _WORDS[name]
                field.label, field.help_text = str(words[0]), str(words[1])


class LoginForm(_OurWords, account.LoginForm):  # type: ignore[misc]  # allauth has no types
    """Mail address and password."""


class ChangePasswordForm(_OurWords, account.ChangePasswordForm):  # type: ignore[misc]
    """The password now and a new one."""


class SetPasswordForm(_OurWords, account.SetPasswordForm):  # type: ignore[misc]
    """A password for an account that has none."""


class ResetPasswordForm(_OurWords, account.ResetPasswordForm):  # type: ignore[misc]
    """Where to send the link."""

    def save(self, request: HttpRequest, **kwargs: Any) -> str:  # noqa: ANN401
        """Send the link. For an address without an account as much is worked out, and thrown away: none can be told."""
        if not self.users and settings.KIEMTIN_SENDS_MAIL:
            nobody, adapter = User(pk=0), get_adapter()
            link = adapter.get_reset_password_from_key_url(f"0-{PasswordResetTokenGenerator().make_token(nobody)}")
            context = {"user": nobody, "password_reset_url": link}
            adapter.render_mail("account/email/password_reset_key", self.cleaned_data["email"], context)
        return str(super().save(request, **kwargs))


class ResetPasswordKeyForm(_OurWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password for who holds the link."""


class ReauthenticateForm(_OurWords, account.ReauthenticateForm):  # type: ignore[misc]
    """The password again."""


class _CodeField(_OurWords):
    """A code: digits on a phone's keyboard, and the field that one wants to be in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autofocus": True, "spellcheck": "false"}


class AuthenticateForm(_CodeField, mfa.AuthenticateForm):  # type: ignore[misc]
    """The code at signing in."""


class ReauthenticateCodeForm(_CodeField, mfa.ReauthenticateForm):  # type: ignore[misc]
    """The code again."""


class ActivateTOTPForm(_CodeField, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = ""


class AddWebAuthnForm(_OurWords, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """The name of a new passkey, and whether it signs in by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True


class EditWebAuthnForm(_OurWords, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """Another name."""
