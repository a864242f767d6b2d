"""Whether there is anything to do about the months that the public site offers. Loads no Parquet."""

from __future__ import annotations

from typing import Final

from django.utils import timezone

from kiemtin.checks.actions.number_changes import last_change
from kiemtin.checks.models import FactCheck
from kiemtin.exchange.opendata.catalogue import data_folder, month_of

_HEEDED: Final = "heeded"


def this_month() -> str:
    """Return the name of the month that it is now."""
    return f"{timezone.localdate():%Y-%m}"


def is_month_due() -> bool:
    """Whether something is published, and the month that it is now has no export yet."""
    return month_of(this_month()) is None and FactCheck.objects.filter(latest__isnull=False).exists()


def has_taken_back(*, counter: str) -> bool:
    """Whether somebody took a consent back since the months were last gone through.

    Parameters
    ----------
    counter
        The change counter that numbers the consents taken back.
    """
    return _heeded() < last_change(name=counter)


def note_heeded(number: int) -> None:
    """Note that all months heed the consents taken back up to this one."""
    (data_folder() / _HEEDED).write_text(f"{number}\n", encoding="ascii")


def _heeded() -> int:
    try:
        return int((data_folder() / _HEEDED).read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        return 0
