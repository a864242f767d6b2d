"""Forms for readers."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_REPORT = 4000


class ErrorReportForm(forms.Form):
    """What a reader thinks is wrong with a check. `website` is bait: people do not see it, programs fill it in."""

    text = forms.CharField(
        label=_("What is wrong, and how do you know?"),
        help_text=_("A link to a source helps most. Leave out names, numbers and addresses of private people."),
        max_length=LONGEST_REPORT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))
