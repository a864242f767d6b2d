"""A published fact-check as schema.org `ClaimReview`: the one mapping outwards, for pages, feeds, API and export.

See https://schema.org/ClaimReview, and `claimreview` in this room for the way back. Required by Google:
`claimReviewed`, `url`, `reviewRating` with `alternateName`. Nothing is told of who made or passed on the claim: nothing
is known of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from kiemtin.checks.enums import RevisionKind, Topic, Verdict
from kiemtin.checks.links import host_of
from kiemtin.checks.models import FactCheck, Revision
from kiemtin.exchange.mapping.addresses import check_address, check_identity, copy_address, site_language
from kiemtin.exchange.mapping.claimreview import SAMPLE, SOURCE_WORDS, Node
from kiemtin.exchange.mapping.organisation import CONTEXT, brief, organisation

WORST, BEST = 1, 5
RATING_VALUES: Mapping[str, int] = {
    Verdict.FALSE: 1,
    Verdict.MISLEADING: 2,
    Verdict.MISSING_CONTEXT: 3,
    Verdict.TRUE: 5,
}
"""Where a verdict stands between wrong and right. The others are no such place, and so have no number."""


def claim_review(check: FactCheck, *, author: Node | None = None) -> Node:
    """Return what a desk published last on a claim; fetch `latest` and `desk` with the check.

    Parameters
    ----------
    author
        The desk as `organisation` gives it, for who maps many checks.

    Raises
    ------
    ValueError
        It was not published, or was withdrawn: then it is no answer to anything.
    """
    revision = published_revision(check)
    address = check_address(check)
    whole = author or organisation(check.desk)
    desk = brief(whole)
    node: Node = {
        "@context": CONTEXT,
        "@type": "ClaimReview",
        "@id": check_identity(check),
        "url": address,
        "mainEntityOfPage": address,
        "claimReviewed": revision.claim,
        "reviewRating": _rating(revision),
        "description": revision.summary,
        "itemReviewed": {"@type": "Claim", "name": revision.claim, "inLanguage": revision.language},
        "inLanguage": revision.language,
        "about": {"@type": "Thing", "name": _label(Topic(revision.topic), revision)},
        "version": revision.number,
        **dates(check, revision),
        "author": whole,
        "publisher": desk,
        "citation": [_source(source) for source in revision.sources],
        "isAccessibleForFree": True,
    }
    return node | _correction(revision) | _work(check) | _sample(check) | _terms(desk)


def published_revision(check: FactCheck) -> Revision:
    """Return the revision that may be given as an answer."""
    if check.latest is None or not check.is_answer:
        raise ValueError(f"fact-check {check.pk} is no answer")
    return check.latest


def dates(check: FactCheck, revision: Revision) -> Node:
    """Return when it was first published and last changed, as the clocks of the site show it."""
    published = check.published or revision.at
    return {"datePublished": moment(published), "dateModified": moment(check.changed or published)}


def moment(value: dt.datetime) -> str:
    """Return a moment as ISO 8601 with its offset."""
    return timezone.localtime(value).isoformat(timespec="seconds")


def _rating(revision: Revision) -> Node:
    words: Node = {"@type": "Rating", "alternateName": _label(Verdict(revision.verdict), revision)}
    value = RATING_VALUES.get(revision.verdict)
    return words if value is None else {**words, "ratingValue": value, "bestRating": BEST, "worstRating": WORST}


def _label(word: Verdict | Topic, revision: Revision) -> str:
    with override(site_language(revision.language)):
        return str(word.label)


def _source(source: Mapping[str, str]) -> Node:
    """Return a piece of evidence; what schema.org has no word for stands in `keywords` as `name:value`."""
    url = source.get("url", "")
    known = {
        "name": source.get("title"),
        "url": url if host_of(url) else "",
        "publisher": {"@type": "Organization", "name": source["publisher"]} if source.get("publisher") else None,
        "abstract": source.get("shows"),
        "archivedAt": copy_address(source["copy_sha256"]) if source.get("copy_sha256") else None,
        "keywords": [f"{name}:{source[name]}" for name in SOURCE_WORDS if source.get(name)],
    }
    return {"@type": "CreativeWork", **{name: value for name, value in known.items() if value}}


def _correction(revision: Revision) -> Node:
    if revision.kind != RevisionKind.CORRECTION:
        return {}
    note = {"@type": "CorrectionComment", "text": revision.note, "datePublished": moment(revision.at)}
    return {"correction": note}


def _work(check: FactCheck) -> Node:
    """Return what the versions of a check in several languages share."""
    return {"exampleOfWork": {"@type": "CreativeWork", "identifier": check.work}} if check.work else {}


def _sample(check: FactCheck) -> Node:
    return {"creativeWorkStatus": SAMPLE} if check.desk.is_sample else {}


def _terms(desk: Node) -> Node:
    licence = settings.KIEMTIN_LICENCE
    return {"license": licence, "sdLicense": licence, "sdPublisher": desk}
