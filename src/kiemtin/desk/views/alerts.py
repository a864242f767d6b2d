"""Scam alerts of the desk: the list, the editor, the review, and what is done to one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case as When
from django.db.models import IntegerField, Value
from django.db.models import When as If
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kiemtin.checks.actions.discard_alert_correction import discard_alert_correction
from kiemtin.checks.actions.publish_alert import publish_alert
from kiemtin.checks.actions.save_alert import save_alert
from kiemtin.checks.actions.send_back_alert import send_back_alert
from kiemtin.checks.actions.start_alert import start_alert
from kiemtin.checks.actions.submit_alert import submit_alert
from kiemtin.checks.actions.withdraw_alert import withdraw_alert
from kiemtin.checks.alerts import AlertContent, alert_gaps, alert_history, gap_label, in_order, with_fallen
from kiemtin.checks.completeness import Gap, desk_gaps
from kiemtin.checks.enums import Stage
from kiemtin.checks.exceptions import IncompleteError, NotAllowedError, StaleVersionError, WorkError
from kiemtin.checks.markup import to_html
from kiemtin.checks.models import ScamAlert
from kiemtin.checks.word_diff import elided, word_diff
from kiemtin.checks.workflow import RULES, Action, Subject
from kiemtin.desk.access import DeskRequest, desk_view
from kiemtin.desk.errors import sentence
from kiemtin.desk.forms.alerts import AlertForm, choices, chosen_numbers, content_of, initial_of

_A_PAGE = 30
_TEXT = 5_000


@desk_view(Action.READ_ALERT)
def alerts(request: DeskRequest) -> HttpResponse:
    """List the desk's alerts: what is in work first, then what changed last."""
    in_work = When(If(stage=Stage.SETTLED, then=Value(1)), default=Value(0), output_field=IntegerField())
    rows = ScamAlert.objects.filter(desk=request.desk).select_related("author").defer("text")
    page = Paginator(with_fallen(rows).order_by(in_work, "-edited", "-id"), _A_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/alerts.html", {"nav": "alerts", "page": page})


@desk_view(Action.READ_ALERT)
def alert(request: DeskRequest, pk: int) -> HttpResponse:
    """Show one alert exactly as it would be published, what differs from what is, and what can be done."""
    return _page(request, _alert_of(request, pk))


@desk_view(Action.START_ALERT)
def new(request: DeskRequest) -> HttpResponse:
    """Write an alert; it is stored with its first save."""
    return _written(request, None)


@desk_view(Action.EDIT_ALERT)
def edit(request: DeskRequest, pk: int) -> HttpResponse:
    """Show and save the working copy."""
    row = _alert_of(request, pk)
    if not request.may(Action.EDIT_ALERT, state=row.stage, public=row.public_state):
        return redirect("desk:alert", request.desk.slug, pk)
    return _written(request, row)


def _written(request: DeskRequest, row: ScamAlert | None) -> HttpResponse:
    is_correction = row is not None and row.latest is not None
    if request.method != "POST":
        content = AlertContent.of(row) if row else AlertContent(language=request.desk.language)
        form = AlertForm(
            initial=initial_of(content, row.version if row else 0),
            is_correction=is_correction,
            language=content.language if row else "",
        )
        return _form(request, row, form, content.checks)
    form = AlertForm(request.POST, is_correction=is_correction, language=row.language if row else "")
    numbers = chosen_numbers(request.POST, request.desk.pk)
    # To look for checks saves nothing and loses nothing: the page comes back as it was filled in.
    if "find" in request.POST:
        return _form(request, row, form, numbers, is_search=True)
    if not form.is_valid():
        return _form(request, row, form, numbers, status=422)
    content = content_of(form, numbers)
    try:
        saved = _save(request, row, form, content)
    except StaleVersionError:
        return _met(request, row, form, content)
    except NotAllowedError:
        raise  # a page of its own: see `desk_view`
    except WorkError as error:
        form.add_error(None, sentence(error))
        return _form(request, row, form, numbers, status=422)
    return _saved(request, saved)


def _save(request: DeskRequest, row: ScamAlert | None, form: AlertForm, content: AlertContent) -> ScamAlert:
    if row is None:
        return start_alert(desk=request.desk, by=request.user, content=content)
    return save_alert(alert=row, by=request.user, version=form.cleaned_data["version"], content=content)


def _saved(request: DeskRequest, row: ScamAlert) -> HttpResponse:
    """Go on as the button says: submit, or back to the form."""
    if "submit" not in request.POST:
        messages.success(request, str(_("Saved.")))
        return redirect("desk:alert-edit", request.desk.slug, row.pk)
    try:
        submit_alert(alert=row, by=request.user, version=row.version)
    except NotAllowedError:
        raise
    except IncompleteError as error:
        missing = " ".join(str(gap_label(code)) for code in error.gaps)
        messages.warning(request, f"{_('Saved, but not submitted: something is still missing.')} {missing}")
        return redirect("desk:alert-edit", request.desk.slug, row.pk)
    except WorkError as error:
        messages.error(request, sentence(error))
        return redirect("desk:alert", request.desk.slug, row.pk)
    messages.success(request, str(_("Submitted. An editor looks at it now.")))
    return redirect("desk:alert", request.desk.slug, row.pk)


def _met(request: DeskRequest, row: ScamAlert | None, form: AlertForm, content: AlertContent) -> HttpResponse:
    """Show how the author's text differs from the version that is there; saving again then means: having seen it."""
    theirs = _alert_of(request, row.pk if row else 0)
    data = request.POST.copy()
    data["version"] = str(theirs.version)
    form.data = data
    pairs = ((theirs.title, content.title), (theirs.text, content.text))
    diffs = [elided(word_diff(before, after)) for before, after in pairs if before != after]
    return _form(request, theirs, form, content.checks, diffs=diffs, status=409)


def _form(  # noqa: PLR0913  (what the page has)
    request: DeskRequest,
    row: ScamAlert | None,
    form: AlertForm,
    numbers: tuple[int, ...],
    *,
    diffs: Sequence[object] | None = None,
    is_search: bool = False,
    status: int = 200,
) -> HttpResponse:
    words = request.POST.get("q", "")[:200]
    context = {
        "nav": "alerts",
        "alert": row,
        "form": form,
        "choices": choices(numbers, request.desk.pk, words),
        "words": words,
        "is_search": is_search,
        "met": diffs is not None,
        "diffs": diffs or (),
        "voids": row is not None and row.stage == Stage.SUBMITTED,
        "todo": _todo(row) if row and row.stage != Stage.SETTLED else [],
    }
    return render(request, "desk/alert_edit.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Deed:
    """What a button does: the action, and what to say when it is done."""

    do: Callable[[DeskRequest, ScamAlert], object]
    done: str | Promise


def _text(request: DeskRequest, name: str) -> str:
    return request.POST.get(name, "")[:_TEXT]


def _version(request: DeskRequest) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdecimal() else -1


DEEDS: dict[str, Deed] = {
    Action.SUBMIT_ALERT: Deed(
        lambda request, row: submit_alert(alert=row, by=request.user, version=_version(request)),
        _("Submitted. An editor looks at it now."),
    ),
    Action.SEND_BACK_ALERT: Deed(
        lambda request, row: send_back_alert(alert=row, by=request.user, remarks=_text(request, "remarks")),
        _("Sent back with your remarks."),
    ),
    Action.PUBLISH_ALERT: Deed(
        lambda request, row: publish_alert(alert=row, by=request.user, version=_version(request)),
        _("Published. It stands on the front page and in the feed of alerts."),
    ),
    Action.DISCARD_ALERT_CORRECTION: Deed(
        lambda request, row: discard_alert_correction(alert=row, by=request.user), _("The correction was discarded.")
    ),
    Action.WITHDRAW_ALERT: Deed(
        lambda request, row: withdraw_alert(alert=row, by=request.user, note=_text(request, "note")),
        _("Withdrawn. The page stays and says why."),
    ),
}


@require_POST
@desk_view(Action.READ_ALERT)
def act(request: DeskRequest, pk: int, action: str) -> HttpResponse:
    """Do something to an alert, and come back to it."""
    row = _alert_of(request, pk)
    deed = DEEDS.get(action)
    if deed is None:
        raise Http404("no such action")
    try:
        deed.do(request, row)
    except NotAllowedError:
        raise  # a page of its own: see `desk_view`
    except IncompleteError as error:
        return _page(request, _alert_of(request, pk), errors=[str(gap_label(code)) for code in error.gaps], status=422)
    except WorkError as error:
        return _page(request, _alert_of(request, pk), errors=[sentence(error)], status=422)
    messages.success(request, str(deed.done))
    return redirect("desk:alert", request.desk.slug, pk)


def _alert_of(request: DeskRequest, pk: int) -> ScamAlert:
    """Return an alert of this desk; others are not there."""
    found = with_fallen(ScamAlert.objects.select_related("desk", "latest", "author"))
    return get_object_or_404(found, pk=pk, desk=request.desk)


def _page(request: DeskRequest, row: ScamAlert, *, errors: list[str] | None = None, status: int = 200) -> HttpResponse:
    latest, is_settled = row.latest, row.stage == Stage.SETTLED
    writers = list(row.writers.order_by("name", "pk"))
    allowed = {
        action.value.replace("-", "_")
        for action, rule in RULES.items()
        if rule.subject is Subject.ALERT and request.may(action, state=row.stage, public=row.public_state)
    }
    context = {
        "nav": "alerts",
        "alert": row,
        "latest": latest,
        "is_settled": is_settled,
        "body": to_html(row.text),
        "checks": in_order(row.checks),
        "title_diff": _diff(latest.title, row.title) if latest and not is_settled else (),
        "text_diff": _diff(latest.text, row.text) if latest and not is_settled else (),
        "before": in_order(latest.checks) if latest and not is_settled and latest.checks != row.checks else (),
        "history": alert_history(row).defer("text"),
        "writers": [person.name for person in writers],
        "own_work": request.user in writers,
        "allowed": allowed,
        "todo": [] if is_settled else _todo(row),
        "errors": errors or [],
        "remarks": _text(request, "remarks"),
        "note": _text(request, "note"),
    }
    return render(request, "desk/alert.html", context, status=status)


def _diff(before: str, after: str) -> tuple[object, ...]:
    return tuple(elided(word_diff(before, after))) if before != after else ()


def _todo(row: ScamAlert) -> list[dict[str, object]]:
    missing = [*alert_gaps(row), *(Gap.of_page(kind) for kind in desk_gaps(row.desk))]
    return [{"text": gap.label, "done": False} for gap in missing]


urlpatterns = [
    path("alerts/", alerts, name="alerts"),
    path("alerts/new/", new, name="alert-new"),
    path("alerts/<int:pk>/", alert, name="alert"),
    path("alerts/<int:pk>/edit/", edit, name="alert-edit"),
    path("alerts/<int:pk>/<slug:action>/", act, name="alert-act"),
]
