"""`claims:search` and `claims:imageSearch`."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy, override
from django.utils.translation import gettext_noop as _
from ninja import Query, Router

from kiemtin.api.call import address_of, call_of, count
from kiemtin.api.faults import ApiError, Wrong
from kiemtin.api.google.found import Part, find, site_of
from kiemtin.api.google.images import seen_at
from kiemtin.api.google.paging import window_of
from kiemtin.api.google.shapes import (
    Claim,
    ClaimList,
    ClaimQuery,
    ClaimReview,
    ImageQuery,
    ImageResult,
    ImageResults,
    Publisher,
)
from kiemtin.api.wording import told
from kiemtin.checks.enums import Verdict
from kiemtin.matching.finding import Finding
from kiemtin.questions.limits import SENDING_PICTURES, network_of
from kiemtin.questions.photos import sightings

router = Router(tags=["claims"])

_TITLE = 300
_QUERY = 10_000


@router.get(
    "/claims:search",
    response=ClaimList,
    by_alias=True,
    exclude_none=True,
    **told(_("Search claims that were checked"), _("Our own fact-checks and the reviews of other publishers.")),
)
def search(request: HttpRequest, response: HttpResponse, asked: Query[ClaimQuery]) -> ClaimList:
    """Look for claims by words, by publisher, or both."""
    question = (asked.query, asked.language_code, asked.review_publisher_site_filter, asked.max_age_days)
    window = window_of(asked, "claims", *question)
    part = find(asked, window)
    patch_cache_control(response, private=True, no_cache=True)
    claims = [_claim(finding) for finding in part.findings]
    return ClaimList(claims=claims or None, next_page_token=window.next_token(more=part.more))


@router.get(
    "/claims:imageSearch",
    response=ImageResults,
    by_alias=True,
    exclude_none=True,
    **told(
        _("Search claims by a picture"),
        _(
            "The picture is fetched and its text read; a photograph without text is known by its looks if it was asked "
            "about before. That takes seconds. UNIMPLEMENTED where no program that reads pictures is installed."
        ),
    ),
)
def image_search(request: HttpRequest, response: HttpResponse, asked: Query[ImageQuery]) -> ImageResults:
    """Look for claims by what a picture says."""
    uri = asked.image_uri.strip()
    if not uri:
        sentence = gettext_lazy("This must be given.")
        raise ApiError("invalid", wrong=(Wrong("imageUri", "missing", sentence),))
    window = window_of(asked, "images", uri, asked.language_code)
    call = call_of(request)
    count(call, *SENDING_PICTURES, subject=call.token.actor if call.token else network_of(address_of(call)))
    text, photo = seen_at(uri)
    if text:
        part = find(ClaimQuery(query=text[:_QUERY], language_code=asked.language_code), window)
    else:
        part = Part(sightings(photo), more=False)
    patch_cache_control(response, private=True, no_cache=True)
    results = [ImageResult(claim=_claim(finding)) for finding in part.findings]
    return ImageResults(results=results or None, next_page_token=window.next_token(more=part.more))


def _claim(finding: Finding) -> Claim:
    review = finding.external_review
    return Claim(
        text=finding.claim,
        claim_date=_moment(review.claim_date if review is not None else None),
        claim_review=[
            ClaimReview(
                publisher=Publisher(name=finding.publisher_name or None, site=site_of(finding) or None),
                url=finding.url or None,
                title=finding.claim[:_TITLE],
                review_date=_moment(finding.published),
                textual_rating=_rating(finding) or None,
                language_code=finding.language or None,
            )
        ],
    )


def _rating(finding: Finding) -> str:
    """Return the publisher's own words; ours in the language of the check."""
    if not finding.verdict:
        return finding.rating
    with override(finding.language):
        return str(Verdict(finding.verdict).label)


def _moment(day: dt.date | None) -> dt.datetime | None:
    """Return a day as a moment: the shape knows no plain days."""
    return dt.datetime.combine(day, dt.time.min, dt.UTC) if day is not None else None
