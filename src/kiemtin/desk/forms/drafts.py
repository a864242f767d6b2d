"""The form of a working copy: its texts, and a form for each source."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kiemtin.checks.completeness import CLAIM_LENGTH
from kiemtin.checks.draft import DraftContent, SourceContent
from kiemtin.checks.enums import Interest, SourceKind, Topic, Verdict

MOST_SOURCES = 30


class DraftForm(forms.Form):
    """What an author writes. Nothing is required: a draft is saved as it is, and says what it lacks."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    claim = forms.CharField(
        label=_("The claim, in one sentence"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "data-count": "claim-count", "data-advised": str(CLAIM_LENGTH)}),
        help_text=_("As people say it, nothing added and nothing taken away; best within 75 characters."),
    )
    verdict = forms.ChoiceField(label=_("Verdict"), required=False, choices=[("", ""), *Verdict.choices])
    summary = forms.CharField(
        label=_("Summary: why, in one or two sentences"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3, "data-count": "summary-count", "data-advised": "300"}),
        help_text=_("This is what an asker reads first, on a phone."),
    )
    topic = forms.ChoiceField(label=_("Topic"), required=False, choices=[("", _("Choose…")), *Topic.choices])
    body = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=100_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "class": "body", "spellcheck": "true"}),
        help_text=_("Markdown: ## for a heading, - for a list, **bold**, [words](https://address)."),
    )
    wordings = forms.CharField(
        label=_("Other wordings"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line. They are searched and not shown."),
    )
    note = forms.CharField(
        label=_("Public note: what is corrected, and why"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands on the page with its date, and goes to everyone who got the earlier answer."),
    )

    def __init__(self, *args: Any, is_correction: bool = False, language: str = "", **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        if not is_correction:
            del self.fields["note"]
        for name in ("claim", "summary", "body", "wordings", "note"):
            if language and name in self.fields:
                self.fields[name].widget.attrs["lang"] = language


class SourceForm(forms.Form):
    """One piece of evidence."""

    url = forms.CharField(
        label=_("Address"), required=False, max_length=4_000, widget=forms.URLInput(attrs={"placeholder": "https://"})
    )
    title = forms.CharField(label=_("Title"), required=False, max_length=500)
    publisher = forms.CharField(label=_("Published by"), required=False, max_length=300)
    kind = forms.ChoiceField(
        label=_("How near is it?"),
        required=False,
        choices=SourceKind.choices,
        initial=SourceKind.SECONDARY,
        widget=forms.RadioSelect,
    )
    interest = forms.ChoiceField(
        label=_("How does it stand to whoever the claim is about?"),
        required=False,
        choices=Interest.choices,
        widget=forms.RadioSelect,
    )
    shows = forms.CharField(label=_("What it shows, in one sentence"), required=False, max_length=1_000)
    accessed = forms.DateField(
        label=_("Read on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    recheck_on = forms.DateField(
        label=_("Look again on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


SourceFormSet = forms.formset_factory(
    SourceForm, extra=0, can_delete=True, can_order=False, max_num=MOST_SOURCES, absolute_max=MOST_SOURCES + 5
)


def initial_of(content: DraftContent, version: int) -> dict[str, object]:
    """Return what the form shows of a content."""
    names = ("claim", "verdict", "summary", "topic", "body", "note")
    texts: dict[str, object] = {name: getattr(content, name) for name in names}
    return texts | {"version": version, "wordings": "\n".join(content.wordings)}


def initial_sources(content: DraftContent) -> list[dict[str, object]]:
    """Return what the forms of the sources show."""
    return [{name: getattr(source, name) for name in source.__slots__} for source in content.sources]


def content_of(form: DraftForm, sources: forms.BaseFormSet[SourceForm]) -> DraftContent:
    """Return what was written; both must be valid."""
    data = form.cleaned_data
    written = tuple(
        SourceContent(**{name: one[name] for name in SourceContent.__slots__ if name in one})
        for one in (source.cleaned_data for source in sources.forms)
        if one and not one.get("DELETE")
    )
    return DraftContent(
        claim=data["claim"],
        verdict=data["verdict"],
        summary=data["summary"],
        body=data["body"],
        topic=data["topic"],
        note=data.get("note", ""),
        wordings=tuple(data["wordings"].splitlines()),
        sources=written,
    )
