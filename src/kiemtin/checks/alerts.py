"""Scam alerts: what is written, what is still missing, which checks there are to gather, and what readers find."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kiemtin.checks.completeness import Gap
from kiemtin.checks.draft import many_lines, one_line
from kiemtin.checks.enums import PublicState, RevisionKind, Stage
from kiemtin.checks.models import AlertRevision, FactCheck, ScamAlert
from kiemtin.checks.published import ANSWERS, by_ids, public_checks

MOST_CHECKS = 50
"""How many checks an alert gathers at most."""
_MOST_WORDS = 8
_LONG = ("text", "note", "remarks", "checks")


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertContent:
    """What is written of an alert; see `ScamAlert` for the fields."""

    title: str = ""
    text: str = ""
    checks: tuple[int, ...] = ()
    note: str = ""
    language: str = ""

    @classmethod
    def of(cls, row: ScamAlert) -> AlertContent:
        """Return the working copy."""
        return cls(title=row.title, text=row.text, checks=tuple(row.checks), note=row.note, language=row.language)

    @classmethod
    def of_revision(cls, revision: AlertRevision) -> AlertContent:
        """Return what a revision published; its note belongs to that revision and is left out."""
        return cls(title=revision.title, text=revision.text, checks=tuple(revision.checks), language=revision.language)

    def cleaned(self) -> AlertContent:
        """Return it as it is stored: one form of each character and line end, no check twice."""
        return AlertContent(
            title=one_line(self.title),
            text=many_lines(self.text),
            checks=tuple(dict.fromkeys(self.checks))[:MOST_CHECKS],
            note=many_lines(self.note),
            language=self.language,
        )


class AlertGap(TextChoices):
    """Something that is missing of an alert; its label says what to do. Nothing is published with one of them."""

    TITLE = "alert-title", _("Give the alert a title.")
    TEXT = "alert-text", _("Write the text: how the scam goes, and what to do.")
    NO_CHECKS = "alert-no-checks", _("Choose at least one published fact-check of the desk.")
    NOT_STANDING = "alert-not-standing", _("Take out the fact-checks that no longer stand.")
    NOTE = "alert-note", _("Write the public note: what is corrected, and why.")
    UNCHANGED = "alert-unchanged", _("Change something: the correction is still the same as what is published.")


def alert_gaps(row: ScamAlert) -> tuple[AlertGap, ...]:
    """Return what is missing of a working copy, in the order of the form."""
    wanted = {
        AlertGap.TITLE: not row.title,
        AlertGap.TEXT: not row.text,
        AlertGap.NO_CHECKS: not row.checks,
        AlertGap.NOT_STANDING: choosable(row.desk_id).filter(pk__in=row.checks).count() != len(set(row.checks)),
        AlertGap.NOTE: row.latest is not None and not row.note,
        AlertGap.UNCHANGED: row.latest is not None and _is_unchanged(row, row.latest),
    }
    return tuple(gap for gap, is_missing in wanted.items() if is_missing)


def _is_unchanged(row: ScamAlert, latest: AlertRevision) -> bool:
    return (row.title, row.text, list(row.checks)) == (latest.title, latest.text, list(latest.checks))


def gap_label(code: str) -> str | Promise:
    """Return what to do, by the stable code of what an alert, or its desk, lacks."""
    return AlertGap(code).label if code in AlertGap.values else Gap(code).label


def choosable(desk_id: int, words: str = "") -> QuerySet[FactCheck]:
    """Return the published checks of a desk that have all of the words in their claim, last changed first."""
    found = public_checks().filter(desk_id=desk_id)
    for word in words.split()[:_MOST_WORDS]:
        found = found.filter(latest__claim__icontains=word)
    return found


def in_order(numbers: Iterable[int]) -> list[FactCheck]:
    """Return checks that have a page, withdrawn ones too, in the order of the alert."""
    return list(by_ids(numbers).values())


def public_alerts() -> QuerySet[ScamAlert]:
    """Return the alerts that stand, in whatever language, last changed first."""
    return alerts_with_pages().filter(public_state__in=ANSWERS)


def alerts_with_pages() -> QuerySet[ScamAlert]:
    """Return all that have a page, withdrawn ones too, last changed first, without their working copies."""
    found = ScamAlert.objects.exclude(public_state=PublicState.UNPUBLISHED)
    related = ("desk", "latest", "latest__author", "latest__approver")
    return found.select_related(*related).defer(*_LONG).order_by("-changed", "-id")


def alert_history(alert: ScamAlert) -> QuerySet[AlertRevision]:
    """Return everything that was published of an alert, newest first."""
    return alert.revisions.select_related("author", "approver").order_by("-number")


def alert_changes(alert: ScamAlert) -> list[AlertRevision]:
    """Return its corrections, newest first; of a withdrawn alert not the withdrawal, which its page tells itself."""
    return list(alert_history(alert).filter(kind=RevisionKind.CORRECTION).defer("text"))


def shaken(desk_id: int) -> QuerySet[ScamAlert]:
    """Return the alerts of a desk that stand although one of their checks was withdrawn: the desk has to mend them."""
    held = ScamAlert.objects.filter(gathered__public_state=PublicState.WITHDRAWN).values("pk")
    return ScamAlert.objects.filter(desk_id=desk_id, public_state__in=ANSWERS, pk__in=held)


def to_do(desk_id: int) -> QuerySet[ScamAlert]:
    """Return the alerts that wait for somebody: to be published, or to be mended because a check was withdrawn."""
    waiting = Q(stage=Stage.SUBMITTED) | Q(pk__in=shaken(desk_id).values("pk"))
    return ScamAlert.objects.filter(waiting, desk_id=desk_id)


def with_fallen(rows: QuerySet[ScamAlert]) -> QuerySet[ScamAlert]:
    """Return the rows, each with `fallen`: the checks that it gathers in public and that were withdrawn since."""
    fallen = FactCheck.objects.filter(public_state=PublicState.WITHDRAWN).select_related("latest")
    return rows.prefetch_related(Prefetch("gathered", queryset=fallen, to_attr="fallen"))
