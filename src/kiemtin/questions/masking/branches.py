"""Accounts that are told in two parts, as banks abroad have them: sort code 12-34-56, account 12345678."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.view import Find, View

_SAID = r"(?:(?: ?(?:number|no|code|num|nr)(?![a-z])\.?| ?#)?[ :.#=]{0,3})"
# The word for a branch, and how many figures its number has.
_BRANCHES = {
    r"sort(?: ?codes?)?": r"\d\d[ \-]?\d\d[ \-]?\d\d",
    r"bsb": r"\d{3}[ \-]?\d{3}",
    r"(?:aba|ach|rtn|wire)? ?routing(?: transit)?|aba|rtn": r"\d{9}",
    r"transit": r"\d{5}(?:-\d{3})?",
    r"branch": r"\d{3,5}",
    r"blz|bankleitzahl": r"\d{3} ?\d{3} ?\d{2}",
    r"記号": r"\d{5}",
    r"bank code": r"\d{3,5}",
}
_CODE = "|".join(rf"(?:{word}){_SAID}(?P<code{at}>{code})" for at, (word, code) in enumerate(_BRANCHES.items()))
_ACCOUNT = r"(?:accounts?|acct|acc|a/c|konto|kontonummer|kto|savings|checking|ordinary|futsu|番号|口座|普通)"
_NUMBER = r"\d(?:[ \-]?\d){4,16}(?![\w]|[.,/]\d)"
_INSTITUTION = r"(?:[ ,;(/\-]{1,3}inst(?:itution)?[ a-z:.#]{0,10}\d{3})?"
_BRANCH_FIRST = re.compile(
    rf"(?<![a-z])(?:{_CODE})(?!\d){_INSTITUTION}"
    rf"(?:[^\d\x00-\x02]{{0,24}}{_ACCOUNT}[^\d\x00-\x02.;!?]{{0,14}}|[ ,;:/|\n\-]{{1,3}})(?P<number>{_NUMBER})"
)
_BRANCH_LAST = tuple(
    re.compile(rf"{before}(?P<number>{_NUMBER})[ ,;:/|(\-{line}]{{1,3}}(?:and |with )?(?:{_CODE})(?!\d)")
    for before, line in (
        (rf"(?<![a-z]){_ACCOUNT}[^\d\x00-\x02;!?]{{0,14}}", r"\n"),
        (r"(?<![\w.,/\-])", ""),
    )
)
# As they are written in Britain, in a message that speaks of paying.
_BRITISH = re.compile(r"(?<![\w.,/\-])\d\d-\d\d-\d\d[ ,/]{1,3}\d{8}(?![\w/\-]|[.,]\d)")
_PAYING = re.compile(
    r"(?<![a-z])(?:sort|account|acc|deposit|pay|paid|transfer|wire|bank|send|barclays|lloyds|natwest|monzo|hsbc|"
    r"starling|uk)(?![a-z])"
)


def branches(view: View) -> Iterator[Find]:
    """Find the number of a branch with that of the account in it; alone the branch's is nobody's."""
    for match in _BRANCH_FIRST.finditer(view.plain):
        yield Find(match.start(_code(match)), match.end("number"), Kind.ACCOUNT)
    for pattern in _BRANCH_LAST:
        for match in pattern.finditer(view.plain):
            yield Find(match.start("number"), match.end(_code(match)), Kind.ACCOUNT)
    if _PAYING.search(view.plain):
        yield from (Find(*match.span(), Kind.ACCOUNT) for match in _BRITISH.finditer(view.plain))


def _code(match: re.Match[str]) -> str:
    """Give the group of the branch's number."""
    return next(name for name, value in match.groupdict().items() if value and name != "number")
