"""What the log is searched for, as it stands in an address."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django import forms
from django.db.models import F, Q, QuerySet, TextChoices
from django.http import QueryDict
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from kiemtin.accounts.models import Desk
from kiemtin.audit.models import Event
from kiemtin.desk.event_lines import actor_names
from kiemtin.desk.log_labels import KINDS, PROGRAMS

_OBJECTS = {
    "case": ("case",),
    "check": ("fact-check",),
    "evidence": ("fact-check",),
    "alert": ("scam-alert",),
    "source": ("source",),
    "token": ("token",),
    "reply": ("reply", "fact-check"),
}
"""What a number means, by what the log is narrowed to."""

_NUMBERED = ("case", "fact-check", "message", "scam-alert", "source", "token", "reply", "view", "page", "invitation")
"""What it may mean where the log is not narrowed: naming the kinds lets the index on them be used."""


class Where(TextChoices):
    """Whose events."""

    DESK = "", _("This desk")
    INSTALLATION = "installation", _("The whole installation")


class LogFilter(forms.Form):
    """Which events to list, newest first. What cannot be read filters nothing: an old address still opens."""

    kind = forms.ChoiceField(label=_("What was done"), required=False)
    who = forms.ChoiceField(label=_("Who"), required=False)
    number = forms.RegexField(
        r"#?\s*[0-9]{1,15}",
        label=_("To which number"),
        required=False,
        help_text=_("Of a case, fact-check, alert …"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "8"}),
    )
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    where = forms.ChoiceField(label=_("Where"), choices=Where.choices, required=False)

    def __init__(self, data: QueryDict, *, desk: Desk) -> None:
        super().__init__(data, auto_id="log-%s")
        self.desk = desk
        kinds = [("", _("Everything")), *((name, kind.label) for name, kind in KINDS.items())]
        cast(forms.ChoiceField, self.fields["kind"]).choices = kinds
        cast(forms.ChoiceField, self.fields["who"]).choices = [("", _("Everybody")), *_actors(desk)]
        self.is_valid()

    @property
    def is_set(self) -> bool:
        """Whether anything is filtered."""
        return any(self.cleaned_data.get(name) for name in self.fields)

    @property
    def query(self) -> str:
        """The filter as it stands in an address."""
        values = {name: self.cleaned_data.get(name) or "" for name in self.fields}
        return urlencode({name: str(value) for name, value in values.items() if value})

    def hidden(self) -> list[tuple[str, str]]:
        """Return what a form must send to filter in the same way."""
        return [(name, str(value)) for name in self.fields if (value := self.cleaned_data.get(name))]

    def events(self) -> QuerySet[Event]:
        """Return the events that fit, newest first. Those of other desks are never among them."""
        given = self.cleaned_data
        is_whole = given.get("where") == Where.INSTALLATION
        found = Event.objects.filter(desk="" if is_whole else self.desk.slug).order_by("-pk")
        if name := given.get("kind"):
            found = found.filter(_of_kind(name))
            if KINDS[name].is_rare:
                # Sorted by what is no column: else the database reads all events of the desk, to spare sorting a few.
                found = found.order_by((F("pk") + 0).desc())
        if who := given.get("who"):
            found = found.filter(_by(who))
        if number := given.get("number"):
            kinds = _OBJECTS.get(str(name), _NUMBERED)
            found = found.filter(object_id=number.strip("# "), object_type__in=kinds)
        if since := given.get("since"):
            found = found.filter(at__gte=_morning(since))
        if until := given.get("until"):
            found = found.filter(at__lt=_morning(until + dt.timedelta(days=1)))
        return found


def _of_kind(name: str) -> Q:
    kind = KINDS[name]
    if kind.is_rare:
        return Q(verb__in=kind.verbs)
    found = Q()
    for beginning in kind.beginnings:
        found |= Q(verb__startswith=beginning)
    return found


def _by(who: str) -> Q:
    """Select what somebody did, and what was done to their account."""
    number = who.removeprefix("user-")
    return Q(actor=who) | Q(object_type="person", object_id=number) if number != who else Q(actor=who)


def _actors(desk: Desk) -> list[tuple[str, str]]:
    """Return whom the log can be narrowed to: who is in the desk or was, its tokens, and parts of the program."""
    there = {f"user-{pk}" for pk in desk.memberships.values_list("user", flat=True)}
    # Told apart here: a DISTINCT would lead the database over all events of the desk instead of these few.
    rows = Event.objects.filter(desk=desk.slug, verb__in=["people.changed", "invitation.accepted"]).order_by()
    for actor, kind, number in rows.values_list("actor", "object_type", "object_id"):
        there |= {actor} | ({f"user-{number}"} if kind == "person" else set())
    people = {actor: name for actor, name in actor_names(there).items() if actor.startswith("user-")}
    tokens = actor_names(f"token-{pk}" for pk in desk.api_tokens.order_by("pk").values_list("pk", flat=True))
    programs = [(actor, str(word)) for actor, word in PROGRAMS.items()]
    return [*sorted(people.items(), key=lambda pair: pair[1].casefold()), *tokens.items(), *programs]


def _morning(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
