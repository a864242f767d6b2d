"""Scam alerts of desks: all of them, one, and everything that was published of it."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import path
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kiemtin.audit.publiclog.entries import about_of
from kiemtin.audit.publiclog.stored import places
from kiemtin.checks.alerts import alert_changes, alert_history, alerts_with_pages, in_order, public_alerts
from kiemtin.checks.models import ScamAlert
from kiemtin.exchange.mapping.addresses import site_language
from kiemtin.public.addresses import alert_home, alert_path, alert_slug
from kiemtin.public.caching import Mark, by_revision
from kiemtin.public.pages import LANGUAGES, alternate, show
from kiemtin.public.readings import alerts_state

_A_PAGE = 20


def _list_mark(request: HttpRequest) -> Mark:
    state, changed = alerts_state()
    return Mark((state, request.GET.get("page", "")), changed)


@require_safe
@by_revision(_list_mark)
def alerts(request: HttpRequest) -> HttpResponse:
    """List the alerts that stand, last changed first, in whatever language they are written."""
    page = Paginator(public_alerts(), _A_PAGE).get_page(request.GET.get("page"))
    return show(request, "public/alerts.html", {"page": page})


def alert_or_404(pk: int) -> ScamAlert:
    """Return an alert that has a page."""
    try:
        return alerts_with_pages().get(pk=pk)
    except ScamAlert.DoesNotExist:
        raise Http404("no such alert") from None


def _mark_of(alert: ScamAlert) -> Mark:
    """Follow the alert and all checks: each of those that it gathers is shown as it stands now."""
    state, changed = alerts_state()
    latest = alert.latest
    people = (latest.author.name, latest.approver.name) if latest else ()
    return Mark((alert.pk, alert.slug, alert.public_state, people, state), changed)


def _mark(request: HttpRequest, pk: int, slug: str = "") -> Mark | None:
    alert = alert_or_404(pk)
    return _mark_of(alert) if slug == alert_slug(alert) else None


@require_safe
@by_revision(_mark)
def alert(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """Show what a desk published last of an alert, and its checks as they stand."""
    found = alert_or_404(pk)
    if slug != alert_slug(found):
        return HttpResponsePermanentRedirect(alert_path(found))
    revision = found.latest
    context = {
        "alert": found,
        "revision": revision,
        "checks": in_order(revision.checks) if revision else (),
        "changes": alert_changes(found),
        "is_foreign": found.language != get_language(),
        "about": Truncator(" ".join(revision.text.split())).chars(155) if revision else "",
    }
    return _show(request, "public/alert.html", found, context)


def _revisions_mark(request: HttpRequest, pk: int) -> Mark:
    return _mark_of(alert_or_404(pk))


@require_safe
@by_revision(_revisions_mark)
def revisions(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everything that was published of an alert, newest first, whole."""
    found = alert_or_404(pk)
    history = list(alert_history(found))
    known = {check.pk: check for check in in_order({number for one in history for number in one.checks})}
    abouts = {one.number: about_of(f"alert/{pk}", one.number) for one in history}
    logged = places(abouts.values())
    versions = [
        (one, [known[number] for number in one.checks if number in known], logged.get(abouts[one.number]))
        for one in history
    ]
    return _show(request, "public/alert_revisions.html", found, {"alert": found, "versions": versions})


def _show(request: HttpRequest, template: str, found: ScamAlert, context: Mapping[str, object]) -> HttpResponse:
    """Answer with a page that is one content under one address, whatever the language of its frame."""
    switch = None
    if template == "public/alert.html":
        switch = [alternate(code, alert_path(found, code)) for code in LANGUAGES if code != get_language()]
    return show(
        request,
        template,
        context,
        canonical=alert_home(found),
        language=site_language(found.language),
        alternates=switch,
        translations=(),
    )


urlpatterns = [
    path("alerts/", alerts, name="alerts"),
    path("alerts/<int:pk>/", alert, name="alert"),
    path("alerts/<int:pk>/revisions/", revisions, name="alert-revisions"),
    path("alerts/<int:pk>/<slug:slug>/", alert, name="alert"),
]
