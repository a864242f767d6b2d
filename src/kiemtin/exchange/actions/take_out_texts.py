"""Take texts that nobody agrees to any more out of every month that the public site offers."""

from __future__ import annotations

from operator import attrgetter

from django.conf import settings
from django.db import transaction

from kiemtin.audit.record import record
from kiemtin.checks.actions.number_changes import last_change
from kiemtin.database.alone import alone
from kiemtin.exchange.actions.export_data import publisher
from kiemtin.exchange.opendata.catalogue import PACKAGE, month_folder, months
from kiemtin.exchange.opendata.due import note_heeded
from kiemtin.exchange.opendata.months import make_month
from kiemtin.exchange.opendata.package import write_package
from kiemtin.exchange.opendata.redacted import Redacted, message_ids
from kiemtin.exchange.opendata.shape import Rows


def take_out_texts(*, rows: Rows, counter: str, by: str) -> int:
    """Write each month anew that holds such a text; returns how many texts were taken out, over all months.

    What an interruption leaves undone is done by the next call.

    Parameters
    ----------
    rows
        See `shape.Rows`; of them, the messages that may be published now.
    counter
        The change counter that numbers the consents taken back.
    """
    with alone("open-data") as is_free:
        if not is_free:
            return 0
        upto = last_change(name=counter)  # before the rows: what comes later is left for the next call
        given = set(map(attrgetter("id"), rows["messages"]()))
        taken = 0
        for month in months():
            gone = message_ids(month_folder(month.name) / PACKAGE) - given
            if gone:
                _take_out(month.name, gone)
            taken += len(gone)
        note_heeded(upto)
        if taken:
            with transaction.atomic():
                record(by=by, verb="data.texts-taken-out", object_type="export", desk="", detail={"texts": taken})
    return taken


def _take_out(name: str, gone: set[int]) -> None:
    old = Redacted(month_folder(name) / PACKAGE, gone)
    make_month(
        name,
        lambda folder: write_package(folder, rows=old.rows(), address=settings.KIEMTIN_ADDRESS, publisher=publisher()),
    )
