"""What the program found for a case: other cases that may be the same, and published checks that may answer it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import OuterRef, Q, Subquery
from django.utils.functional import Promise

from kiemtin.checks.models import ExternalReview, FactCheck
from kiemtin.desk.message_parts import Bubble, bubble
from kiemtin.desk.queue import open_proposals
from kiemtin.matching.ask import FAR, Guard
from kiemtin.matching.exceptions import RetrievalError
from kiemtin.matching.labels import GUARD_SENTENCES
from kiemtin.matching.live import live_library
from kiemtin.matching.relevant import relevant
from kiemtin.questions.answers import standing_case
from kiemtin.questions.enums import Decider, Decision
from kiemtin.questions.indicators import shared_with
from kiemtin.questions.masking import unmarked
from kiemtin.questions.models import Case, Match, Message
from kiemtin.questions.outcomes import DECIDED

_LOOKED_AT = 200
_SHOWN = 6
_FOUND = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A published check, ours or another publisher's, that may answer a case.

    Attributes
    ----------
    match
        The best match of a message of the case with it; None where a person looked for it.
    count
        How many messages of the case it was found for.
    guards
        What differs between the two, in sentences.
    """

    check: FactCheck | None
    review: ExternalReview | None
    match: Match | None = None
    count: int = 0
    guards: tuple[str | Promise, ...] = ()

    @property
    def percent(self) -> int:
        """How likely the program takes it for the answer."""
        return round(100 * self.match.probability) if self.match else 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """The open question whether two cases are the same.

    Attributes
    ----------
    match
        The best match between them.
    source, target
        Yes merges the first into the second.
    other
        Whichever of the two is not the one that is looked at.
    mine, theirs
        A message of each, with what differs marked in theirs.
    shared
        The indicators that both have, as they may be shown.
    """

    match: Match
    source: Case
    target: Case
    other: Case
    mine: Bubble
    theirs: Bubble
    guards: tuple[str | Promise, ...] = ()
    shared: tuple[str, ...] = ()

    @property
    def tells(self) -> bool:
        """Whether yes gives those who asked the outcome of a case that is decided."""
        return self.target.state in DECIDED

    @property
    def percent(self) -> int:
        """How likely the program takes them for the same."""
        return round(100 * self.match.probability)


def candidates(case: Case) -> list[Candidate]:
    """Return what was found for the messages of a case, the likeliest first, but for what is far off or was refused."""
    speaks = Q(probability__gte=FAR) | Q(by_indicator=True)
    rows = Match.objects.filter(speaks, message__case=case, case__isnull=True).exclude(
        decision=Decision.NO, decider=Decider.DESK
    )
    rows = rows.select_related("fact_check__latest", "fact_check__desk", "external_review").order_by("-probability")
    found: dict[tuple[int | None, int | None], list[Match]] = {}
    for row in rows[:_LOOKED_AT]:
        is_own = row.fact_check_id is not None and row.fact_check_id == case.fact_check_id
        if _stands(row) and not is_own:
            found.setdefault((row.fact_check_id, row.external_review_id), []).append(row)
    return [
        Candidate(best.fact_check, best.external_review, best, len(group), _sentences(best.guards))
        for best, group in ((group[0], group) for group in list(found.values())[:_SHOWN])
    ]


def look_up(text: str) -> list[Candidate]:
    """Look in what is published for words, ours and other publishers' alike."""
    try:
        found = live_library().ask(text, limit=_FOUND).found
    except RetrievalError:
        return []
    kept = {id(match) for match in relevant([one.match for one in found])}
    return [Candidate(one.finding.fact_check, one.finding.external_review) for one in found if id(one.match) in kept]


def proposals(case: Case) -> list[Proposal]:
    """Return the open questions whether the case is the same as another, one for each other case, likeliest first."""
    # Each way has an index of its own; a condition with `or` would read every match there is.
    ways = ({"message__case": case}, {"case": case}, {"case__merged_into": case})
    one, *others = (open_proposals().filter(**way).values("pk") for way in ways)
    likeliest = Match.objects.filter(pk__in=one.union(*others)).order_by("-probability").values_list("pk", flat=True)
    # By their numbers: of so many tables PostgreSQL would join all rows first (its join_collapse_limit is eight).
    rows = Match.objects.filter(pk__in=list(likeliest[:_LOOKED_AT])).order_by("-probability")
    pairs: dict[int, tuple[Match, Case, Case]] = {}
    for row in rows.select_related("message__case__desk", "case__desk", "case__merged_into__desk"):
        source, target = row.message.case, standing_case(row.case)
        if source is None or target is None or source.pk == target.pk:
            continue
        other = target if source.pk == case.pk else source
        pairs.setdefault(other.pk, (row, source, target))
    first = first_messages(case.pk, *pairs)
    found = [_proposal(case, *pair, first) for pair in list(pairs.values())[:_SHOWN]]
    if not any(one.match.by_indicator for one in found):
        return found
    shared = shared_with(case, [one.other.pk for one in found])
    return [replace(one, shared=tuple(row.shown for row in shared.get(one.other.pk, ()))) for one in found]


def matches_between(match: Match, case: Case) -> list[Match]:
    """Return all open matches that ask the same of a case as one of them does, the one first."""
    if match.case_id is None:
        same = Match.objects.filter(
            message__case=case, fact_check=match.fact_check_id, external_review=match.external_review_id
        )
    else:
        same = open_proposals().filter(message__case=match.message.case_id, case=match.case_id)
    return [match, *same.filter(decision=Decision.OPEN).exclude(pk=match.pk)[:_LOOKED_AT]]


def similar_cases(case: Case) -> list[int]:
    """Return the numbers of cases with open questions about this one."""
    return [proposal.other.pk for proposal in proposals(case)]


def first_text(case: Case) -> str:
    """Return the most asked message of a case, without marks: for looking for its like."""
    found = case.messages.order_by("-asked", "pk").values_list("text", flat=True).first()
    return unmarked(found or case.title)


def _proposal(case: Case, match: Match, source: Case, target: Case, first: dict[int, Message]) -> Proposal:
    is_ours = source.pk == case.pk
    mine = match.message if is_ours else first.get(case.pk, match.message)
    theirs = first.get(target.pk, match.message) if is_ours else match.message
    other = target if is_ours else source
    return Proposal(
        match, source, target, other, bubble(mine, None), bubble(theirs, mine), guards=_sentences(match.guards)
    )


def first_messages(*cases: int) -> dict[int, Message]:
    """Return the most asked message of each case."""
    first = Message.objects.filter(case=OuterRef("pk")).order_by("-asked", "pk").values("pk")[:1]
    pks = Case.objects.filter(pk__in=cases).annotate(first=Subquery(first)).values_list("first", flat=True)
    found: Iterable[Message] = Message.objects.filter(pk__in=[pk for pk in pks if pk])
    return {message.case_id: message for message in found if message.case_id is not None}


def _stands(match: Match) -> bool:
    if match.fact_check is not None:
        return match.fact_check.is_answer
    return match.external_review is not None and not match.external_review.withdrawn


def _sentences(guards: Sequence[str]) -> tuple[str | Promise, ...]:
    return tuple(GUARD_SENTENCES[Guard(guard)] for guard in guards if guard in set(Guard))
