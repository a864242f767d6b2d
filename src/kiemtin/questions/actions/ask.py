"""Ask about a message."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from kiemtin.matching.ask import Library, Searched
from kiemtin.matching.exceptions import MessageError
from kiemtin.matching.finding import Finding
from kiemtin.matching.language import guess_language
from kiemtin.questions.answers import CaseSays, Choice, Said, said_by_case, standing_case
from kiemtin.questions.codes import new_code
from kiemtin.questions.demand import bump, bump_check
from kiemtin.questions.digest import digest_of, take
from kiemtin.questions.enums import Answered, Decision, Language
from kiemtin.questions.indicators import count, has_new, note
from kiemtin.questions.judging import judged, search
from kiemtin.questions.limits import is_flood
from kiemtin.questions.link_pages import said_at
from kiemtin.questions.masking import unmarked
from kiemtin.questions.models import Case, Message, Request
from kiemtin.questions.overdue import give_text_back
from kiemtin.questions.refusals import NotATextError
from kiemtin.questions.seen import Seen, seen_in

TIME_TO_CHOOSE = dt.timedelta(minutes=5)
"""So long a message that its asker was asked back about does not go to the desk, unless they say no to all."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of a question.

    Attributes
    ----------
    request, message
        The rows; the receipt code is the request's.
    band
        How sure the answer is; `none` too where the desk has closed the case without a rating.
    answers
        In band `answer` the one answer; in band `maybe` what the asker is asked back about; else nothing.
    choices
        The same with the match that each is, so that the asker can say yes or no; nothing where a case has answered.
    is_repeat
        Whether this asker has asked the same today; then request and code are the same too.
    guards
        What held an answer back, by code (see `matching.labels`).
    case
        The case that the message belongs to, if it does already.
    outcome
        `not-checkable` or `declined` where the case was closed so.
    """

    request: Request
    message: Message
    band: Answered
    answers: tuple[Finding, ...] = ()
    choices: tuple[Choice, ...] = ()
    is_repeat: bool = False
    guards: tuple[str, ...] = ()
    case: Case | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """What an asker brings to a question that begins with a picture.

    Attributes
    ----------
    code
        The receipt code that they have already, not used by another question.
    seen
        What the text was recognised by before it was masked.
    """

    code: str = ""
    seen: tuple[Seen, ...] = ()


def ask(  # noqa: PLR0913  (what a question is)
    *, text: str, channel: str, language: str, asker: str, library: Library, brought: Brought | None = None
) -> Asked:
    """Take a question and answer it as far as that can be done at once.

    Only the masked text is stored. What goes into no answer at once, the worker takes to the desk (see `settle`).

    Parameters
    ----------
    text
        As it was pasted.
    channel
        Name of the channel it came through.
    language
        The language to answer in.
    asker
        See `asker_of`; empty for one who is not known from another.
    library
        What is published, open.
    brought
        What the asker has of an earlier step.

    Raises
    ------
    RefusalError
        There is nothing in it to ask about.
    """
    taken = take(text)
    masked = taken.readable()
    digest = digest_of(masked, raw=text)
    # What the case says is fetched where it says something: most are open, and wide joins are what costs most here.
    known = next(iter(Message.objects.select_related("case").filter(digest=digest)), None)
    case = standing_case(known.case) if known else None
    by_case = said_by_case(case)
    decided = by_case is not None and (by_case.answer is not None or bool(by_case.outcome))
    # The encoder works before the transaction, so that nobody waits for the database meanwhile.
    before = brought or Brought()
    seen = tuple(dict.fromkeys((*seen_in(taken), *before.seen)))
    is_known = decided or (known is not None and _is_fresh(known, library) and not has_new(known, seen))
    said = "" if is_known else said_at(masked)
    searched = None if is_known else _search(library, said or unmarked(masked))
    at, code = timezone.now(), before.code
    question = _Question(masked, said, digest, seen, known is None, channel, _spoken(language), asker, at, code)
    return _take(question, searched, by_case if decided else None)


@dataclass(frozen=True, slots=True)
class _Question:
    text: str
    page: str
    digest: str
    seen: tuple[Seen, ...]
    is_new: bool
    channel: str
    language: str
    asker: str
    at: dt.datetime
    code: str = ""


@transaction.atomic
def _take(question: _Question, searched: Searched | None, by_case: CaseSays | None) -> Asked:
    message = _message(question)
    note(message=message, seen=question.seen, day=timezone.localdate(question.at))
    case = _lock_case(message)
    text = question.page or unmarked(question.text)
    said = None if by_case is not None else judged(message, searched, text, is_page=bool(question.page))
    request, is_new = _request(message, question)
    said = said and _minded(said, request)
    answer = _answer(by_case, said)
    is_new_answer = _show(request, answer)
    if is_new and not is_flood(question.digest, now=question.at):
        bump(message=message, case=case, at=question.at)
        count(message=message, seen=question.seen, day=timezone.localdate(question.at))
    if answer is not None and answer.fact_check is not None and (is_new or (is_new_answer and request.asker)):
        bump_check(fact_check=answer.fact_check, at=question.at)
    choices = said.choices if said is not None else ()
    _plan(message, request, is_answered=answer is not None, asked_back=bool(choices), at=question.at)
    message.save()
    return Asked(
        request=request,
        message=message,
        band=_band(by_case, said),
        answers=(answer,) if answer is not None else tuple(choice.finding for choice in choices),
        choices=choices,
        is_repeat=not is_new,
        guards=tuple(message.guards) if by_case is None else (),
        case=case,
        outcome=by_case.outcome if by_case else "",
    )


def _search(library: Library, text: str) -> Searched:
    """Ask the library; what it cannot read is refused as what it is."""
    try:
        return search(library, text)
    except MessageError:
        raise NotATextError("unreadable") from None


def _is_fresh(message: Message, library: Library) -> bool:
    """Whether the index knows no more now than when the message was matched."""
    return 0 <= message.matched_seq == library.mark


def _spoken(language: str) -> str:
    return language if language in Language.values else Language.VI.value


def _message(question: _Question) -> Message:
    """Return the message of the question, locked; it is stored at the first time."""
    rows = Message.objects.select_for_update(of=("self",)).filter(digest=question.digest)
    if not question.is_new:
        return give_text_back(rows.get(), question.text)
    toneless = guess_language(unmarked(question.text)).toneless
    fresh = Message(
        digest=question.digest,
        text=question.text,
        toneless=toneless,
        first_asked=question.at,
        last_asked=question.at,
        due=question.at,
    )
    Message.objects.bulk_create([fresh], ignore_conflicts=True)
    return rows.get()


def _lock_case(message: Message) -> Case | None:
    if message.case_id is None:
        return None
    return Case.objects.select_for_update(of=("self",)).select_related("desk").get(pk=message.case_id)


def _minded(said: Said, request: Request) -> Said:
    """Mind what this asker has said before: their yes is their answer, and what they said no to is not given again."""
    words = request.decisions
    chosen = [choice for choice in said.choices if words.get(str(choice.match.pk)) == Decision.YES]
    if chosen:
        return Said(Answered.ANSWER, tuple(chosen[:1]))
    left = tuple(choice for choice in said.choices if str(choice.match.pk) not in words)
    return Said(said.band, left) if left else Said(Answered.NONE)


def _answer(by_case: CaseSays | None, said: Said | None) -> Finding | None:
    if by_case is not None:
        return by_case.answer
    return said.choices[0].finding if said is not None and said.band is Answered.ANSWER else None


def _band(by_case: CaseSays | None, said: Said | None) -> Answered:
    if said is not None:
        return said.band
    return Answered.ANSWER if by_case is not None and by_case.answer is not None else Answered.NONE


def _request(message: Message, question: _Question) -> tuple[Request, bool]:
    """Return the asker's request of today, or a new one; and whether it counts as a new asker.

    Behind one address there may be several people with phones of one make. So a request in which somebody has left
    where to tell them is theirs alone: the next to ask gets one of their own, which is not counted again.
    """
    asker = question.asker
    if asker and message.asked:
        found = message.requests.filter(asker=asker).select_related("reply_address").first()
        if found is not None and hasattr(found, "reply_address"):
            return _fresh_request(message, question, asker=""), False
        if found is not None:
            if found.language != question.language:
                found.language = question.language
                found.save(update_fields=["language"])
            return found, False
    return _fresh_request(message, question, asker=asker), True


def _fresh_request(message: Message, question: _Question, *, asker: str) -> Request:
    return Request(
        code=question.code or new_code(),
        message=message,
        channel=question.channel,
        language=question.language,
        asker=asker,
        at=question.at,
    )


def _show(request: Request, answer: Finding | None) -> bool:
    """Note what the asker is shown, storing the request; returns whether it is another one than before."""
    before = (request.shown_id, request.shown_review_id)
    if answer is not None:
        request.shown, request.shown_review = answer.revision, answer.external_review
    is_other = before != (request.shown_id, request.shown_review_id)
    if is_other or request.pk is None:
        request.save()
    return is_other


def _plan(message: Message, request: Request, *, is_answered: bool, asked_back: bool, at: dt.datetime) -> None:
    """Say whether, and from when, the worker shall look for a case for the message."""
    if message.case_id is not None:
        message.settled = True
    elif is_answered:
        message.settled = message.settled or not _others_wait(message, request)
    elif message.settled or message.first_asked == at:
        message.settled = False
        message.due = at + TIME_TO_CHOOSE if asked_back else at
    elif not asked_back:
        message.due = min(message.due, at)


def _others_wait(message: Message, request: Request) -> bool:
    if message.asked <= 1:
        return False
    waiting = message.requests.filter(shown__isnull=True, shown_review__isnull=True)
    return waiting.exclude(pk=request.pk).exists()
