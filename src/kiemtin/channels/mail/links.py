"""The addresses in a mail, whole and in the active language."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from kiemtin.channels.base import Telling
from kiemtin.questions.codes import shown_code


@dataclass(frozen=True, slots=True)
class Links:
    """Where a mail leads; empty where there is nothing.

    Attributes
    ----------
    code
        The receipt code as it is shown.
    receipt
        The page of the receipt code.
    forget
        Has the address forgotten, with one click.
    check, revisions
        The fact-check, and all its revisions.
    """

    code: str
    receipt: str
    forget: str
    check: str = ""
    revisions: str = ""

    @classmethod
    def of(cls, telling: Telling) -> Links:
        """Return the links of what is told."""
        check, check_link, revisions = telling.fact_check, "", ""
        if check is not None:
            check_link = _whole(reverse("public:check", args=[check.pk, check.slug or "-"]))
            revisions = _whole(reverse("public:check-revisions", args=[check.pk]))
        forget = reverse("public:receipt-forget", args=[telling.code])
        return cls(
            code=shown_code(telling.code),
            receipt=_whole(reverse("public:receipt", args=[telling.code])),
            forget=f"{_whole(forget)}?{urlencode({'key': telling.forget_key})}",
            check=check_link,
            revisions=revisions,
        )


def _whole(path: str) -> str:
    return f"{settings.KIEMTIN_ADDRESS}{path}"
