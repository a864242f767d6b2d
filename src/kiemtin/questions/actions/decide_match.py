"""Take an asker's word on what they were asked back about."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kiemtin.audit.record import record
from kiemtin.questions.answers import judge, matches_of
from kiemtin.questions.casework import desk_slug
from kiemtin.questions.demand import bump_check
from kiemtin.questions.enums import Answered, Decider, Decision
from kiemtin.questions.models import Match, Message, Request
from kiemtin.questions.refusals import GoneError, NotAskedError


@transaction.atomic
def decide_match(*, request: Request, match: Match, decision: Decision, by: str = "asker") -> Request:
    """Note yes or no of the asker to one choice. Their yes makes it their answer; no to all goes to the desk.

    Each asker has one word on a choice and one yes; what comes later changes nothing. The yes is this asker's own:
    others are asked again, and the message does not become a known wording of the check.

    Raises
    ------
    NotAskedError
        The match is not of this question, or it was never asked about.
    GoneError
        The check was withdrawn in the meantime.
    """
    row, message = _locked(request)
    if str(match.pk) in row.decisions or Decision.YES in row.decisions.values():
        return row
    said = judge(message.band, matches_of(message))
    choice = next((choice for choice in said.choices if choice.match.pk == match.pk), None)
    if choice is None:
        raise _reason(message, match)
    _note(row, [choice.match], decision)
    if decision == Decision.YES:
        row.shown, row.shown_review = choice.finding.revision, choice.finding.external_review
        if choice.finding.fact_check is not None:
            bump_check(fact_check=choice.finding.fact_check, at=timezone.now())
        message.settled = message.settled or not _others_wait(row)
    elif all(str(other.match.pk) in row.decisions for other in said.choices):
        _to_desk(row, message)
    _store(row, message, by, decision)
    return row


@transaction.atomic
def decline_matches(*, request: Request, by: str = "asker") -> Request:
    """Note that nothing of what was found is what the asker means, also not an answer given at once: to the desk.

    Who has said yes before changes nothing by it.
    """
    row, message = _locked(request)
    if Decision.YES in row.decisions.values():
        return row
    said = judge(message.band, matches_of(message))
    fresh = [choice.match for choice in said.choices if str(choice.match.pk) not in row.decisions]
    if not fresh:
        return row
    _note(row, fresh, Decision.NO)
    _to_desk(row, message)
    _store(row, message, by, Decision.NO)
    return row


def _locked(request: Request) -> tuple[Request, Message]:
    """Lock the message first, as `ask` does, then the request."""
    message = Message.objects.select_for_update(of=("self",)).get(pk=request.message_id)
    return Request.objects.select_for_update(of=("self",)).get(pk=request.pk), message


def _reason(message: Message, match: Match) -> NotAskedError | GoneError:
    asked_about = message.band != Answered.NONE and any(match.pk == one.pk for one in matches_of(message))
    return GoneError("the check is withdrawn") if asked_about else NotAskedError("not asked about")


def _note(request: Request, matches: list[Match], decision: Decision) -> None:
    """Store the word with the request, count it, and let it stand on the match while all askers agree."""
    for match in matches:
        request.decisions[str(match.pk)] = decision.value
        match.yes_count += decision == Decision.YES
        match.no_count += decision == Decision.NO
        counts = {"yes_count": F("yes_count") + int(decision == Decision.YES)}
        counts["no_count"] = F("no_count") + int(decision == Decision.NO)
        Match.objects.filter(pk=match.pk).update(**counts, **_standing(match, decision))


def _standing(match: Match, decision: Decision) -> dict[str, object]:
    if match.decision != Decision.OPEN and match.decider != Decider.ASKER:
        return {}
    if match.yes_count and match.no_count:
        return {"decision": Decision.OPEN, "decider": "", "decided": None}
    return {"decision": decision, "decider": Decider.ASKER, "decided": timezone.now()}


def _to_desk(request: Request, message: Message) -> None:
    request.shown = request.shown_review = None
    if message.case_id is None:
        message.settled, message.due = False, timezone.now()


def _others_wait(request: Request) -> bool:
    others = Request.objects.filter(message=request.message_id, shown__isnull=True, shown_review__isnull=True)
    return others.exclude(pk=request.pk).exists()


def _store(request: Request, message: Message, by: str, decision: Decision) -> None:
    request.save(update_fields=["decisions", "shown", "shown_review"])
    message.save(update_fields=["settled", "due"])
    detail = {"decider": Decider.ASKER.value, "decision": decision.value}
    record(
        by=by,
        verb="match.decided",
        object_type="message",
        object_id=str(message.pk),
        desk=desk_slug(message),
        detail=detail,
    )
