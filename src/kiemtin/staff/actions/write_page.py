"""Write a page that a desk publishes about itself."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from kiemtin.accounts.enums import PageKind
from kiemtin.accounts.models import Desk, DeskPage, User
from kiemtin.audit.record import record
from kiemtin.checks.exceptions import EmptyTextError, StaleVersionError
from kiemtin.checks.logged import log_page
from kiemtin.checks.permissions import check_may
from kiemtin.checks.workflow import RULES, Action


@transaction.atomic
def write_page(  # noqa: PLR0913  (what names a version)
    *, desk: Desk, kind: str, language: str, body: str, by: User, expected_number: int
) -> DeskPage:
    """Add the next version of a page; the same text again adds none.

    Parameters
    ----------
    expected_number
        The version that the writer had before them, 0 for none.

    Raises
    ------
    NotAllowedError
        `by` may not write the desk's pages.
    StaleVersionError
        Somebody else has written since.
    EmptyTextError
        There is nothing in it.
    """
    check_may(Action.WRITE_PAGES, user=by, desk=desk)
    body = body.replace("\r\n", "\n").strip()
    if not body:
        raise EmptyTextError("a page says something", field="body")
    current = DeskPage.objects.filter(desk=desk, kind=kind, language=language).order_by("-number").first()
    number = current.number if current else 0
    if number != expected_number:
        raise StaleVersionError("somebody else has written since", version=number)
    if current and current.body == body:
        return current
    page = _add(desk=desk, kind=PageKind(kind), language=language, body=body, by=by, number=number + 1)
    record(
        by=by.actor,
        verb=RULES[Action.WRITE_PAGES].verb,
        object_type="page",
        object_id=str(page.pk),
        desk=desk.slug,
        detail={"kind": str(kind), "language": language, "number": page.number},
    )
    log_page(page)  # last: from here on others who publish wait
    return page


def _add(*, number: int, **fields: object) -> DeskPage:
    try:
        with transaction.atomic():
            return DeskPage.objects.create(number=number, **fields)
    except IntegrityError as error:
        # Two wrote at the same moment: the table's own rule lets one in.
        raise StaleVersionError("somebody else has written since", version=number) from error
