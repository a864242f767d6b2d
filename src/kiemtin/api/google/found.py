"""Looks for claims: by words with the matching core, by publisher in the tables."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from kiemtin.api.faults import ApiError, Wrong
from kiemtin.api.google.paging import Window
from kiemtin.api.google.shapes import ClaimQuery
from kiemtin.checks.models import ExternalReview, FactCheck
from kiemtin.checks.published import public_checks
from kiemtin.matching.exceptions import MessageError
from kiemtin.matching.finding import Finding, of_external_review, of_fact_check
from kiemtin.matching.live import live_library
from kiemtin.matching.relevant import relevant
from kiemtin.matching.stock import Stock

CANDIDATES = 200
"""So many claims are looked at for words; what is narrowed further is narrowed among them."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what was found, and whether there is more."""

    findings: tuple[Finding, ...]
    more: bool


def own_site() -> str:
    """Return the host under which our own checks are published."""
    return (urlsplit(settings.KIEMTIN_ADDRESS).hostname or "").removeprefix("www.")


def plain_site(typed: str) -> str:
    """Return a host as it is stored, from a name or an address."""
    plain = typed.strip().lower()
    try:
        host = urlsplit(plain if "://" in plain else f"//{plain}").hostname or ""
    except ValueError:
        return "?"  # no publisher's site
    return host.removeprefix("www.") or "?"


def find(asked: ClaimQuery, window: Window) -> Part:
    """Return the part of what fits that is asked for.

    Raises
    ------
    ApiError
        Neither words nor a site are given.
    """
    if asked.query.strip():
        found = [one for one in _by_words(asked) if _fits(one, asked)]
        return Part(tuple(found[window.start : window.end]), len(found) > window.end)
    if asked.review_publisher_site_filter.strip():
        return _by_site(asked, window)
    sentence = _("Give words, or a reviewPublisherSiteFilter.")
    raise ApiError("invalid", wrong=(Wrong("query", "missing", sentence),))


def _by_words(asked: ClaimQuery) -> list[Finding]:
    """Return what has to do with the words, best first; in the language that is asked for where there is a version."""
    try:
        searched = live_library().search(asked.query, limit=CANDIDATES)
    except MessageError:
        return []  # signs that say nothing are found nowhere
    near = relevant(searched.answer.matches)
    language = _primary(asked.language_code)
    with override(language if language in dict(settings.LANGUAGES) else None):
        stock = Stock.of((match.id, match.work) for match in near)
        found = (stock.find(match.id, match.work) for match in near)
        return list({one.key: one for one in found if one is not None}.values())


def _fits(finding: Finding, asked: ClaimQuery) -> bool:
    language, site = _primary(asked.language_code), asked.review_publisher_site_filter.strip()
    if language and _primary(finding.language) != language:
        return False
    if site and plain_site(site) != site_of(finding):
        return False
    newest = _newest(finding)
    return not asked.max_age_days or (newest is not None and newest >= _since(asked.max_age_days))


def site_of(finding: Finding) -> str:
    """Return the publisher's host: our own for our checks."""
    return own_site() if finding.is_own else finding.publisher_site


def _by_site(asked: ClaimQuery, window: Window) -> Part:
    """Return what a publisher has published, newest first, ours before what came from elsewhere."""
    site = plain_site(asked.review_publisher_site_filter)
    own = _own(asked) if site == own_site() else FactCheck.objects.none()
    others = _others(asked, site)
    return part_of(own, others, window)


def part_of(own: QuerySet[FactCheck], others: QuerySet[ExternalReview], window: Window) -> Part:
    """Return a part of two lists, one after the other."""
    count = own.count()
    rows: list[Finding] = [of_fact_check(row) for row in own[window.start : window.end + 1]]
    left = window.size + 1 - len(rows)
    at = max(0, window.start - count)
    rows += [of_external_review(row) for row in others[at : at + left]]
    return Part(tuple(rows[: window.size]), len(rows) > window.size)


def _own(asked: ClaimQuery) -> QuerySet[FactCheck]:
    found = public_checks().order_by("-published", "-id")
    if language := _primary(asked.language_code):
        found = found.filter(latest__language=language)
    if asked.max_age_days:
        found = found.filter(published__date__gte=_since(asked.max_age_days))
    return found


def _others(asked: ClaimQuery, site: str) -> QuerySet[ExternalReview]:
    found = ExternalReview.objects.filter(publisher_site=site, withdrawn=False).order_by("-published", "-id")
    if language := _primary(asked.language_code):
        found = found.filter(Q(language=language) | Q(language__startswith=f"{language}-"))
    if asked.max_age_days:
        since = _since(asked.max_age_days)
        found = found.filter(Q(published__gte=since) | Q(claim_date__gte=since))
    return found


def _primary(tag: str) -> str:
    """Return the language of a tag without region and script."""
    return tag.strip().replace("_", "-").split("-")[0].lower()


def _newest(finding: Finding) -> dt.date | None:
    """Return the newer of the days of review and claim; None if neither is known."""
    review = finding.external_review
    days = (finding.published, review.claim_date if review is not None else None)
    return max((day for day in days if day is not None), default=None)


def _since(days: int) -> dt.date:
    today = timezone.localdate()
    return today - dt.timedelta(days=min(days, today.toordinal() - 1))
