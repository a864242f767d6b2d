"""Forms on people: inviting, roles, accepting, one's own name."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.forms.boundfield import BoundWidget
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kiemtin.accounts.enums import Role
from kiemtin.accounts.models import User

ROLE_MEANINGS: dict[str, str | Promise] = {
    Role.READER: _("sees everything, changes nothing"),
    Role.CHECKER: _("works on cases and writes fact-checks"),
    Role.EDITOR: _("also approves, publishes and withdraws what others wrote"),
    Role.ADMINISTRATOR: _("also looks after people and sees the log"),
}


class InviteForm(forms.Form):
    """Whom to invite, as what, in which language the mail is written."""

    email = forms.EmailField(label=_("Mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(
        label=_("Role"), choices=Role.choices, initial=Role.CHECKER.value, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=settings.LANGUAGES)

    def roles(self) -> list[tuple[BoundWidget, str | Promise]]:
        """Return the choices of the role with what each may do."""
        return [(option, ROLE_MEANINGS[option.data["value"]]) for option in self["role"].subwidgets]


class RoleForm(forms.Form):
    """Another role."""

    role = forms.ChoiceField(choices=Role.choices)


class JoinForm(forms.Form):
    """What somebody new says of themselves."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        help_text=_("What you write is published under it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=_("At least 10 characters. A sentence is easy to remember and hard to guess."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: object, email: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as it comes
        self.email = email

    def clean_password(self) -> str:
        """Check it against the rules for passwords."""
        password: str = self.cleaned_data["password"]
        validate_password(password, User(email=self.email, name=self.cleaned_data.get("name", "")))
        return password


class NameForm(forms.Form):
    """One's own name."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        help_text=_("What you write is published under it. What is published already keeps the name it has."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
