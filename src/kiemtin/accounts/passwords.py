"""What a password must be, in words that we translate (Django's own sentence has no Vietnamese)."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import ngettext


class LengthValidator:
    """Refuses short passwords."""

    def __init__(self, min_length: int = 10) -> None:
        self.min_length = min_length

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raise ValidationError (code `password_too_short`) for a password that is shorter."""
        if len(password) < self.min_length:
            raise ValidationError(self.get_help_text(), code="password_too_short")

    def get_help_text(self) -> str:
        """Return the rule in words."""
        sentence = ngettext(
            "A password has at least %(count)d character.",
            "A password has at least %(count)d characters.",
            self.min_length,
        )
        return sentence % {"count": self.min_length}
