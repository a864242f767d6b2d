"""What goes into the matching core and what comes out of it: frozen dataclasses."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Band(StrEnum):
    """How sure the program is: `answer` at once, `maybe` asks back, `none` says that nothing fits."""

    ANSWER = "answer"
    MAYBE = "maybe"
    NONE = "none"


class Guard(StrEnum):
    """Why an answer that looked sure was held back to `maybe`, or a short text was not trusted."""

    NUMBERS = "numbers"
    DATES = "dates"
    AMOUNTS = "amounts"
    NAMES = "names"
    NEGATION = "negation"
    LINK_ONLY = "link-only"
    TOO_SHORT = "too-short"


@dataclass(frozen=True, slots=True)
class Record:
    """One published check, as the matching core sees it.

    Attributes
    ----------
    id
        Stable key, unique in an index. Adding a record with a known id replaces it.
    title
        The claim or headline in one sentence.
    text
        The summary, or the claim at length.
    wordings
        Other wordings of the same claim and earlier messages that were decided to be this claim.
    lang
        BCP 47 tag of `title` and `text`; empty when unknown.
    work
        Records with the same work are versions (translations) of one check and are answered as one;
        empty means that the record stands alone.
    """

    id: str
    title: str = ""
    text: str = ""
    wordings: tuple[str, ...] = ()
    lang: str = ""
    work: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """The part of the message that matched: character offsets into the text as it was given, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Match:
    """One candidate check for a message.

    Attributes
    ----------
    id, work
        Of the record (see `Record`).
    score
        The fused score; only its order within one answer means anything.
    probability
        Calibrated probability, 0 to 1, that this check answers the message.
    part
        Which part of a long message matched; None when it is the whole message.
    near_copy
        Whether the message is a near copy of a text of this record.
    guards
        What differs between message and check that forbids an automatic answer.
    signals
        The value of each matcher that went into the score, by name.
    """

    id: str
    work: str
    score: float
    probability: float
    part: Part | None = None
    near_copy: bool = False
    guards: tuple[Guard, ...] = ()
    signals: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the matching core says to one message.

    Attributes
    ----------
    band
        See `Band`. In band `answer` the first match is the answer; in `maybe` the first three are the question.
    matches
        Best first, at most as many as were asked for, one per work.
    guards
        The guards that held the first match back; empty when none did.
    encoder
        Whether vectors took part; False says that the match is lexical only.
    """

    band: Band
    matches: tuple[Match, ...] = ()
    guards: tuple[Guard, ...] = ()
    encoder: bool = True
