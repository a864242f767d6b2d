"""Have a copy of a source taken."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from kiemtin.accounts.models import User
from kiemtin.checks.completeness import is_address, same_page
from kiemtin.checks.copies import without_copy
from kiemtin.checks.draft import SourceContent
from kiemtin.checks.enums import CopyState
from kiemtin.checks.exceptions import NotCitedError
from kiemtin.checks.models import CopyRequest, FactCheck
from kiemtin.checks.transition import begin, note
from kiemtin.checks.workflow import Action


@transaction.atomic
def take_copy(*, fact_check: FactCheck, by: User, url: str) -> CopyRequest:
    """Ask for a copy of a page that the working copy cites; the program takes it within moments.

    Raises
    ------
    NotAllowedError, WrongStateError
    NotCitedError
    """
    row = begin(Action.TAKE_COPY, fact_check, by=by)
    address = cited_address(row, url)
    asked = {"url": address, "state": CopyState.WAITING, "failure": "", "status": 0, "asked": timezone.now()}
    request, _ = CopyRequest.objects.update_or_create(fact_check=row, page=same_page(address), defaults=asked)
    note(Action.TAKE_COPY, row=row, by=by)
    return request


def ask_for_missing(*, fact_check: FactCheck, sources: Iterable[SourceContent]) -> int:
    """Ask for a copy of each source that has none; returns how many were asked for. Of samples none are taken."""
    if fact_check.desk.is_sample:
        return 0
    wanted = [
        CopyRequest(fact_check=fact_check, page=same_page(url), url=url) for url in without_copy(sources, fact_check)
    ]
    return len(CopyRequest.objects.bulk_create(wanted, ignore_conflicts=True)) if wanted else 0


def cited_address(fact_check: FactCheck, url: str) -> str:
    """Return the address under which the working copy cites a page.

    Raises
    ------
    NotCitedError
    """
    page = same_page(url)
    cited = fact_check.sources.values_list("url", flat=True)
    found = next((one for one in cited if is_address(one) and same_page(one) == page), None)
    if found is None:
        raise NotCitedError("the working copy cites no such page")
    return found
