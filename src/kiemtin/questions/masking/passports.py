"""Numbers of passports, where the message speaks of one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.view import Find, View

_WORD = re.compile(r"(?<![a-z])(?:ho chieu|pass ?ports?|visa|so hc|hc|ppt|ppn|pp)(?![a-z])")
_CUT = r"[ .\-]?"
# Viet Nam's are a letter and seven figures, since 2022 also eight; some figures may be left out.
_OWN = rf"[bcnpek]{_CUT}(?:\d[\dx*]{{6,7}}|\d(?:{_CUT}[\dx*]){{6,7}})"
# As it is read off a picture, after the word.
_MISREAD = rf"[bcnpek]{_CUT}(?=(?:[oli]?\d){{5}})[\doli]{{7,8}}"
_END = r"(?![a-z0-9*]|[.,]\d)"
_NUMBER = re.compile(rf"(?<![\w.,]){_OWN}{_END}")
# After the word also those of other countries.
_FOREIGN = (
    rf"[a-z]{{1,2}}{_CUT}\d[\dx*]{{5,7}}|\d\d[a-z]{{2}}\d{{5}}|[a-z]\d{{7}}[a-z]|"
    rf"(?=(?:[a-z]{{0,4}}\d){{4}})[a-z0-9]{{9}}"
)
_AFTER_WORD = re.compile(
    r"(?<![a-z])(?:(?:ho chieu|pass ?ports?)[^\d\n\x00-\x02;!?]{0,30}?"
    r"|(?:so hc|hc|pp[nt]?)(?: (?:so|no|number))?[ :./\w]{1,8}?)"
    rf"(?<![a-z0-9])(?P<number>{_OWN}|{_MISREAD}|{_FOREIGN}|\d{{9}}){_END}"
)
_BEFORE_WORD = re.compile(
    r"(?<![\w.,])(?P<number>[a-z]{1,2}\d{6,8})[ ,(\-]{1,3}(?:la |is )?(?:so |my )?(?:ho chieu|passport)(?![a-z])"
)
# The line for machines: C1234567<8VNM9001011F3001019<<<
_MACHINE_READ = re.compile(r"(?<![a-z0-9])(?P<number>[a-z]\d{7}<\d[a-z]{3}\d{7}[mf<]\d{7}\d{0,14})(?!\d)")


def passports(view: View) -> Iterator[Find]:
    """Find B1234567 in a message that speaks of a passport or a visa, and what stands right after that word."""
    yield from (Find(*match.span("number"), Kind.PASSPORT) for match in _MACHINE_READ.finditer(view.plain))
    if _WORD.search(view.plain):
        yield from (Find(*match.span(), Kind.PASSPORT) for match in _NUMBER.finditer(view.plain))
        yield from (Find(*match.span("number"), Kind.PASSPORT) for match in _AFTER_WORD.finditer(view.plain))
        yield from (Find(*match.span("number"), Kind.PASSPORT) for match in _BEFORE_WORD.finditer(view.plain))
