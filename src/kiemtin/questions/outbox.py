"""What is told to one asker, and the contract of whoever carries it. Channels, a room above, import it from here."""

from __future__ import annotations

import datetime as dt
import secrets
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from kiemtin.checks.models import ExternalReview, FactCheck, Revision
from kiemtin.questions.models import Reply

KEPT_FOR = dt.timedelta(days=30)
"""So long after the last answer an address is deleted."""

LEASE = dt.timedelta(minutes=20)
"""So long a worker may take over one reply; no handover takes that long, a mail server's ten minutes included."""

MAX_ATTEMPTS = 10
_FIRST_WAIT = dt.timedelta(minutes=1)
_GROWTH = 2.5
_JITTER = 0.2
_LONGEST_BACKOFF = dt.timedelta(hours=24)
LONGEST_WAIT = _LONGEST_BACKOFF * (1 + _JITTER)
"""No reply waits longer for its next attempt."""

_random = secrets.SystemRandom()


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What one asker is told. Nothing in it was written by an asker: an address may be somebody else's.

    Attributes
    ----------
    kind
        `ReplyKind`.
    language
        To tell it in.
    code, forget_key
        The receipt code, and what has the address forgotten with one click.
    message_id
        The same at each attempt.
    fact_check, revision
        The check, and the revision that is told of.
    before
        The older revision that the asker has; None if they have none.
    external_review
        The answer of another publisher.
    explanation, public_reason
        Why there is no rating.
    """

    kind: str
    language: str
    code: str
    forget_key: str
    message_id: str
    fact_check: FactCheck | None = None
    revision: Revision | None = None
    before: Revision | None = None
    external_review: ExternalReview | None = None
    explanation: str = ""
    public_reason: str = ""


class TransportError(Exception):
    """Something could not be handed over.

    Attributes
    ----------
    permanent
        Whether trying again is of no use.
    is_doubtful
        Whether the other side may have taken it all the same: it did not say.
    """

    def __init__(self, message: str, *, permanent: bool = False, is_doubtful: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.is_doubtful = is_doubtful


class Carrier(Protocol):
    """Hands over what is told."""

    def hand_over(self, address: str, telling: Telling) -> AbstractContextManager[None]:
        """Hand it over: the block begins the moment the other side has taken it, so that it is noted before all else.

        Raises
        ------
        TransportError
        """


def wait_after(attempts: int) -> dt.timedelta:
    """Return how long to wait after so many attempts: a minute at first, a day at most, a little by chance."""
    wait = min(_FIRST_WAIT * _GROWTH ** (attempts - 1), _LONGEST_BACKOFF)
    return wait * _random.uniform(1 - _JITTER, 1 + _JITTER)


def is_last(reply: Reply) -> bool:
    """Whether a reply that fails now is not tried again."""
    return reply.attempts >= MAX_ATTEMPTS
