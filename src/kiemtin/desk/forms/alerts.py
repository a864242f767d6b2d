"""The form of a scam alert: its texts, and which checks it gathers in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kiemtin.checks.alerts import AlertContent, AlertGap, choosable, in_order
from kiemtin.checks.models import FactCheck

_FOUND = 10
_LAST = 999


class AlertForm(forms.Form):
    """What an author writes; only the title is required. The checks stand beside it: see `chosen_numbers`."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("Title"),
        max_length=300,
        error_messages={"required": AlertGap.TITLE.label},
        help_text=_("What the scam looks like, in a few words. Name no person."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=50_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "class": "body", "spellcheck": "true"}),
        help_text=_(
            "How the scam goes, how to recognise it, what to do. Markdown: ## for a heading, - for a list, **bold**, "
            "[words](https://address)."
        ),
    )
    note = forms.CharField(
        label=_("Public note: what is corrected, and why"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands on the page of the alert, with its date."),
    )

    def __init__(self, *args: Any, is_correction: bool = False, language: str = "", **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        del self.fields["language" if is_correction else "note"]
        for name in ("title", "text", "note"):
            if language and name in self.fields:
                self.fields[name].widget.attrs["lang"] = language


@dataclass(frozen=True, slots=True)
class Choice:
    """A check that can be ticked: whether it is, and at which place."""

    check: FactCheck
    place: int
    is_chosen: bool

    @property
    def is_fallen(self) -> bool:
        """Whether it was withdrawn since it was chosen."""
        return not self.check.is_answer


def initial_of(content: AlertContent, version: int) -> dict[str, object]:
    """Return what the form shows of a content."""
    return {
        "title": content.title,
        "text": content.text,
        "note": content.note,
        "language": content.language,
        "version": version,
    }


def content_of(form: AlertForm, numbers: Sequence[int]) -> AlertContent:
    """Return what was written; the form must be valid."""
    data = form.cleaned_data
    return AlertContent(
        title=data["title"],
        text=data["text"],
        checks=tuple(numbers),
        note=data.get("note", ""),
        language=data.get("language", ""),
    )


def chosen_numbers(sent: QueryDict, desk_id: int) -> tuple[int, ...]:
    """Return the checks of the desk that are ticked, by their places; those without one come last, as they were sent.

    What was never published, or by another desk, is passed over.
    """
    numbers = [found for one in sent.getlist("check") if (found := _number(one))]
    own = {check.pk for check in in_order(numbers) if check.desk_id == desk_id}
    kept = dict.fromkeys(number for number in numbers if number in own)
    return tuple(sorted(kept, key=lambda number: _number(sent.get(f"place-{number}", "")) or _LAST))


def choices(numbers: Sequence[int], desk_id: int, words: str = "") -> list[Choice]:
    """Return the ticked checks in their order, and after them what a search among the desk's published ones finds."""
    chosen = [Choice(check, place, is_chosen=True) for place, check in enumerate(in_order(numbers), start=1)]
    found = choosable(desk_id, words).exclude(pk__in=numbers)[:_FOUND]
    return [*chosen, *(Choice(check, 0, is_chosen=False) for check in found)]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0
