"""Take the markup of a page that a publisher hands in."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils import timezone

from kiemtin.accounts.models import ApiToken
from kiemtin.audit.record import record
from kiemtin.exchange.models import MarkupPage
from kiemtin.exchange.page_reviews import give
from kiemtin.exchange.pages import PageContent, PageExistsError, checked, reviews_of


@transaction.atomic
def create_page(*, content: PageContent, by: ApiToken) -> MarkupPage:
    """Store a page's markup, and its reviews under the name of the token's publisher.

    A page whose markup was taken back before comes back under its old name.

    Raises
    ------
    PageError
        Something in it is missing or wrong.
    NotYourPageError
        An address is not on the publisher's site.
    PageExistsError
        There is markup for the page already.
    """
    clean = checked(content, site=by.publisher_site)
    reviews = reviews_of(clean, publisher=by.publisher_name, site=by.publisher_site)
    same = MarkupPage.objects.select_for_update(of=("self",)).filter(url=clean.url)
    if same.filter(deleted=None).exists():
        raise PageExistsError("there is markup for this page")
    page = same.filter(desk=by.desk, publisher_site=by.publisher_site).first() or MarkupPage(
        code=secrets.token_hex(8), desk=by.desk, publisher_site=by.publisher_site, url=clean.url, version=0
    )
    page.publisher_name, page.published, page.markups = by.publisher_name, clean.published, clean.stored()
    page.version, page.changed, page.deleted = page.version + 1, timezone.now(), None
    give(page, reviews, by=by.actor)
    page.save()
    record(
        by=by.actor,
        verb="page-markup.created",
        object_type="page-markup",
        object_id=page.code,
        desk=by.desk.slug,
        detail={"reviews": len(page.keys)},
    )
    return page
