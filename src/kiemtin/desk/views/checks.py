"""Fact-checks of the desk: the list, the review, and what is done to one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case as When
from django.db.models import IntegerField, Q, QuerySet, Value
from django.db.models import When as If
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kiemtin.checks.actions.approve import approve
from kiemtin.checks.actions.discard_correction import discard_correction
from kiemtin.checks.actions.publish import publish
from kiemtin.checks.actions.recall import recall
from kiemtin.checks.actions.recheck import recheck
from kiemtin.checks.actions.send_back import send_back
from kiemtin.checks.actions.start_correction import start_correction
from kiemtin.checks.actions.submit import submit
from kiemtin.checks.actions.withdraw import withdraw
from kiemtin.checks.completeness import Gap, desk_gaps, gaps_of
from kiemtin.checks.copies import stored_copies
from kiemtin.checks.diff import FieldDiff, elided, revision_diff
from kiemtin.checks.draft import DraftContent
from kiemtin.checks.enums import PublicState, Stage, Topic, Verdict
from kiemtin.checks.exceptions import IncompleteError, NotAllowedError, PastDayError, WorkError
from kiemtin.checks.hands import author_names, has_written
from kiemtin.checks.markup import to_html
from kiemtin.checks.models import FactCheck
from kiemtin.checks.preview import next_revision
from kiemtin.checks.shown import shown_sources
from kiemtin.checks.workflow import RULES, Action, Subject
from kiemtin.desk.access import DeskRequest, desk_view
from kiemtin.desk.errors import sentence
from kiemtin.desk.source_rows import flagged_sources
from kiemtin.desk.views.drafts import check_of

_A_PAGE = 30
_TEXT = 5_000


class ChecksFilter(forms.Form):
    """Which fact-checks to list."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            *((stage.value, stage.label) for stage in (Stage.DRAFT, Stage.SUBMITTED, Stage.APPROVED)),
            *((state.value, state.label) for state in PublicState if state is not PublicState.UNPUBLISHED),
        ],
    )
    verdict = forms.ChoiceField(label=_("Verdict"), required=False, choices=[("", _("All")), *Verdict.choices])
    topic = forms.ChoiceField(label=_("Topic"), required=False, choices=[("", _("All")), *Topic.choices])

    def apply(self, rows: QuerySet[FactCheck]) -> QuerySet[FactCheck]:
        """Return the rows that fit; what cannot be read filters nothing."""
        data = self.cleaned_data if self.is_valid() else {}
        if state := data.get("state"):
            by_stage = Q(stage=state) if state in Stage.values else Q(stage=Stage.SETTLED, public_state=state)
            rows = rows.filter(by_stage)
        for name in ("verdict", "topic"):
            if value := data.get(name):
                rows = rows.filter(**{name: value})
        for word in data.get("q", "").split()[:8]:
            rows = rows.filter(claim__icontains=word)
        return rows


@desk_view(Action.READ_CHECK)
def checks(request: DeskRequest) -> HttpResponse:
    """List the desk's fact-checks: what is in work first, then what changed last."""
    form = ChecksFilter(request.GET)
    rows = FactCheck.objects.filter(desk=request.desk).select_related("latest", "author", "case")
    in_work = When(If(stage=Stage.SETTLED, then=Value(1)), default=Value(0), output_field=IntegerField())
    rows = form.apply(rows).defer("body", "latest__body", "latest__sources").order_by(in_work, "-edited", "-id")
    page = Paginator(rows, _A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {"nav": "checks", "form": form, "page": page, "query": query.urlencode()}
    return render(request, "desk/checks.html", context)


@desk_view(Action.READ_CHECK)
def reviews(request: DeskRequest) -> HttpResponse:
    """List what waits for an editor: to be approved, and to be published."""
    rows = FactCheck.objects.filter(desk=request.desk, stage__in=(Stage.SUBMITTED, Stage.APPROVED))
    waiting = rows.select_related("author", "approver", "latest", "case").defer("body").order_by("edited")
    return render(request, "desk/reviews.html", {"nav": "review", "checks": waiting})


@desk_view(Action.READ_CHECK)
def check(request: DeskRequest, pk: int) -> HttpResponse:
    """Show one fact-check exactly as it would be published, what differs from what is, and what can be done."""
    return _page(request, check_of(request, pk))


@require_POST
@desk_view(Action.READ_CHECK)
def act(request: DeskRequest, pk: int, action: str) -> HttpResponse:
    """Do something to a fact-check, and come back to it."""
    fact_check = check_of(request, pk)
    deed = DEEDS.get(action)
    if deed is None:
        raise Http404("no such action")
    try:
        deed.do(request, fact_check)
    except NotAllowedError:
        raise  # a page of its own: see `desk_view`
    except IncompleteError as error:
        labels = [str(Gap(code).label) for code in error.gaps]
        return _page(request, check_of(request, pk), errors=labels, status=422)
    except WorkError as error:
        return _page(request, check_of(request, pk), errors=[sentence(error)], status=422)
    messages.success(request, str(deed.done))
    return redirect(deed.to, request.desk.slug, pk)


@dataclass(frozen=True, slots=True)
class Deed:
    """What a button does: the action, what to say when it is done, and where to go."""

    do: Callable[[DeskRequest, FactCheck], object]
    done: str | Promise
    to: str = "desk:check"


def _text(request: DeskRequest, name: str) -> str:
    return request.POST.get(name, "")[:_TEXT]


def _day(request: DeskRequest) -> dt.date | None:
    given = request.POST.get("again_on", "").strip()[:20]
    try:
        day = parse_date(given) if given else None
    except ValueError:
        day = None
    if given and day is None:
        raise PastDayError("no day can be read")
    return day


def _version(request: DeskRequest) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdecimal() else -1


DEEDS: dict[str, Deed] = {
    Action.SUBMIT: Deed(
        lambda request, row: submit(fact_check=row, by=request.user, version=_version(request)),
        _("Submitted. An editor looks at it now."),
    ),
    Action.RECALL: Deed(
        lambda request, row: recall(fact_check=row, by=request.user), _("Taken back. You can write on."), "desk:edit"
    ),
    Action.SEND_BACK: Deed(
        lambda request, row: send_back(fact_check=row, by=request.user, remarks=_text(request, "remarks")),
        _("Sent back with your remarks."),
    ),
    Action.APPROVE: Deed(
        lambda request, row: approve(fact_check=row, by=request.user, version=_version(request)),
        _("Approved. It can be published now."),
    ),
    Action.PUBLISH: Deed(
        lambda request, row: publish(fact_check=row, by=request.user),
        _("Published. Everyone who asked is told."),
    ),
    Action.START_CORRECTION: Deed(
        lambda request, row: start_correction(fact_check=row, by=request.user),
        _("The published text stays as it is until the correction is published."),
        "desk:edit",
    ),
    Action.DISCARD_CORRECTION: Deed(
        lambda request, row: discard_correction(fact_check=row, by=request.user), _("The correction was discarded.")
    ),
    Action.RECHECK: Deed(
        lambda request, row: recheck(fact_check=row, by=request.user, again_on=_day(request)),
        _("Noted. Nothing was published, and nobody was told."),
    ),
    Action.WITHDRAW: Deed(
        lambda request, row: withdraw(fact_check=row, by=request.user, note=_text(request, "note")),
        _("Withdrawn. The page stays and says why; everyone who got the answer is told."),
    ),
}


def _page(
    request: DeskRequest, fact_check: FactCheck, *, errors: list[str] | None = None, status: int = 200
) -> HttpResponse:
    is_settled = fact_check.stage == Stage.SETTLED
    latest = fact_check.latest
    revision = latest if is_settled and latest else next_revision(fact_check)
    allowed = {
        action.value.replace("-", "_")
        for action, rule in RULES.items()
        if rule.subject is Subject.CHECK and request.may(action, state=fact_check.stage, public=fact_check.public_state)
    }
    context = {
        "nav": "review" if fact_check.stage in (Stage.SUBMITTED, Stage.APPROVED) else "checks",
        "check": fact_check,
        "case": getattr(fact_check, "case", None),
        "revision": revision,
        "latest": latest,
        "is_settled": is_settled,
        "withdrawn": fact_check.public_state == PublicState.WITHDRAWN,
        "sources": shown_sources(revision, stored_copies(fact_check) if is_settled else ()),
        "body": to_html(revision.body),
        "diff": () if is_settled or latest is None else _diff(fact_check),
        "history": fact_check.revisions.select_related("author", "approver")
        .defer("body", "sources")
        .order_by("-number"),
        "authors": author_names(fact_check),
        "own_work": has_written(fact_check, request.user),
        "allowed": allowed,
        "todo": [] if is_settled else _todo(fact_check),
        "errors": errors or [],
        "flagged": flagged_sources(fact_check),
        "remarks": _text(request, "remarks"),
        "note": _text(request, "note"),
    }
    return render(request, "desk/check.html", context, status=status)


def _diff(fact_check: FactCheck) -> tuple[FieldDiff, ...]:
    if fact_check.latest is None:
        return ()
    found = revision_diff(DraftContent.of_revision(fact_check.latest), fact_check)
    return tuple(FieldDiff(one.field, one.label, tuple(map(elided, one.lines))) for one in found)


def _todo(fact_check: FactCheck) -> list[dict[str, object]]:
    missing = [*gaps_of(fact_check), *(Gap.of_page(kind) for kind in desk_gaps(fact_check.desk))]
    return [{"text": gap.label, "done": False} for gap in missing]


urlpatterns = [
    path("checks/", checks, name="checks"),
    path("review/", reviews, name="reviews"),
    path("checks/<int:pk>/", check, name="check"),
    path("checks/<int:pk>/<slug:action>/", act, name="check-act"),
]
