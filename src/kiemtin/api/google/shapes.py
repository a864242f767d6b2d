"""Google's shapes, as its discovery document for the Fact Check Tools API names them (v1alpha1)."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

INT32 = 2**31 - 1

Count = Annotated[int, Field(ge=0, le=INT32)]


class Shape(Schema):
    """Names in camel case; what is not known is left out."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class Paged(Shape):
    """How lists are read: page by page, where a token counts before an offset."""

    page_size: Count = Field(
        default=0, description=_("How many at most; 10 if it is 0 or not given, never more than 100.")
    )
    page_token: str = Field(default="", max_length=500, description=_("The nextPageToken of the page before."))
    offset: Count = Field(default=0, description=_("Begin after so many; counts only without pageToken."))


class ClaimQuery(Paged):
    """What claims are looked for."""

    query: str = Field(
        default="", max_length=10_000, description=_("Words, or a whole message; needed without a site.")
    )
    language_code: str = Field(default="", max_length=35, description=_("BCP 47 tag; the region is ignored."))
    review_publisher_site_filter: str = Field(default="", max_length=255, description=_("Host of the publisher."))
    max_age_days: Count = Field(default=0, description=_("By the newer of the dates of claim and review; 0 for any."))


class ImageQuery(Paged):
    """Which picture is looked for."""

    image_uri: str = Field(default="", max_length=4000, description=_("Address of the picture."))
    language_code: str = Field(default="", max_length=35, description=_("BCP 47 tag; the region is ignored."))


class Publisher(Shape):
    """Who published a review; the site without protocol and without `www.`."""

    name: str | None = None
    site: str | None = None


class ClaimReview(Shape):
    """One review of a claim."""

    publisher: Publisher
    url: str | None = None
    title: str | None = None
    review_date: dt.datetime | None = None
    textual_rating: str | None = None
    language_code: str | None = None


class Claim(Shape):
    """A claim with its reviews. Who made it is never told."""

    text: str
    claim_date: dt.datetime | None = None
    claim_review: list[ClaimReview]


class ClaimList(Shape):
    """One page of claims."""

    claims: list[Claim] | None = None
    next_page_token: str | None = None


class ImageResult(Shape):
    """A claim that was made with the picture."""

    claim: Claim


class ImageResults(Shape):
    """One page of what was found by a picture."""

    results: list[ImageResult] | None = None
    next_page_token: str | None = None


class Rating(Shape):
    """A rating in the publisher's words, and where it gives one, as a number on its scale."""

    textual_rating: str = Field(default="", max_length=500)
    rating_value: int | None = Field(default=None, ge=-INT32, le=INT32)
    best_rating: int | None = Field(default=None, ge=-INT32, le=INT32)
    worst_rating: int | None = Field(default=None, ge=-INT32, le=INT32)
    rating_explanation: str = Field(default="", max_length=5_000)


class Markup(Shape):
    """The markup of one claim. claimAuthor and where the claim appeared are thrown away: nothing on people."""

    url: str = Field(default="", max_length=4_000)
    claim_reviewed: str = Field(default="", max_length=20_000)
    claim_date: str = Field(default="", max_length=40)
    rating: Rating | None = None


class RatingIn(Rating):
    """The same as it is handed in: the words must be given."""

    textual_rating: str = Field(min_length=1, max_length=500)


class MarkupIn(Markup):
    """The same as it is handed in: claim and rating must be given."""

    claim_reviewed: str = Field(min_length=1, max_length=20_000)
    rating: RatingIn


class Author(Shape):
    """The publisher, as its token names it."""

    name: str = Field(default="", max_length=300)


class PageIn(Shape):
    """The markup of a page as a publisher hands it in."""

    page_url: str = Field(min_length=1, max_length=4_000, description=_("On the site that the token names."))
    publish_date: str = Field(default="", max_length=40)
    claim_review_markups: list[MarkupIn] = Field(min_length=1, max_length=100)
    version_id: str = Field(default="", max_length=100)


class PageOut(Shape):
    """The markup of a page as it stands."""

    name: str
    page_url: str
    publish_date: str | None = None
    claim_review_author: Author
    claim_review_markups: list[Markup]
    version_id: str


class PageQuery(Paged):
    """Which pages are looked for: those of an address, or of an organisation."""

    url: str = Field(default="", max_length=4_000, description=_("Address of the page."))
    organization: str = Field(default="", max_length=255, description=_("Host of the publisher."))


class PageList(Shape):
    """One page of the list of pages."""

    claim_review_markup_pages: list[PageOut] | None = None
    next_page_token: str | None = None


class Empty(Shape):
    """Nothing."""
