"""The markup of a publisher's page on its way to reviews: checked, and without anybody who made or spread a claim."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlsplit, urlunsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kiemtin.checks.exceptions import WorkError
from kiemtin.checks.review import Review
from kiemtin.exchange.mapping import values
from kiemtin.exchange.mapping.claimreview import to_review
from kiemtin.exchange.rows import RowError
from kiemtin.matching.language import guess_language


class PageError(WorkError):
    """Markup cannot be taken; `params` name the `field` (a path with dots) and the `reason`."""

    code = "bad-page"

    def __init__(self, field: str, reason: str, sentence: str | Promise) -> None:
        super().__init__(f"{field}: {reason}", field=field, reason=reason)
        self.field, self.reason, self.sentence = field, reason, sentence


class PageExistsError(WorkError):
    """There is markup for this page already."""

    code = "page-exists"


class NotYourPageError(WorkError):
    """The page, or the markup, is another publisher's or another desk's."""

    code = "not-yours"


@dataclass(frozen=True, slots=True)
class PageRating:
    """A rating in the publisher's own words, and on its scale where it gives one."""

    words: str
    value: int | None = None
    best: int | None = None
    worst: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class PageMarkup:
    """The markup of one claim; `url` is empty where it is that of the page."""

    claim: str
    rating: PageRating
    url: str = ""
    claim_date: str = ""


@dataclass(frozen=True, slots=True)
class PageContent:
    """All that a publisher says on a page."""

    url: str
    markups: tuple[PageMarkup, ...]
    published: dt.date | None = None

    def stored(self) -> list[dict[str, object]]:
        """Return the markup as JSON values."""
        return [asdict(markup) for markup in self.markups]


def checked(content: PageContent, *, site: str) -> PageContent:
    """Return content with whole, clean addresses and texts.

    Raises
    ------
    PageError
        Something is missing or wrong.
    NotYourPageError
        An address is not on the publisher's site.
    """
    url = _address(content.url, "pageUrl", site)
    if not content.markups:
        raise PageError("claimReviewMarkups", "missing", _("This must be given."))
    markups = tuple(_markup(one, at, url, site) for at, one in enumerate(content.markups))
    return replace(content, url=url, markups=markups)


def page_address(typed: str) -> str:
    """Return the address under which a page is known: without fragment; empty for what is none."""
    found = values.address(typed)
    return urlunsplit(urlsplit(found)._replace(fragment="")) if found else ""


def reviews_of(content: PageContent, *, publisher: str, site: str) -> Sequence[Review]:
    """Return the reviews that checked content gives, under the publisher's name and in its words.

    Raises
    ------
    PageError
        One of them cannot be a review.
    """
    return [_review(one, at, content, publisher, site) for at, one in enumerate(content.markups)]


def _address(typed: str, field: str, site: str) -> str:
    found = page_address(typed)
    if not found or len(found) > 4000:
        raise PageError(field, "bad-address", _("This must be a whole web address."))
    host = values.site(found)
    if host != site and not host.endswith(f".{site}"):
        raise NotYourPageError(f"{host} is not of {site}")
    return found


def _markup(markup: PageMarkup, at: int, page: str, site: str) -> PageMarkup:
    place = f"claimReviewMarkups.{at}"
    rating = markup.rating
    words = values.text(rating.words, limit=500)
    claim, why = values.text(markup.claim), values.text(rating.why, limit=5_000)
    if not claim:
        raise PageError(f"{place}.claimReviewed", "missing", _("This must be given."))
    if not words:
        raise PageError(f"{place}.rating.textualRating", "missing", _("This must be given."))
    if markup.claim_date and values.date(markup.claim_date) is None:
        raise PageError(f"{place}.claimDate", "bad-date", _("This must be a day: YYYY-MM-DD."))
    url = _address(markup.url, f"{place}.url", site) if markup.url else ""
    day = values.date(markup.claim_date)
    return PageMarkup(
        claim=claim,
        rating=replace(rating, words=words, why=why),
        url="" if url == page else url,
        claim_date=day.isoformat() if day else "",
    )


def _review(markup: PageMarkup, at: int, content: PageContent, publisher: str, site: str) -> Review:
    node: dict[str, object] = {
        "@type": "ClaimReview",
        "url": markup.url or content.url,
        "claimReviewed": markup.claim,
        "author": {"@type": "Organization", "name": publisher, "url": f"https://{site}/"},
        "reviewRating": {
            "@type": "Rating",
            "alternateName": markup.rating.words,
            "ratingValue": markup.rating.value,
            "bestRating": markup.rating.best,
            "worstRating": markup.rating.worst,
        },
        "reviewBody": markup.rating.why,
        "datePublished": content.published.isoformat() if content.published else None,
        "itemReviewed": {"@type": "Claim", "datePublished": markup.claim_date or None},
        "inLanguage": guess_language(markup.claim).language or None,
    }
    try:
        return replace(to_review(node), publisher_site=site)
    except RowError as error:
        raise PageError(f"claimReviewMarkups.{at}", error.fault.value, error.fault.label) from error
