"""One indicator, as it is while a message is read. What is kept of it is made of it by who stores it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What it is."""

    DOMAIN = "domain"
    SHORT_LINK = "short-link"
    PHONE = "phone"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator.

    Attributes
    ----------
    value
        The same however it is written; not to be stored or logged.
    shown
        What may be stored and shown: a defanged host or short link, or the last three digits.
    """

    kind: Kind
    value: str = field(repr=False)
    shown: str
