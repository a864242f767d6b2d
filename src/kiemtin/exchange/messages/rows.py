"""A message of a file, and what is written about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

_SURROGATE = re.compile(r"[\ud800-\udfff]")


class MessageFault(TextChoices):
    """Why a row of a file of messages cannot be asked."""

    NO_TEXT = "no-text", _("it has no text")
    NOT_UTF8 = "not-utf8", _("it is not valid UTF-8")
    NOT_READABLE = "not-readable", _("it cannot be read as a row of this format")


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One row: its id ("" where there is none), its text, and why it cannot be asked, if so."""

    id: str
    text: str
    fault: MessageFault | None = None


def message_row(identity: object, text: object) -> MessageRow:
    """Return a row from two cells as a reader found them."""
    name = "" if identity is None else _whole(str(identity))
    if not isinstance(text, str) or not text.strip():
        return MessageRow(name, text if isinstance(text, str) else "", MessageFault.NO_TEXT)
    whole = _whole(text)
    return MessageRow(name, whole, None if whole == text else MessageFault.NOT_UTF8)


def _whole(text: str) -> str:
    """Return the text with a replacement character for each half of a character: no file can hold those."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """What is written about one message; the columns of every format, in this order.

    `key` to `part` are of the best match. `guards` is separated by spaces. `matches` holds all matches as a JSON list.
    """

    id: str = ""
    text: str = ""
    band: str = "none"
    probability: float | None = None
    key: str = ""
    publisher: str = ""
    rating: str = ""
    claim: str = ""
    url: str = ""
    near_copy: bool = False
    part: str = ""
    guards: str = ""
    encoder: bool = False
    error: str = ""
    matches: str = "[]"


COLUMNS = tuple(field.name for field in fields(ResultRow))
