"""The form of a source of reviews."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundWidget
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kiemtin.exchange.models import ReviewSource
from kiemtin.exchange.source_form import SourceContent
from kiemtin.exchange.sources import Schedule, SourceKind

KIND_MEANINGS: dict[str, str | Promise] = {
    SourceKind.DESK: _("The address of the desk is enough. What it publishes answers here within a minute."),
    SourceKind.DATAFEED: _("One file with all reviews of the publisher, or of many publishers."),
    SourceKind.PAGES: _("Each page by its address, one a line."),
    SourceKind.SITEMAP: _("All pages that the site map lists, read little by little."),
    SourceKind.COFACTS: _(
        "One zip file with the tables articles, article_replies and replies, or one address for each."
    ),
}


class SourceForm(forms.Form):
    """What an editor says of a source; `exchange.source_form` checks it."""

    kind = forms.ChoiceField(
        label=_("What stands at the address"),
        choices=SourceKind.choices,
        initial=SourceKind.DATAFEED.value,
        widget=forms.RadioSelect,
    )
    address = forms.CharField(
        label=_("Address"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "autocapitalize": "none"}),
        help_text=_("Begins with https:// or http://. Nothing is fetched from private networks."),
    )
    name = forms.CharField(label=_("What the desk calls it"), max_length=200)
    publisher = forms.CharField(
        label=_("Publisher"),
        max_length=300,
        required=False,
        help_text=_("Its reviews are shown under this name."),
    )
    licence = forms.CharField(
        label=_("Licence of its reviews"),
        max_length=1000,
        help_text=_("An address or a name, as its publisher gives it. It stands with each answer."),
    )
    every = forms.TypedChoiceField(
        label=_("How often it is looked at"), choices=Schedule.choices, coerce=int, initial=Schedule.HOUR.value
    )
    site = forms.CharField(
        label=_("Host of the publisher"),
        max_length=255,
        required=False,
        help_text=_("Only if it is another than that of the address. Only reviews that stand there are taken."),
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "none"}),
    )
    is_collection = forms.BooleanField(
        label=_("The feed holds reviews of many publishers: each keeps its own publisher's name"), required=False
    )
    within = forms.CharField(
        label=_("Only pages with this in their address"),
        max_length=200,
        required=False,
        help_text=_("For site maps, such as /fact-check/: not a whole newspaper is read then."),
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "none"}),
    )
    language = forms.ChoiceField(
        label=_("Language of its reviews"),
        choices=[("", _("Each review says it")), *settings.LANGUAGES],
        required=False,
        help_text=_("For reviews that do not say it themselves."),
    )

    def kinds(self) -> list[tuple[BoundWidget, str | Promise]]:
        """Return the choices of the kind with what each means."""
        return [(option, KIND_MEANINGS[option.data["value"]]) for option in self["kind"].subwidgets]

    def content(self) -> SourceContent:
        """Return what was said."""
        return SourceContent(**self.cleaned_data)

    @staticmethod
    def initial_of(source: ReviewSource) -> dict[str, object]:
        """Return what the form of a stored source begins with."""
        return {name: getattr(source, name) for name in SourceForm.base_fields}
