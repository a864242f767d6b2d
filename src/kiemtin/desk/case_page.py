"""What the page of a case shows: a bounded number of queries, whatever the case holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kiemtin.audit.models import Event
from kiemtin.checks.enums import Nature
from kiemtin.checks.workflow import RULES, Action, Subject
from kiemtin.desk.access import DeskRequest
from kiemtin.desk.case_links import indicators_of, links_of
from kiemtin.desk.case_matches import candidates, proposals
from kiemtin.desk.event_lines import lines
from kiemtin.desk.forms.cases import NATURES
from kiemtin.desk.message_parts import Bubble, bubble
from kiemtin.desk.nav_counts import TO_DO, UNDECIDED
from kiemtin.desk.queue import LATE, people_of, trend_of
from kiemtin.questions.demand import DAYS, daily, value_now
from kiemtin.questions.enums import CaseState, ChangeKind
from kiemtin.questions.explanations import explanation
from kiemtin.questions.models import Case, CaseChange, CaseNote, Message, Picture, ReplyAddress
from kiemtin.questions.outcomes import DECIDED
from kiemtin.questions.permissions import OPEN_TO_ALL

_MESSAGES = 50
_CHANGES = 20
_EVENTS = 30
_CASE_ACTIONS = [action for action, rule in RULES.items() if rule.subject is Subject.CASE]


@dataclass(frozen=True, slots=True)
class Change:
    """One line of where messages came from and went to.

    Attributes
    ----------
    other
        The other case, if there is one.
    can_undo
        Whether this person may undo it now.
    tells
        Whether undoing it gives those who asked the outcome of a decided case: that takes an express word.
    """

    row: CaseChange
    text: str
    other: Case | None
    can_undo: bool
    tells: bool


def page_of(request: DeskRequest, case: Case) -> dict[str, object]:
    """Return the context of the page."""
    common = common_of(request, case)
    mine = common["conflict"]
    return common | {
        "nav": "queue",
        "people": people_of(request.desk) if "assign" in common["allowed"] else [],
        "is_mine": case.assignee_id == request.user.pk,
        "is_undecided": case.state in UNDECIDED,
        "is_at_work": case.state in TO_DO,
        "outcome": explanation(case) if case.state == CaseState.NOT_CHECKABLE else case.public_reason,
        "natures": NATURES,
        "proposals": proposals(case),
        "candidates": candidates(case) if case.state in UNDECIDED else [],
        "indicators": indicators_of(case),
        "changes": _changes(request, case, has_conflict=mine is not None),
        "notes": [{"by": one.author, "at": one.at, "text": one.text} for one in _notes(case)],
        "activity": lines(_events(case)),
        "late_hours": int(LATE.total_seconds() // 3600),
        **_messages(request, case),
        **_demand(case),
    }


def common_of(request: DeskRequest, case: Case) -> dict[str, Any]:
    """Return what the page and its parts need: the case, what may be done to it, and how many would be told."""
    conflicts = list(case.conflicts.select_related("person").order_by("at"))
    mine = next((one for one in conflicts if one.person_id == request.user.pk), None)
    allowed = allowed_to(request, case, has_conflict=mine is not None)
    return {
        "case": case,
        "state": CaseState(case.state),
        "allowed": {action.value.replace("-", "_") for action in allowed},
        "conflict": mine,
        "conflicts": conflicts,
        "is_fact": case.nature == Nature.FACT,
        "to_tell": ReplyAddress.objects.filter(request__message__case=case).count(),
    }


def allowed_to(request: DeskRequest, case: Case, *, has_conflict: bool) -> set[Action]:
    """Return what the person may do to the case: the table's word, and what a declared interest leaves of it."""
    allowed = {action for action in _CASE_ACTIONS if request.may(action, state=case.state)}
    return allowed & OPEN_TO_ALL if has_conflict else allowed


def _messages(request: DeskRequest, case: Case) -> dict[str, object]:
    ordered = case.messages.order_by("-asked", "pk")
    page: Page[Message] = Paginator(ordered, _MESSAGES).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    base = shown[0] if shown and page.number == 1 else ordered.first()
    pictures = _pictures(shown)
    bubbles: list[Bubble] = [replace(bubble(message, base), picture=pictures.get(message.pk)) for message in shown]
    query = request.GET.copy()
    query.pop("page", None)
    return {"page": page, "bubbles": bubbles, "page_query": query.urlencode(), "links": links_of(shown)}


def _pictures(messages: list[Message]) -> dict[int, Picture]:
    """Return a picture that is kept of each message, one that a checker has looked at before others."""
    rows = Picture.objects.exclude(secret=b"").filter(request__message__in=messages).select_related("request")
    ordered = rows.defer("secret").order_by(F("needed").desc(nulls_last=True), "pk")
    found: dict[int, Picture] = {}
    for row in ordered:
        if row.request is not None:
            found.setdefault(row.request.message_id, row)
    return found


def _demand(case: Case) -> dict[str, object]:
    days = daily(case)
    counts = [day.count for day in days]
    top = max(counts)
    said = {"days": DAYS, "total": sum(counts), "top": top}
    return {
        "points": [{"label": date_format(day.day, "d/m"), "value": day.count} for day in days],
        "top": max(1, top),
        "trend": trend_of(counts),
        "heat": round(value_now(case.heat), 1) if case.asked else 0,
        "chart_title": _("Asked %(total)d times in the last %(days)d days, most on one day: %(top)d") % said,
    }


def _changes(request: DeskRequest, case: Case, *, has_conflict: bool) -> list[Change]:
    # The last ones first, then what they moved: thousands of messages may have joined one by one.
    last = CaseChange.objects.filter(Q(target=case) | Q(source=case)).order_by("-at", "-pk").values("pk")[:_CHANGES]
    rows = CaseChange.objects.filter(pk__in=last).annotate(count=Count("messages"))
    rows = rows.select_related("source", "target", "by").order_by("-at", "-pk")
    return [_change(request, case, row, has_conflict=has_conflict) for row in rows]


def _change(request: DeskRequest, case: Case, row: CaseChange, *, has_conflict: bool) -> Change:
    is_split = row.kind == ChangeKind.SPLIT
    needs = Action.MERGE if is_split else Action.SPLIT
    is_allowed = row.undone is None and not has_conflict and request.may(needs, state=row.target.state)
    tells = is_split and row.source is not None and row.source.state in DECIDED
    can_tell = not tells or request.may(Action.ANSWER_WITH_CHECK, state=row.target.state)
    other = row.target if row.source_id == case.pk else row.source
    return Change(row, str(_change_text(case, row)), other, is_allowed and can_tell, tells)


def _change_text(case: Case, row: CaseChange) -> str | Promise:
    came_in = row.target_id == case.pk
    if row.kind == ChangeKind.JOIN:
        return _("The program put a message in")
    if row.kind == ChangeKind.SPLIT:
        return _("Split off from another case") if came_in else _("Messages were split off")
    return _("Another case was merged into this one") if came_in else _("Merged into another case")


def _notes(case: Case) -> list[CaseNote]:
    return list(case.notes.select_related("author"))


def _events(case: Case) -> list[Event]:
    of_case = Q(object_type="case", object_id=str(case.pk))
    if case.fact_check_id is not None:
        of_case |= Q(object_type="fact-check", object_id=str(case.fact_check_id))
    return list(Event.objects.filter(of_case).order_by("-pk")[:_EVENTS])
