"""The form for a token of a program."""

from __future__ import annotations

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kiemtin.accounts.enums import Scope
from kiemtin.staff.actions.make_token import site_of

SCOPE_MEANINGS: dict[str, str | Promise] = {
    Scope.ASK: _("a bot that passes on questions: higher limits, and each question counts as one asker's"),
    Scope.CASES: _("cases and their messages, personal data covered; nothing on who asked"),
    Scope.PAGES: _("what it hands in answers under the publisher's name and in its words, without any review here"),
}
_DAYS = (("30", _("30 days")), ("90", _("90 days")), ("365", _("One year")))


class TokenForm(forms.Form):
    """What a token is for, what it lets do, and for how long."""

    name = forms.CharField(
        label=_("What for"), max_length=100, help_text=_("The program that gets it, for example “Telegram bot”.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it lets do"), choices=Scope.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    publisher_name = forms.CharField(
        label=_("Name of the publisher"),
        max_length=300,
        required=False,
        help_text=_("Only for reviews of a publisher: the name they are shown under."),
    )
    publisher_site = forms.CharField(
        label=_("Site of the publisher"),
        max_length=255,
        required=False,
        help_text=_("For example baokiem.example. Only reviews on this site are taken."),
    )
    days = forms.ChoiceField(label=_("Good for"), choices=_DAYS, initial="90")

    def scope_options(self) -> list[tuple[BoundWidget, str | Promise]]:
        """Return the choices of scopes with what each lets do."""
        return [(option, SCOPE_MEANINGS[option.data["value"]]) for option in self["scopes"].subwidgets]

    def clean(self) -> dict[str, object]:
        """Ask for the publisher where reviews are handed in."""
        cleaned: dict[str, object] = super().clean() or {}
        if Scope.PAGES.value in (cleaned.get("scopes") or ()):  # type: ignore[operator]
            if not cleaned.get("publisher_name"):
                self.add_error("publisher_name", _("Say whose reviews they are."))
            if not site_of(str(cleaned.get("publisher_site") or "")):
                self.add_error("publisher_site", _("This is no site. Write it as baokiem.example."))
        return cleaned
