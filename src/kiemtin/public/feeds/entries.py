"""Checks and changes as entries of a feed, in the active language."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from kiemtin.accounts.models import Desk
from kiemtin.checks.enums import PublicState, RevisionKind, Topic, Verdict
from kiemtin.checks.models import FactCheck, Revision
from kiemtin.checks.shown import shown_sources
from kiemtin.exchange.mapping.addresses import check_identity, desk_address
from kiemtin.public.addresses import card_path, home_address
from kiemtin.public.feeds.content import Entry, Label


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


def _labels(desk: Desk, *words: Topic | Verdict | RevisionKind) -> tuple[Label, ...]:
    sample = [Label(term="sample", name=gettext("Sample content"))] if desk.is_sample else []
    return (*(Label(term=word.value, name=str(word.label)) for word in words), *sample)


def _html(name: str, context: Mapping[str, object]) -> str:
    return render_to_string(f"public/feeds/{name}.html", dict(context)).strip()
