"""The form of a file that is handed in as the copy of a source."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kiemtin.checks.enums import CopyLicence


class CopyForm(forms.Form):
    """A file, of which source, and who gets it."""

    url = forms.CharField(max_length=4_000, widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("PDF or picture"),
        allow_empty_file=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png,image/webp,image/gif"}),
        help_text=_("Up to 25 MB. Of a picture only what it shows is kept: place, time and device are left out."),
        error_messages={
            "required": _("Choose a file first."),
            "missing": _("Choose a file first."),
            "empty": _("This file is empty. Choose another one."),
        },
    )
    licence = forms.ChoiceField(
        label=_("Who gets this copy?"),
        choices=CopyLicence.choices,
        initial=CopyLicence.NAMED_ONLY,
        widget=forms.RadioSelect,
        help_text=_("Pass on only what is free: laws, official notices, texts under an open licence, your own."),
    )
