"""Accounts with letters in them, which banks give out beside those of figures: 96247ABC123, VQRQABCD1234."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiemtin.questions.masking.banks import BANKS
from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.phrases import phrases
from kiemtin.questions.masking.view import Find, View, scan

# With capitals; not CT12345678 or FT24228ABC, which are transfers and orders.
_NUMBER = re.compile(
    r"(?<![\w.\-/])(?!FT\d|[A-Z]{1,3}\d+(?![A-Z0-9]))(?=[A-Z0-9]{8,20}(?!\w|/\w))(?=\d*[A-Z])(?=(?:[A-Z]{0,16}\d){4})[A-Z0-9]++"
)
_BY_FORM = re.compile(r"VQR[A-Z]|96\d{1,3}[A-Z]|V\dC[A-Z]{2}|99[A-Z]{2}\d")
# In what a picture says that is scanned to pay (EMVCo, of NAPAS): the bank, then the account with its length.
_SCANNED = re.compile(r"a00000072701\d\d0006\d{6}01(?P<length>[01]\d)(?P<account>[a-z0-9]{6,19})")
_LEAST = 5  # figures
_BANK = rf"(?:{phrases(BANKS)})"
_BEFORE = re.compile(rf"(?<![a-z0-9])(?:{_BANK}|va)[ :|/(\-]{{1,4}}\Z")
_AFTER = re.compile(rf"[ |/(\-]{{1,4}}{_BANK}(?![a-z0-9])")
_NEAR = 40  # characters beside a number


def virtual_accounts(view: View) -> Iterator[Find]:
    """Find them by their form, or beside a bank."""
    for match in scan(_NUMBER, view.source, lambda match: _is_sure(view, match)):
        yield Find(*match.span(), Kind.ACCOUNT)
    for match in _SCANNED.finditer(view.plain):
        start = match.start("account")
        yield Find(start, min(match.end("account"), start + int(match["length"])), Kind.ACCOUNT)


def _is_sure(view: View, match: re.Match[str]) -> bool:
    if _BY_FORM.match(match[0]):
        return True
    start, end = match.span()
    is_beside = _BEFORE.search(view.plain[max(0, start - _NEAR) : start]) or _AFTER.match(view.plain, end)
    return bool(is_beside) and sum(char.isdigit() for char in match[0]) >= _LEAST
