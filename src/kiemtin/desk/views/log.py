"""What happened at a desk, from the newest, for its administrators. Nothing in the log can be changed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _

from kiemtin.accounts.enums import PageKind, Role
from kiemtin.accounts.models import User
from kiemtin.audit.models import Event
from kiemtin.checks.workflow import Action
from kiemtin.desk.access import DeskRequest, desk_view
from kiemtin.desk.log_labels import KINDS, PROGRAMS, VERBS, verb_label
from kiemtin.desk.worker_state import worker_state

_PAGE = 50
# What is done rarely is found by the index on verbs; for the rest the newest events are read until a page is full.
_RARE = {
    "people": ("people.", "invitation.", "desk."),
    "page": ("page.",),
    "token": ("token.", "page-markup."),
    "source": ("source.",),
}
_USER = re.compile(r"user-(\d+)")
_TOKEN = re.compile(r"token-(\d+)")


@dataclass(frozen=True, slots=True)
class Line:
    """One event in words."""

    event: Event
    who: str
    what: str
    more: str


@desk_view(Action.SEE_LOG)
def log(request: DeskRequest) -> HttpResponse:
    """Show the events of the desk, narrowed to a kind or a person, older ones page by page."""
    kind, person = request.GET.get("kind", ""), _number(request.GET, "person")
    before = _number(request.GET, "before")
    events = list(_events(request, kind, person, before)[: _PAGE + 1])
    shown, has_more = events[:_PAGE], len(events) > _PAGE
    context = {
        "nav": "log",
        "lines": lines(shown),
        "kinds": KINDS.items(),
        "kind": kind,
        "person": person,
        "people": request.desk.memberships.select_related("user").order_by("user__name"),
        "is_first": not before,
        "older": _address(request.GET, before=shown[-1].pk) if has_more else "",
        "newest": _address(request.GET, before=None),
        **worker_state(),
    }
    return render(request, "desk/log.html", context)


def _events(request: DeskRequest, kind: str, person: int, before: int) -> QuerySet[Event]:
    """Return them, newest first. Pages are cut by number: a count of a log that only grows would cost ever more."""
    events = Event.objects.filter(detail__desk=request.desk.slug).order_by("-pk")
    if kind in _RARE:
        events = events.filter(verb__in=[verb for verb in VERBS if verb.startswith(_RARE[kind])])
    elif kind in KINDS:
        events = events.filter(verb__startswith=f"{kind}.")
    if person:
        events = events.filter(actor=f"user-{person}")
    return events.filter(pk__lt=before) if before else events


def lines(events: Iterable[Event]) -> list[Line]:
    """Return events in words."""
    names = _names(events)
    return [Line(event, _who(event.actor, names), verb_label(event), _more(event, names)) for event in events]


def _names(events: Iterable[Event]) -> dict[int, str]:
    """Return the names of all people in the events: one query."""
    numbers = {int(found[1]) for event in events if (found := _USER.fullmatch(event.actor))}
    numbers |= {int(e.object_id) for e in events if e.object_type == "person" and e.object_id.isdigit()}
    return dict(User.objects.filter(pk__in=numbers).values_list("pk", "name"))


def _who(actor: str, names: dict[int, str]) -> str:
    found = _USER.fullmatch(actor)
    if found:
        return names.get(int(found[1]), actor)
    if token := _TOKEN.fullmatch(actor):
        return _("token %(number)s") % {"number": token[1]}
    return str(PROGRAMS.get(actor, actor))


def _more(event: Event, names: dict[int, str]) -> str:
    """Return what it was done to, as far as the log says: numbers and states, names only of people at the desk."""
    detail = event.detail
    parts = []
    if event.object_type == "person" and event.object_id.isdigit():
        parts.append(names.get(int(event.object_id), ""))
    if (role := detail.get("role")) in Role.values:
        parts.append(str(Role(role).label))
    if (kind := detail.get("kind")) in PageKind.values:
        parts.append(str(PageKind(kind).label))
    if event.object_type in ("case", "fact-check", "scam-alert", "token"):
        parts.append(_("number %(number)s") % {"number": event.object_id})
    return " · ".join(part for part in parts if part)


def _number(data: QueryDict, name: str) -> int:
    text = data.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _address(data: QueryDict, *, before: int | None) -> str:
    query = data.copy()
    query.pop("before", None)
    if before:
        query["before"] = str(before)
    return f"?{query.urlencode()}"


urlpatterns = [path("log/", log, name="log")]
