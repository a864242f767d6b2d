"""Offer this month's open data on the public site."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from kiemtin.audit.record import record
from kiemtin.database.alone import alone
from kiemtin.exchange.actions.export_data import publisher
from kiemtin.exchange.opendata.due import is_month_due, this_month
from kiemtin.exchange.opendata.months import make_month
from kiemtin.exchange.opendata.package import write_package
from kiemtin.exchange.opendata.shape import Rows
from kiemtin.exchange.opendata.snapshot import snapshot


def publish_month(*, rows: Rows, by: str) -> bool:
    """Make the export of the month that it is now, unless there is one; returns whether it was made.

    Parameters
    ----------
    rows
        See `shape.Rows`.
    """
    name = this_month()
    with alone("open-data") as is_free:
        if not is_free or not is_month_due():
            return False
        with snapshot():
            month = make_month(
                name,
                lambda folder: write_package(
                    folder, rows=rows, address=settings.KIEMTIN_ADDRESS, publisher=publisher()
                ),
            )
        with transaction.atomic():
            record(by=by, verb="data.published", object_type="export", desk="", object_id=name, detail=dict(month.rows))
    return True
