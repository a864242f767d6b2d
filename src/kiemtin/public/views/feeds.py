"""Feeds for readers and programs, and all checks as data. Each feed is in the language of its address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from kiemtin.checks.alerts import alerts_with_pages
from kiemtin.checks.enums import Topic
from kiemtin.checks.published import corrections, every_answer, public_checks
from kiemtin.exchange.mapping.data_feed import data_feed
from kiemtin.public.caching import Mark, by_revision
from kiemtin.public.feeds.content import SITE, Entry, Feed
from kiemtin.public.feeds.entries import alert_entry, change_entry, check_entry
from kiemtin.public.feeds.registry import FORMATS
from kiemtin.public.readings import alerts_state, library_state, pages_state

_MOST = 50
_BEGINNING = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)  # when an empty feed last changed: never


def _mark(request: HttpRequest, form: str = "", topic: str = "") -> Mark:
    state, changed = library_state()
    return Mark((state, form, topic), changed)


@require_safe
@by_revision(_mark, is_open=True)
def checks(request: HttpRequest, form: str, topic: str = "") -> HttpResponse:
    """Tell the checks written in the language of the address that changed last; of one topic, or of all."""
    if topic and topic not in Topic.values:
        raise Http404("no such topic")
    found = public_checks(topic=topic).filter(language=get_language())[:_MOST]
    heading = str(Topic(topic).label) if topic else gettext("Fact-checks")
    page = reverse("public:checks") + (f"?topic={topic}" if topic else "")
    about = gettext("Fact-checks with their verdicts and sources, the last changed first.")
    return _answer(request, form, heading, about, page, map(check_entry, found))


@require_safe
@by_revision(_mark, is_open=True)
def changes(request: HttpRequest, form: str) -> HttpResponse:
    """Tell the last corrections and withdrawals of checks written in the language of the address."""
    found = corrections(get_language() or "").defer("body", "sources", "wordings")[:_MOST]
    about = gettext("Every fact-check that was corrected or withdrawn, when, and why.")
    return _answer(
        request, form, gettext("Corrections"), about, reverse("public:corrections"), map(change_entry, found)
    )


def _alerts_mark(request: HttpRequest, form: str) -> Mark:
    state, changed = alerts_state()
    return Mark((state, form), changed)


@require_safe
@by_revision(_alerts_mark, is_open=True)
def alerts(request: HttpRequest, form: str) -> HttpResponse:
    """Tell the scam alerts written in the language of the address, the last changed first; withdrawn ones say why."""
    found = alerts_with_pages().filter(language=get_language())[:_MOST]
    about = gettext("Scam alerts: how a scam goes and what to do, each with the fact-checks that it gathers.")
    return _answer(request, form, gettext("Scam alerts"), about, reverse("public:alerts"), map(alert_entry, found))


def _answer(  # noqa: PLR0913, PLR0917  (what a feed has)
    request: HttpRequest, form: str, heading: str, about: str, page: str, found: Iterable[Entry]
) -> HttpResponse:
    if form not in FORMATS:
        raise Http404("no such format")
    entries = tuple(found)
    feed = Feed(
        title=f"{SITE} – {heading}",
        description=about,
        address=settings.KIEMTIN_ADDRESS + page,
        own=settings.KIEMTIN_ADDRESS + request.path,
        home=settings.KIEMTIN_ADDRESS + reverse("public:home"),
        icon=settings.KIEMTIN_ADDRESS + static("kiemtin/icons/icon-512.png"),
        language=get_language() or settings.LANGUAGE_CODE,
        updated=max((entry.updated for entry in entries), default=_BEGINNING),
        licence=settings.KIEMTIN_LICENCE,
        entries=entries,
    )
    kind = FORMATS[form]
    return HttpResponse(kind.write(feed), content_type=f"{kind.content_type}; charset=utf-8")


def _data_mark(request: HttpRequest) -> Mark:
    state, changed = library_state()
    return Mark((state, pages_state(), settings.KIEMTIN_LICENCE), changed)


@require_safe
@by_revision(_data_mark, is_open=True)
def claim_reviews(request: HttpRequest) -> HttpResponseBase:
    """Give all checks that stand as one DataFeed, as a stream; withdrawn ones are not in it."""
    _, changed = library_state()
    told = data_feed(every_answer(), changed=changed) if request.method == "GET" else ()
    return StreamingHttpResponse(told, content_type="application/json; charset=utf-8")


urlpatterns = [
    path("feeds/claimreview.json", claim_reviews, name="claimreview-feed"),
    path("feeds/checks.<slug:form>", checks, name="feed-checks"),
    path("feeds/topics/<slug:topic>.<slug:form>", checks, name="feed-topic"),
    path("feeds/alerts.<slug:form>", alerts, name="feed-alerts"),
    path("feeds/corrections.<slug:form>", changes, name="feed-corrections"),
]
