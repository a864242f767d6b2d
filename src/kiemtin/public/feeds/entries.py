"""Checks, changes and alerts as entries of a feed, in the active language."""

from __future__ import annotations

import html
from collections.abc import Mapping

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext, override

from kiemtin.accounts.models import Desk
from kiemtin.checks.alerts import in_order
from kiemtin.checks.enums import PublicState, RevisionKind, Topic, Verdict
from kiemtin.checks.markup import to_html
from kiemtin.checks.models import FactCheck, Revision, ScamAlert
from kiemtin.checks.shown import shown_sources
from kiemtin.exchange.mapping.addresses import check_identity, desk_address, site_language
from kiemtin.public.addresses import alert_home, card_path, home_address
from kiemtin.public.feeds.content import Entry, Label

_SUMMARY = 300


def check_entry(check: FactCheck) -> Entry:
    """Return a check as it stands; its last revision and desk are fetched with it."""
    revision = check.latest
    if revision is None:
        raise ValueError(f"fact-check {check.pk} is not published")
    published = check.published or revision.at
    address = home_address(check)
    context = {"check": check, "revision": revision, "sources": shown_sources(revision), "address": address}
    return Entry(
        identity=check_identity(check),
        address=address,
        title=f"{revision.get_verdict_display()}: {revision.claim}",
        summary=revision.summary,
        html=_html("check", context),
        language=revision.language,
        published=published,
        updated=check.changed or published,
        author=check.desk.name,
        author_address=desk_address(check.desk),
        labels=_labels(check.desk, Topic(revision.topic), Verdict(revision.verdict)),
        image=settings.KIEMTIN_ADDRESS + card_path(check, "wide"),
        verdict=revision.verdict,
        claim=revision.claim,
        state=check.public_state,
    )


def change_entry(revision: Revision) -> Entry:
    """Return a correction or withdrawal; its check and the desk are fetched with it."""
    check = revision.fact_check
    identity = reverse("public:revision", args=[check.pk, revision.number])
    return Entry(
        identity=settings.KIEMTIN_ADDRESS + identity,
        address=home_address(check),
        title=f"{revision.get_kind_display()}: {revision.claim}",
        summary=revision.note,
        html=_html("change", {"check": check, "revision": revision, "address": home_address(check)}),
        language=revision.language,
        published=revision.at,
        updated=revision.at,
        author=check.desk.name,
        author_address=desk_address(check.desk),
        labels=_labels(check.desk, RevisionKind(revision.kind)),
        verdict="" if revision.kind == RevisionKind.WITHDRAWAL else revision.verdict,
        claim=revision.claim,
        state=PublicState.WITHDRAWN if revision.kind == RevisionKind.WITHDRAWAL else PublicState.CORRECTED,
    )


def alert_entry(alert: ScamAlert) -> Entry:
    """Return an alert as it stands, a withdrawn one with its reason; its last revision and desk are fetched with it."""
    revision = alert.latest
    if revision is None:
        raise ValueError(f"alert {alert.pk} is not published")
    published = alert.published or revision.at
    address = settings.KIEMTIN_ADDRESS + alert_home(alert)
    with override(site_language(alert.language)):
        identity = settings.KIEMTIN_ADDRESS + reverse("public:alert", args=[alert.pk])
    checks = [] if alert.is_withdrawn else in_order(revision.checks)
    summary = revision.note if alert.is_withdrawn else " ".join(strip_tags(to_html(revision.text)).split())
    return Entry(
        identity=identity,
        address=address,
        title=f"{gettext('Withdrawn')}: {revision.title}" if alert.is_withdrawn else revision.title,
        summary=Truncator(html.unescape(summary)).chars(_SUMMARY),
        html=_html("alert", {"alert": alert, "revision": revision, "checks": checks, "address": address}),
        language=revision.language,
        published=published,
        updated=alert.changed or published,
        author=alert.desk.name,
        author_address=desk_address(alert.desk),
        labels=_labels(alert.desk),
        state=alert.public_state,
    )


def _labels(desk: Desk, *words: Topic | Verdict | RevisionKind) -> tuple[Label, ...]:
    sample = [Label(term="sample", name=gettext("Sample content"))] if desk.is_sample else []
    return (*(Label(term=word.value, name=str(word.label)) for word in words), *sample)


def _html(name: str, context: Mapping[str, object]) -> str:
    return render_to_string(f"public/feeds/{name}.html", dict(context)).strip()
