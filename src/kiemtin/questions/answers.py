"""What is said to a message: by its case, by what the matching core found, by what people decided of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from kiemtin.checks.models import FactCheck, Revision
from kiemtin.matching.ask import FAR, SHOWN, Found
from kiemtin.matching.finding import Finding
from kiemtin.matching.records import check_id
from kiemtin.matching.stock import Stock
from kiemtin.questions.enums import Answered, CaseState, Decider, Decision
from kiemtin.questions.models import Case, Match, Message

_PAST = 99  # rank of a match that is no longer among the best, kept because somebody said something of it
_RENEWED = ("rank", "probability", "band", "near_copy", "guards", "passage", "by_indicator")
_UNRATED = frozenset({CaseState.NOT_CHECKABLE, CaseState.DECLINED})


@dataclass(frozen=True, slots=True)
class Choice:
    """A check that a message may be about, and what the asker can say yes or no to."""

    match: Match
    finding: Finding


@dataclass(frozen=True, slots=True)
class Said:
    """What is said to a message.

    Attributes
    ----------
    band
        How sure it is.
    choices
        In band `answer` the one answer; in band `maybe` up to three to choose from; else nothing.
    """

    band: Answered
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseSays:
    """What a decided case says: an answer, a withdrawal, or an outcome without rating; exactly one of them.

    Attributes
    ----------
    answer
        The check that answers it, in the reader's language where there is one.
    withdrawn
        The last revision of its check, which says why it was withdrawn.
    outcome
        `not-checkable` or `declined`.
    is_gone
        Its review of another publisher is no longer given.
    """

    answer: Finding | None = None
    withdrawn: Revision | None = None
    outcome: str = ""
    is_gone: bool = False


CASE_FIELDS = (
    "case__desk",
    "case__merged_into",
    "case__fact_check__latest",
    "case__fact_check__desk",
    "case__external_review",
)
"""What to fetch with a message so that its case can be asked at no further cost."""


def standing_case(case: Case | None) -> Case | None:
    """Return the case that messages of a case belong to now: where it was merged into, and so on."""
    for _ in range(10):
        if case is None or case.state != CaseState.MERGED:
            break
        case = case.merged_into
    return case


def said_by_case(case: Case | None) -> CaseSays | None:
    """Return what a case says to all who asked; None while it is undecided."""
    if case is None:
        return None
    if case.state in _UNRATED:
        return CaseSays(outcome=case.state)
    if case.state != CaseState.PUBLISHED:
        return None
    if case.fact_check is not None:
        return said_by_check(case.fact_check)
    review = case.external_review
    key, work = (review.key, review.work) if review is not None else ("", "")
    answer = Stock.of([(key, work)]).find(key, work)
    return CaseSays(answer=answer, is_gone=answer is None)


def said_by_check(check: FactCheck) -> CaseSays:
    """Return what a published check says now."""
    if not check.is_answer:
        return CaseSays(withdrawn=check.latest)
    key = check_id(check.pk)
    work = check.work or key
    return CaseSays(answer=Stock.of([(key, work)]).find(key, work))


def matches_of(message: Message) -> list[Match]:
    """Return the stored matches of a message with checks, best first; in band `none` those that the desk said yes to.

    No others can be said to it then.
    """
    rows = message.matches.filter(case__isnull=True, rank__lt=SHOWN).select_related("fact_check", "external_review")
    if message.band == Answered.NONE:
        rows = rows.filter(decision=Decision.YES, decider=Decider.DESK)
    return sorted(rows, key=lambda match: match.rank)


def judge(band: str, matches: Sequence[Match], stock: Stock | None = None) -> Said:
    """Return what stored matches say, with what is withdrawn or was decided against left out.

    What the desk said yes to is the answer. If the best match is gone, what is left is asked about at most.
    """
    in_stock = stock if stock is not None else Stock.of(map(_pair, matches))
    found = [(match, in_stock.find(*_pair(match))) for match in matches]
    kept = [Choice(match, finding) for match, finding in found if finding is not None and not _refused(match)]
    agreed = [choice for choice in kept if _is_desk(choice.match, Decision.YES)]
    if agreed:
        return Said(Answered.ANSWER, tuple(agreed[:1]))
    if not kept or band == Answered.NONE:
        return Said(Answered.NONE)
    if band == Answered.ANSWER and kept[0].match is matches[0]:
        return Said(Answered.ANSWER, tuple(kept[:1]))
    near = (choice for choice in kept[1:] if choice.match.probability >= FAR or choice.match.by_indicator)
    return Said(Answered.MAYBE, (kept[0], *near))


def store_matches(
    message: Message, found: Iterable[Found], band: str, text: str, *, shared: Sequence[Finding] = ()
) -> list[Match]:
    """Store the best matches of a message, which is locked; decisions on earlier ones are kept. Returns them in order.

    A match that is no longer among the best goes, unless somebody said something of it. `text` was searched for.
    What shares an indicator with the message comes first, and what only its words speak for, without being near enough
    to ask about, is then left to the desk.
    """
    known = {} if not message.asked else {_pair(row): row for row in _stored(message)}
    best = [_match(message, at, one, band, text) for at, one in enumerate(found) if at < SHOWN]
    if shared:
        best = _with_shared(message, best, shared, is_near=band != Answered.NONE)
    fresh = [row for row in best if _pair(row) not in known]
    rows = [_renewed(known.pop(_pair(row)), row) if _pair(row) in known else row for row in best]
    dropped = [row.pk for row in known.values() if not _has_word(row)]
    kept = [row.pk for row in known.values() if _has_word(row) and row.rank != _PAST]
    if dropped:
        Match.objects.filter(pk__in=dropped).delete()
    if kept:
        Match.objects.filter(pk__in=kept).update(rank=_PAST)
    again = [row for row in rows if row.pk]
    if again:
        Match.objects.bulk_update(again, list(_RENEWED))
    if fresh:
        Match.objects.bulk_create(fresh)
    return [row for row in rows if row.rank < SHOWN]


def _with_shared(message: Message, best: list[Match], shared: Sequence[Finding], *, is_near: bool) -> list[Match]:
    """Put what shares an indicator first, ranked anew; the others after it, or past all that is asked about."""
    by_words = {_pair(row): row for row in best}
    first = []
    for finding in shared:
        row = Match(
            message=message,
            fact_check=finding.fact_check,
            external_review=finding.external_review,
            probability=0.0,
            band=Answered.MAYBE,
        )
        row = by_words.pop(_pair(row), row)
        row.by_indicator = True
        first.append(row)
    others = list(by_words.values())
    for at, row in enumerate(first):
        row.rank = at
    for at, row in enumerate(others, start=len(first) if is_near else SHOWN):
        row.rank = at
    return [*first, *others]


def _stored(message: Message) -> Iterable[Match]:
    return message.matches.filter(case__isnull=True).select_related("fact_check", "external_review")


def _match(message: Message, rank: int, found: Found, band: str, text: str) -> Match:
    part = found.match.part
    return Match(
        message=message,
        fact_check=found.finding.fact_check,
        external_review=found.finding.external_review,
        rank=rank,
        probability=found.match.probability,
        band=band,
        near_copy=found.match.near_copy,
        guards=[guard.value for guard in found.match.guards],
        passage=text[part.start : part.end].strip() if part else "",
        at=timezone.now(),
    )


def _renewed(old: Match, new: Match) -> Match:
    for name in _RENEWED:
        setattr(old, name, getattr(new, name))
    return old


def _pair(match: Match) -> tuple[str, str]:
    """Return id and work of what a match is with."""
    if match.fact_check is not None:
        key = check_id(match.fact_check.pk)
        return key, match.fact_check.work or key
    review = match.external_review
    return (review.key, review.work) if review is not None else ("", "")


def _has_word(match: Match) -> bool:
    return match.decision != Decision.OPEN or bool(match.yes_count or match.no_count)


def _refused(match: Match) -> bool:
    return _is_desk(match, Decision.NO)


def _is_desk(match: Match, decision: Decision) -> bool:
    return match.decision == decision and match.decider == Decider.DESK
