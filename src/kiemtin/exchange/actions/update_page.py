"""Change the markup of a page that a publisher handed in."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from kiemtin.accounts.models import ApiToken
from kiemtin.audit.record import record
from kiemtin.checks.exceptions import StaleVersionError
from kiemtin.exchange.models import MarkupPage
from kiemtin.exchange.page_reviews import give
from kiemtin.exchange.pages import NotYourPageError, PageContent, PageExistsError, checked, reviews_of


@transaction.atomic
def update_page(*, page: MarkupPage, content: PageContent, version: str, by: ApiToken) -> MarkupPage:
    """Put other markup in the place of all that a page has; what is no longer in it answers nothing any more.

    Raises
    ------
    NotYourPageError
        It was handed in by another publisher or to another desk, or an address is not on the publisher's site.
    StaleVersionError
        `version` is not the one that stands.
    PageError
        Something in it is missing or wrong.
    PageExistsError
        The page's new address has markup already.
    """
    row = own_page(page, by)
    if version != str(row.version):
        raise StaleVersionError("changed in the meantime", version=row.version)
    clean = checked(content, site=by.publisher_site)
    reviews = reviews_of(clean, publisher=by.publisher_name, site=by.publisher_site)
    if MarkupPage.objects.filter(url=clean.url, deleted=None).exclude(pk=row.pk).exists():
        raise PageExistsError("there is markup for this page")
    row.url, row.published, row.markups = clean.url, clean.published, clean.stored()
    row.publisher_name, row.version, row.changed = by.publisher_name, row.version + 1, timezone.now()
    give(row, reviews, by=by.actor)
    row.save()
    record(
        by=by.actor,
        verb="page-markup.updated",
        object_type="page-markup",
        object_id=row.code,
        desk=by.desk.slug,
        detail={"reviews": len(row.keys)},
    )
    return row


def own_page(page: MarkupPage, token: ApiToken) -> MarkupPage:
    """Return a page as it stands, locked.

    Raises
    ------
    NotYourPageError
        It was handed in by another publisher or to another desk.
    """
    row = MarkupPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    if (row.desk_id, row.publisher_site) != (token.desk_id, token.publisher_site):
        raise NotYourPageError("handed in by somebody else")
    return row
