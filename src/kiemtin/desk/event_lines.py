"""Events of the log in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kiemtin.accounts.enums import PageKind, Role
from kiemtin.accounts.models import User
from kiemtin.audit.models import Event
from kiemtin.desk.log_labels import PROGRAMS, verb_label

_USER = re.compile(r"user-(\d+)")
_TOKEN = re.compile(r"token-(\d+)")
_NUMBERED = ("case", "fact-check", "scam-alert", "token", "message", "source", "reply")


@dataclass(frozen=True, slots=True)
class Line:
    """One event in words."""

    event: Event
    who: str
    what: str
    more: str


def lines(events: Iterable[Event]) -> list[Line]:
    """Return events in words."""
    events = list(events)
    names = _names(events)
    return [Line(event, _who(event.actor, names), verb_label(event), _more(event, names)) for event in events]


def actor_names(actors: Iterable[str]) -> dict[str, str]:
    """Return what actors are called: one query."""
    given = list(actors)
    names = dict(User.objects.filter(pk__in=_numbers(given)).values_list("pk", "name"))
    return {actor: _who(actor, names) for actor in given}


def _numbers(actors: Iterable[str]) -> set[int]:
    return {int(found[1]) for actor in actors if (found := _USER.fullmatch(actor))}


def _names(events: Iterable[Event]) -> dict[int, str]:
    """Return the names of all people in the events: one query."""
    numbers = _numbers(event.actor for event in events)
    numbers |= _numbers(str(event.detail.get("to", "")) for event in events)
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
    if event.object_type == "person" and event.object_id.isdigit() and event.actor != f"user-{event.object_id}":
        parts.append(names.get(int(event.object_id), ""))
    if _USER.fullmatch(given := str(detail.get("to", ""))) and given != event.actor:
        parts.append(_who(given, names))
    if (role := detail.get("role")) in Role.values:
        parts.append(str(Role(role).label))
    if (kind := detail.get("kind")) in PageKind.values:
        parts.append(str(PageKind(kind).label))
    if event.object_type in _NUMBERED:
        parts.append(_("number %(number)s") % {"number": event.object_id})
    return " · ".join(part for part in parts if part)
