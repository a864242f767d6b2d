"""`pages`: ClaimReview markup by page. Our own checks can be read; what a publisher hands in, it can also change."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy, override
from django.utils.translation import gettext_noop as _
from ninja import Query, Router

from kiemtin.accounts.enums import Scope
from kiemtin.api.call import needs
from kiemtin.api.faults import ApiError, Wrong
from kiemtin.api.google.found import own_site, plain_site
from kiemtin.api.google.paging import Window, window_of
from kiemtin.api.google.shapes import Author, Empty, Markup, MarkupIn, PageIn, PageList, PageOut, PageQuery, Rating
from kiemtin.api.wording import told
from kiemtin.checks.enums import Verdict
from kiemtin.checks.models import FactCheck
from kiemtin.checks.published import public_checks
from kiemtin.exchange.actions.create_page import create_page
from kiemtin.exchange.actions.delete_page import delete_page
from kiemtin.exchange.actions.update_page import update_page
from kiemtin.exchange.mapping import values
from kiemtin.exchange.models import MarkupPage
from kiemtin.exchange.pages import PageContent, PageError, PageMarkup, PageRating, page_address
from kiemtin.matching.finding import address_of

router = Router(tags=["pages"])

_OWN = re.compile(r"check-(\d{1,18})")
_CHECK_PATH = re.compile(r"/(?:[a-z]{2}/)?checks/(\d{1,18})/")
_AS: dict[str, Any] = {"by_alias": True, "exclude_defaults": True}


@router.get(
    "/pages",
    response=PageList,
    **_AS,
    **told(_("List pages with markup"), _("Of one address (url) or of one organisation, newest first.")),
)
def list_pages(request: HttpRequest, asked: Query[PageQuery]) -> PageList:
    """List pages of an address or of an organisation."""
    url, organisation = asked.url.strip(), asked.organization.strip()
    if bool(url) == bool(organisation):
        sentence = gettext_lazy("Give either url or organization.")
        raise ApiError("invalid", wrong=(Wrong("url", "one-of-two", sentence),))
    if url:
        return PageList(claim_review_markup_pages=_at(url) or None)
    window = window_of(asked, "pages", organisation)
    found, more = _of(plain_site(organisation), window)
    return PageList(claim_review_markup_pages=found or None, next_page_token=window.next_token(more=more))


@router.get("/pages/{page}", response=PageOut, **_AS, **told(_("Read the markup of a page")))
def get_page(request: HttpRequest, page: str) -> PageOut:
    """Return one page."""
    if (own := _OWN.fullmatch(page)) is not None:
        return _of_check(_check(int(own[1])))
    return _of_page(_page(page))


@router.post(
    "/pages",
    response=PageOut,
    **_AS,
    **told(
        _("Hand in the markup of a page"),
        _("For publishers that a desk trusts. It answers under the publisher's name and in its words, never as ours."),
        scope=Scope.PAGES,
    ),
)
def post_page(request: HttpRequest, body: PageIn) -> PageOut:
    """Take the markup of a page."""
    try:
        return _of_page(create_page(content=_content(body), by=needs(request, Scope.PAGES)))
    except PageError as error:
        raise _bad(error) from error


@router.put(
    "/pages/{page}",
    response=PageOut,
    **_AS,
    **told(
        _("Change the markup of a page"),
        _("All of it is replaced. versionId must be the one that was read; otherwise nothing is changed (ABORTED)."),
        scope=Scope.PAGES,
    ),
)
def put_page(request: HttpRequest, page: str, body: PageIn) -> PageOut:
    """Put other markup in the place of what a page has."""
    token, row = needs(request, Scope.PAGES), _writable(page)
    try:
        return _of_page(update_page(page=row, content=_content(body), version=body.version_id, by=token))
    except PageError as error:
        raise _bad(error) from error


@router.delete("/pages/{page}", response=Empty, **_AS, **told(_("Take the markup of a page back"), scope=Scope.PAGES))
def remove_page(request: HttpRequest, page: str) -> Empty:
    """Take all markup of a page back."""
    delete_page(page=_writable(page), by=needs(request, Scope.PAGES))
    return Empty()


def _content(body: PageIn) -> PageContent:
    published = values.date(body.publish_date)
    if body.publish_date and published is None:
        raise PageError("publishDate", "bad-date", gettext_lazy("This must be a day: YYYY-MM-DD."))
    return PageContent(body.page_url, tuple(_taken(markup) for markup in body.claim_review_markups), published)


def _taken(markup: MarkupIn) -> PageMarkup:
    rating = markup.rating
    return PageMarkup(
        claim=markup.claim_reviewed,
        rating=PageRating(
            words=rating.textual_rating,
            value=rating.rating_value,
            best=rating.best_rating,
            worst=rating.worst_rating,
            why=rating.rating_explanation,
        ),
        url=markup.url,
        claim_date=markup.claim_date,
    )


def _bad(error: PageError) -> ApiError:
    return ApiError("invalid", wrong=(Wrong(error.field, error.reason, error.sentence),))


def _page(code: str) -> MarkupPage:
    row = MarkupPage.objects.filter(code=code, deleted=None).first() if code.isalnum() else None
    if row is None:
        raise ApiError("not-found")
    return row


def _writable(code: str) -> MarkupPage:
    """Return a page that was handed in; our own checks are changed at the desk, and nowhere else."""
    if (own := _OWN.fullmatch(code)) is not None:
        _check(int(own[1]))
        raise ApiError("not-yours")
    return _page(code)


def _check(pk: int) -> FactCheck:
    row = public_checks().filter(pk=pk).first()
    if row is None:
        raise ApiError("not-found")
    return row


def _at(url: str) -> list[PageOut]:
    """Return the page at an address: one at most."""
    found = page_address(url) or url
    if found.startswith(f"{settings.KIEMTIN_ADDRESS}/"):
        way = _CHECK_PATH.match(urlsplit(found).path)
        return [_of_check(row) for row in public_checks().filter(pk=int(way[1]))] if way else []
    return [_of_page(row) for row in MarkupPage.objects.filter(url=found, deleted=None)[:1]]


def _of(site: str, window: Window) -> tuple[list[PageOut], bool]:
    """Return a part of an organisation's pages: our own checks first, where we are meant."""
    own = public_checks().order_by("-published", "-id") if site == own_site() else FactCheck.objects.none()
    others = MarkupPage.objects.filter(publisher_site=site, deleted=None)
    count = own.count()
    pages = [_of_check(row) for row in own[window.start : window.end + 1]]
    at = max(0, window.start - count)
    pages += [_of_page(row) for row in others[at : at + window.size + 1 - len(pages)]]
    return pages[: window.size], len(pages) > window.size


def _of_page(page: MarkupPage) -> PageOut:
    return PageOut(
        name=f"pages/{page.code}",
        page_url=page.url,
        publish_date=_day(page.published),
        claim_review_author=Author(name=page.publisher_name),
        claim_review_markups=[_given(markup, page.url) for markup in page.markups],
        version_id=str(page.version),
    )


def _given(markup: dict[str, Any], url: str) -> Markup:
    rating = markup["rating"]
    return Markup(
        url=markup["url"] or url,
        claim_reviewed=markup["claim"],
        claim_date=markup["claim_date"],
        rating=Rating(
            textual_rating=rating["words"],
            rating_value=rating["value"],
            best_rating=rating["best"],
            worst_rating=rating["worst"],
            rating_explanation=rating["why"],
        ),
    )


def _of_check(check: FactCheck) -> PageOut:
    """Return one of our own checks as it is published, in its own language."""
    revision = check.latest
    if revision is None:
        raise ApiError("not-found")
    with override(revision.language):
        url, words = address_of(check), str(Verdict(revision.verdict).label)
    rating = Rating(textual_rating=words, rating_explanation=revision.summary[:5_000])
    return PageOut(
        name=f"pages/check-{check.pk}",
        page_url=url,
        publish_date=_day(timezone.localdate(check.published) if check.published else None),
        claim_review_author=Author(name=check.desk.name),
        claim_review_markups=[Markup(url=url, claim_reviewed=revision.claim, rating=rating)],
        version_id=str(revision.number),
    )


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day is not None else None
