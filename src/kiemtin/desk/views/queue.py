"""The queue: what is asked, what waits, what is in work; and what is done to several cases at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kiemtin.accounts.models import User
from kiemtin.checks.exceptions import NotAllowedError, WorkError
from kiemtin.checks.workflow import Action
from kiemtin.desk.access import DeskRequest, desk_view
from kiemtin.desk.errors import sentence
from kiemtin.desk.forms.queue import QueueFilter, Sort, Tab
from kiemtin.desk.nav_counts import due_soon, queue_counts
from kiemtin.desk.queue import people_of, rows_of
from kiemtin.desk.source_rows import recheck_rows
from kiemtin.questions.actions.assign import assign
from kiemtin.questions.actions.take import take
from kiemtin.questions.exceptions import CannotWorkError
from kiemtin.questions.models import Case, SavedView

_A_PAGE = 50
_DEFERRED = ("nature_note", "public_reason")


@dataclass(frozen=True, slots=True)
class TabLink:
    """A tab: see `components/tabs.html`."""

    text: str | Promise
    url: str
    current: bool
    count: int | None


@desk_view(Action.SEE_QUEUE)
def queue(request: DeskRequest) -> HttpResponse:
    """List the cases of the desk, or what is due to be looked at again."""
    return queue_page(request)


@desk_view(Action.SEE_QUEUE)
def news(request: DeskRequest) -> HttpResponse:
    """Say how many cases of the list were asked about, or went on, since it was opened; nothing if none was.

    The list itself is left alone: it does not jump from under a hand that is about to click.
    """
    shown = _filter(request, request.GET)
    since = _moment(request.GET.get("opened", ""))
    changed = Q(last_asked__gt=since) | Q(state_since__gt=since)
    count = shown.apply(Case.objects.filter(desk=request.desk)).filter(changed).count()
    if not count:
        return HttpResponse(status=204)
    return render(request, "desk/partials/queue_news.html", {"count": count, "query": shown.query()})


@require_POST
@desk_view(Action.SEE_QUEUE)
def bulk(request: DeskRequest) -> HttpResponse:
    """Take or assign the ticked cases, or go on to merge them."""
    chosen = cases_in(request, request.POST)
    if "merge" in request.POST:
        numbers = [("case", case.pk) for case in chosen]
        return redirect(f"{reverse('desk:merge', args=[request.desk.slug])}?{urlencode(numbers)}")
    person = request.user if "take" in request.POST else _person(request)
    done, reasons = 0, list[str]()
    for case in chosen:
        try:
            _give(request, case, person)
            done += 1
        except NotAllowedError:
            raise
        except WorkError as error:
            reasons.append(f"#{case.pk}: {sentence(error)}")
    if done:
        said = ngettext("%(count)d case assigned.", "%(count)d cases assigned.", done)
        messages.success(request, said % {"count": done})
    for reason in reasons:
        messages.error(request, reason)
    return redirect(f"{reverse('desk:queue', args=[request.desk.slug])}?{_filter(request, _back(request)).query()}")


def queue_page(request: DeskRequest, **more: object) -> HttpResponse:
    """Return the page of the queue; `more` is what else to say on it (`error`, `view_name`)."""
    people = people_of(request.desk)
    shown = QueueFilter(request.GET, user=request.user, people=people)
    counts = queue_counts(request.desk, request.user)
    views = list(SavedView.objects.filter(desk=request.desk, owner=request.user))
    query = shown.query()
    context: dict[str, object] = {
        "nav": "queue",
        "nav_counts": counts,
        "tabs": _tabs(shown, counts),
        "tab": shown.chosen_tab.value,
        "filter": shown,
        "sort": shown.chosen_sort.value,
        "sorts": [one for one in Sort if one is not Sort.BEST or shown.query().find("q=") >= 0],
        "people": people,
        "q": shown.cleaned_data.get("q", ""),
        "query": query,
        "views": views,
        "view": next((view for view in views if view.query == query), None),
        "opened": timezone.now().isoformat(),
    }
    context |= _due(request) if shown.chosen_tab is Tab.RECHECK else _cases(request, shown)
    return render(request, "desk/queue.html", context | more, status=422 if more.get("error") else 200)


def cases_in(request: DeskRequest, data: QueryDict) -> list[Case]:
    """Return the cases of this desk that are named in a form or an address, at most a page of them."""
    numbers = [int(text) for text in data.getlist("case")[:_A_PAGE] if text.isascii() and text.isdecimal()]
    found = Case.objects.filter(desk=request.desk, pk__in=[pk for pk in numbers if pk < 2**63])
    return list(found.select_related("desk", "assignee").order_by("-asked", "pk"))


def _cases(request: DeskRequest, shown: QueueFilter) -> dict[str, object]:
    rows = Case.objects.filter(desk=request.desk).select_related("assignee").defer(*_DEFERRED)
    page = Paginator(shown.apply(rows), _A_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "rows": rows_of(list(page.object_list), user=request.user)}


def _due(request: DeskRequest) -> dict[str, object]:
    page = Paginator(due_soon(request.desk).select_related("case"), _A_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "checks": recheck_rows(page.object_list), "today": timezone.localdate()}


def _tabs(shown: QueueFilter, counts: dict[str, int]) -> list[TabLink]:
    numbers = {
        Tab.TO_DO: counts["queue"],
        Tab.MINE: counts["mine"],
        Tab.IN_REVIEW: counts["in_review"],
        Tab.RECHECK: counts["recheck"],
    }
    return [TabLink(tab.label, f"?tab={tab}", shown.chosen_tab is tab, numbers.get(tab)) for tab in Tab]


def _filter(request: DeskRequest, data: QueryDict) -> QueueFilter:
    return QueueFilter(data, user=request.user, people=people_of(request.desk))


def _back(request: HttpRequest) -> QueryDict:
    """Return the filter that the form was sent from."""
    return QueryDict(request.POST.get("back", "")[:2000])


def _person(request: DeskRequest) -> User | None:
    given = request.POST.get("person", "")
    return next((one for one in people_of(request.desk) if str(one.pk) == given), None)


def _give(request: DeskRequest, case: Case, person: User | None) -> None:
    if person is None:
        raise CannotWorkError("nobody of the desk was chosen")
    if "take" in request.POST:
        take(case=case, by=request.user)
    else:
        assign(case=case, person=person, by=request.user)


def _moment(text: str) -> dt.datetime:
    try:
        found = parse_datetime(text.replace(" ", "+")[:40])
    except ValueError:
        found = None
    return found if found is not None and timezone.is_aware(found) else timezone.now()


urlpatterns = [
    path("", queue, name="queue"),
    path("news/", news, name="queue-news"),
    path("cases/together/", bulk, name="bulk"),
]
