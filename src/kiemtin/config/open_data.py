"""Where the rows of each table of the open data come from, and what is done with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kiemtin.accounts.models import Desk
from kiemtin.exchange.actions.export_data import export_data
from kiemtin.exchange.actions.publish_month import publish_month
from kiemtin.exchange.actions.take_out_texts import take_out_texts
from kiemtin.exchange.opendata import check_rows
from kiemtin.exchange.opendata.package import Written
from kiemtin.exchange.opendata.shape import Rows
from kiemtin.questions import open_data
from kiemtin.questions.actions.say_whether_to_publish import TAKEN_BACK


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRow:
    """A row of `shape.DESKS`."""

    slug: str
    name: str
    language: str
    sample: bool
    published: int
    unpublished: int
    open_cases: int
    closed_cases: int


def export(folder: Path, *, by: str) -> Written:
    """Write an export into a folder; see `export_data`."""
    return export_data(folder=folder, rows=_rows(), by=by)


def publish(*, by: str) -> bool:
    """Make the month's export; see `publish_month`."""
    return publish_month(rows=_rows(), by=by)


def take_out(*, by: str) -> int:
    """Take texts that nobody agrees to any more out of all months; see `take_out_texts`."""
    return take_out_texts(rows=_rows(), counter=TAKEN_BACK, by=by)


def _rows() -> Rows:
    return {
        "desks": _desks,
        "checks": check_rows.checks,
        "revisions": check_rows.revisions,
        "sources": check_rows.sources,
        "cases": open_data.cases,
        "messages": open_data.messages,
        "matches": open_data.matches,
    }


def _desks() -> Iterator[DeskRow]:
    of_checks, of_cases = check_rows.check_counts(), open_data.case_counts()
    for desk in Desk.objects.order_by("slug"):
        published, unpublished = of_checks.get(desk.pk, (0, 0))
        open_cases, closed_cases = of_cases.get(desk.pk, (0, 0))
        yield DeskRow(
            slug=desk.slug,
            name=desk.name,
            language=desk.language,
            sample=desk.is_sample,
            published=published,
            unpublished=unpublished,
            open_cases=open_cases,
            closed_cases=closed_cases,
        )
