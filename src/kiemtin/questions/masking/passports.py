"""Numbers of passports, where the message speaks of one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.view import Find, View

_WORD = re.compile(r"(?<![a-z])(?:ho chieu|passports?|visa|so hc|hc so|hc:|ppt|pp ?:)(?![a-z])")
# Viet Nam's are a letter and seven figures, since 2022 also eight; after the word also those of other countries.
_NUMBER = re.compile(r"(?<![\w.,])(?:[bcnpek] ?\d{7,8})(?![a-z0-9]|[.,]\d)")
_AFTER_WORD = re.compile(
    r"(?:ho chieu|passport|so hc|hc so|hc:|pp ?:)[^\d\n\x00-\x02;!?]{0,30}?(?<![a-z0-9])"
    r"(?P<number>[a-z]{1,2} ?\d{6,8}|\d{9})(?![a-z0-9]|[.,]\d)"
)


def passports(view: View) -> Iterator[Find]:
    """Find B1234567 in a message that speaks of a passport or a visa, and what stands right after that word."""
    if _WORD.search(view.plain):
        yield from (Find(*match.span(), Kind.PASSPORT) for match in _NUMBER.finditer(view.plain))
        yield from (Find(*match.span("number"), Kind.PASSPORT) for match in _AFTER_WORD.finditer(view.plain))
