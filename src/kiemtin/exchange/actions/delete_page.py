"""Take back the markup of a page."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from kiemtin.accounts.models import ApiToken
from kiemtin.audit.record import record
from kiemtin.exchange.actions.update_page import own_page
from kiemtin.exchange.models import MarkupPage
from kiemtin.exchange.page_reviews import give


@transaction.atomic
def delete_page(*, page: MarkupPage, by: ApiToken) -> None:
    """Take all markup of a page back: its reviews answer nothing any more. What it was stays in the log.

    Raises
    ------
    NotYourPageError
        It was handed in by another publisher or to another desk.
    """
    row = own_page(page, by)
    if row.deleted is not None:
        return
    give(row, [], by=by.actor)
    row.markups, row.deleted, row.version = [], timezone.now(), row.version + 1
    row.save()
    record(
        by=by.actor,
        verb="page-markup.deleted",
        object_type="page-markup",
        object_id=row.code,
        desk=by.desk.slug,
    )
