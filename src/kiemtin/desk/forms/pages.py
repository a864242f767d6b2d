"""The form of a page that a desk writes about itself."""

from __future__ import annotations

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kiemtin.accounts.enums import PageKind

WHAT_BELONGS: dict[str, tuple[str | Promise, ...]] = {
    PageKind.METHOD: (
        _("how you choose what to check, and who may ask"),
        _("what you take as a source, and how many you need"),
        _("who approves, and what happens if people at the desk disagree"),
        _("what you do not check: opinion, belief, satire, predictions"),
    ),
    PageKind.SCALE: (
        _("what each verdict means to you, with an example"),
        _("what you do when the evidence is not enough"),
    ),
    PageKind.OWNERSHIP: (
        _("who runs the desk: its legal form and who answers for it"),
        _("where the money comes from, with names and shares"),
        _("ties to parties, authorities and companies, also those that are not there"),
    ),
    PageKind.CORRECTIONS: (
        _("how to report an error, and how soon you answer"),
        _("what you do with it: correction, withdrawal, and how askers hear of it"),
    ),
    PageKind.CONTACT: (
        _("mail address, postal address, telephone"),
        _("where to complain if you do not answer"),
    ),
}


class PageForm(forms.Form):
    """The text, and the version that its writer had before them."""

    body = forms.CharField(
        label=_("Text"),
        max_length=100_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 20, "spellcheck": "true"}),
        help_text=_("Markdown: # for a heading, - for a list, **bold**, [words](https://address)."),
    )
    number = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
