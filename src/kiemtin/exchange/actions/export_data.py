"""Write the open data of this installation into a folder."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import transaction

from kiemtin.accounts.models import Desk
from kiemtin.audit.record import record
from kiemtin.exchange.exceptions import ExportFolderError, FolderOccupiedError
from kiemtin.exchange.opendata.package import Written, is_package, write_package
from kiemtin.exchange.opendata.shape import Rows
from kiemtin.exchange.opendata.snapshot import snapshot
from kiemtin.exchange.opendata.swap import built


def export_data(*, folder: Path, rows: Rows, by: str) -> Written:
    """Write an export, whole or not at all, in constant memory; an earlier export in the folder is replaced.

    Two exports of the same state are the same bytes.

    Parameters
    ----------
    rows
        See `shape.Rows`.

    Raises
    ------
    FolderOccupiedError
        There is something else in the folder.
    ExportFolderError
        It cannot be written.
    """
    try:
        if folder.exists() and not (is_package(folder) or _is_empty(folder)):
            raise FolderOccupiedError(folder, f"{folder} holds something else than an export")
        with built(folder) as draft, snapshot():
            written = write_package(draft, rows=rows, address=settings.KIEMTIN_ADDRESS, publisher=publisher())
    except OSError as error:
        raise ExportFolderError(folder, f"{folder} cannot be written: {error}") from error
    with transaction.atomic():
        record(by=by, verb="data.exported", object_type="export", desk="", detail=dict(written.rows))
    return written


def publisher() -> str:
    """Return the name that the data are given under: of the desk that takes in questions, else of the first one."""
    return Desk.objects.order_by("-is_intake", "is_sample", "pk").values_list("name", flat=True).first() or ""


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())
