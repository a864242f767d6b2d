"""Finds cases by words, with or without diacritics: in their titles, and in their messages by the matching core."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case as When
from django.db.models import Expression, IntegerField, Q, Value
from django.db.models import When as If

from kiemtin.matching.exceptions import RetrievalError
from kiemtin.matching.live import live
from kiemtin.matching.relevant import relevant
from kiemtin.questions.shelf import MESSAGES, case_pk
from kiemtin.questions.titles import plain

_MOST_WORDS = 8
_NUMBER = re.compile(r"#?(\d{1,12})")
_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found: a condition on cases, and their order, the best first."""

    condition: Q
    order: Expression


def search_cases(text: str) -> Hits:
    """Look for cases: by number, by all words in the title, and by what their messages say.

    The messages are asked of the index that new messages are settled by, so the time does not grow with their number,
    and what is put in other words is found too.
    """
    title = Q()
    for word in plain(text).split()[:_MOST_WORDS]:
        title &= Q(title_plain__contains=word)
    number = _NUMBER.fullmatch(text.strip())
    exact = Q(pk=int(number[1])) if number else Q(pk__in=[])
    by_message = [] if number else _cases_of_messages(text)
    ranks = [If(exact, then=Value(-2))] if number else []
    ranks += [If(title, then=Value(-1))] if title else []
    ranks += [If(pk=pk, then=Value(rank)) for rank, pk in enumerate(by_message)]
    order = When(*ranks, default=Value(_LIMIT), output_field=IntegerField())
    return Hits((title if title else Q(pk__in=[])) | exact | Q(pk__in=by_message), order)


def _cases_of_messages(text: str) -> Sequence[int]:
    """Return the cases whose messages have to do with the words, best first (the index gives one match a case)."""
    try:
        matches = live().search(MESSAGES).ask(text, limit=_LIMIT).answer.matches
    except RetrievalError:
        return []  # no words in it, or too long for a message
    return [case_pk(match.work) for match in relevant(matches)]
