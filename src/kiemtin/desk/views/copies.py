"""Copies of a check's sources: taking them, handing them in, who gets them; and sources that changed or are gone."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kiemtin.checks.actions.drop_copy import drop_copy
from kiemtin.checks.actions.hold_source import hold_source
from kiemtin.checks.actions.license_copy import license_copy
from kiemtin.checks.actions.take_copy import take_copy
from kiemtin.checks.enums import CopyLicence
from kiemtin.checks.exceptions import NotAllowedError, WorkError
from kiemtin.checks.models import CitedSource, FactCheck, StoredCopy
from kiemtin.checks.workflow import Action
from kiemtin.desk.access import DeskRequest, desk_view
from kiemtin.desk.errors import sentence
from kiemtin.desk.forms.copies import CopyForm
from kiemtin.desk.source_rows import SourceRow, source_rows
from kiemtin.desk.views.drafts import check_of
from kiemtin.exchange.actions.upload_copy import upload_copy
from kiemtin.exchange.copy_files import download

_OF_THE_FILE = frozenset({"copy-too-large", "empty-text", "not-a-copy"})


@desk_view(Action.READ_CHECK)
def copies(request: DeskRequest, pk: int) -> HttpResponse:
    """List the sources of the working copy, and what was kept of each."""
    return _page(request, check_of(request, pk))


@require_POST
@desk_view(Action.READ_CHECK)
def take(request: DeskRequest, pk: int) -> HttpResponse:
    """Have a copy of a source taken."""
    check = check_of(request, pk)
    url = request.POST.get("url", "")[:4_000]
    said = _("The copy is being taken. Look again in a moment.")
    return _done(request, check, said, lambda: take_copy(fact_check=check, by=request.user, url=url))


@require_POST
@desk_view(Action.READ_CHECK)
def hand_in(request: DeskRequest, pk: int) -> HttpResponse:
    """Store a file as the copy of a source."""
    check = check_of(request, pk)
    form = CopyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, check, form)
    data = form.cleaned_data
    try:
        upload_copy(
            fact_check=check,
            by=request.user,
            url=data["url"],
            content=data["file"].read(),
            licence=CopyLicence(data["licence"]),
        )
    except NotAllowedError:
        raise
    except WorkError as error:
        form.add_error("file" if error.code in _OF_THE_FILE else None, sentence(error))
        return _page(request, check, form)
    messages.success(request, _("Stored. The next publication names this copy."))
    return redirect("desk:copies", request.desk.slug, pk)


@require_POST
@desk_view(Action.READ_CHECK)
def say_licence(request: DeskRequest, pk: int, copy: int) -> HttpResponse:
    """Say whether readers are given a copy."""
    check, found = _copy(request, pk, copy)
    given = request.POST.get("licence", "")
    licence = CopyLicence(given) if given in CopyLicence.values else CopyLicence.NAMED_ONLY
    return _done(request, check, _("Saved."), lambda: license_copy(copy=found, by=request.user, licence=licence))


@require_POST
@desk_view(Action.READ_CHECK)
def drop(request: DeskRequest, pk: int, copy: int) -> HttpResponse:
    """Delete a copy that readers are not told of."""
    check, found = _copy(request, pk, copy)
    return _done(request, check, _("The copy was deleted."), lambda: drop_copy(copy=found, by=request.user))


@desk_view(Action.READ_CHECK)
def file(request: DeskRequest, pk: int, copy: int) -> HttpResponseBase:
    """Give the file of a copy to whoever works here, also one that is only named to readers."""
    _check, found = _copy(request, pk, copy)
    request.META.pop("HTTP_ACCEPT_ENCODING", None)  # its SHA-256 is what it is known by
    try:
        return download(found)
    except FileNotFoundError:
        raise Http404("the file is not in the store") from None


@require_POST
@desk_view(Action.READ_CHECK)
def hold(request: DeskRequest, pk: int, source: int) -> HttpResponse:
    """Say of a source that changed or is gone: looked at, the check still holds."""
    check = check_of(request, pk)
    found = get_object_or_404(CitedSource.objects.select_related("fact_check__desk"), pk=source, fact_check=check)
    seen = request.POST.get("seen", "")[:40]
    back = f"{reverse('desk:queue', args=[request.desk.slug])}?tab=recheck" if "queue" in request.POST else ""
    said = _("Noted. Nothing was published, and nobody was told.")
    return _done(request, check, said, lambda: hold_source(source=found, by=request.user, seen=seen), back)


def _copy(request: DeskRequest, pk: int, copy: int) -> tuple[FactCheck, StoredCopy]:
    check = check_of(request, pk)
    found = get_object_or_404(StoredCopy.objects.defer("text"), pk=copy, fact_check=check)
    found.fact_check = check
    return check, found


def _done(request: DeskRequest, check: FactCheck, said: str, do: Callable[[], object], back: str = "") -> HttpResponse:
    try:
        do()
    except NotAllowedError:
        raise
    except WorkError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, said)
    return redirect(back) if back else redirect("desk:copies", request.desk.slug, check.pk)


def _page(request: DeskRequest, check: FactCheck, form: CopyForm | None = None) -> HttpResponse:
    state = {"state": check.stage, "public": check.public_state}
    rows = [(row, _form_of(row, form)) for row in source_rows(check)]
    context = {
        "nav": "checks",
        "check": check,
        "rows": rows,
        "form": form,
        "licences": CopyLicence.choices,
        "may_take": request.may(Action.TAKE_COPY, **state),
        "may_hand_in": request.may(Action.HAND_IN_COPY, **state),
        "may_drop": request.may(Action.DROP_COPY, **state),
        "may_license": request.may(Action.LICENSE_COPY, **state),
        "may_hold": request.may(Action.HOLD_SOURCE, **state),
    }
    return render(request, "desk/copies.html", context, status=422 if form is not None and form.errors else 200)


def _form_of(row: SourceRow, sent: CopyForm | None) -> CopyForm:
    """Return the form of a source: the one that was sent if it was that of this source."""
    if sent is not None and sent.data.get("url") == row.source.url:
        sent.auto_id = f"id_{row.number}_%s"
        return sent
    return CopyForm(initial={"url": row.source.url}, auto_id=f"id_{row.number}_%s")


urlpatterns = [
    path("checks/<int:pk>/copies/", copies, name="copies"),
    path("checks/<int:pk>/copies/take/", take, name="copy-take"),
    path("checks/<int:pk>/copies/hand-in/", hand_in, name="copy-hand-in"),
    path("checks/<int:pk>/copies/<int:copy>/licence/", say_licence, name="copy-licence"),
    path("checks/<int:pk>/copies/<int:copy>/delete/", drop, name="copy-drop"),
    path("checks/<int:pk>/copies/<int:copy>/file", file, name="copy-file"),
    path("checks/<int:pk>/sources/<int:source>/hold/", hold, name="source-hold"),
]
