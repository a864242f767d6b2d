"""What our own API answers with, and takes. Texts for people come in the language of `Accept-Language`."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import ConfigDict, Field

from kiemtin.checks.enums import RevisionKind, Topic, Verdict
from kiemtin.questions.digest import MAX_LENGTH
from kiemtin.questions.enums import Answered, CaseState, Decision, Language
from kiemtin.questions.receipts import Progress, Standing


class Strict(Schema):
    """What is sent: no field that is not known."""

    model_config = ConfigDict(extra="forbid")


class Publisher(Schema):
    """Who published a check."""

    name: str
    site: str


class Source(Schema):
    """One piece of evidence."""

    title: str = ""
    publisher: str = ""
    url: str = ""
    kind: str = Field(default="", description=_("primary or secondary"))
    interest: str = Field(default="", description=_("independent of whoever the claim is about, or party to it"))
    shows: str = ""
    accessed: str = Field(default="", description=_("the day it was read"))


class Finding(Schema):
    """A published check: ours, or a review of another publisher in its own words."""

    kind: str = Field(description=_("fact-check is ours, external-review is another publisher's"))
    check: int | None = Field(default=None, description=_("number of our fact-check"))
    revision: int | None = Field(default=None, description=_("number of its version"))
    publisher: Publisher
    claim: str
    verdict: Verdict | None = Field(default=None, description=_("ours; never given for other publishers"))
    rating: str = Field(description=_("in the publisher's words"))
    summary: str
    url: str
    language: str
    published: dt.date | None = None
    licence: str = ""
    sources: list[Source]
    sample: bool = Field(description=_("whether it is sample content"))


class Choice(Schema):
    """What the asker can say yes or no to."""

    match: int = Field(description=_("number to choose it by"))
    finding: Finding


class Guard(Schema):
    """What held an answer back."""

    code: str
    sentence: str


class Step(Schema):
    """One step of the way of a question."""

    standing: Standing
    label: str
    progress: Progress
    at: dt.datetime | None = None


class Correction(Schema):
    """A dated public note on what changed, or on why an answer was withdrawn."""

    revision: int
    kind: RevisionKind
    note: str
    at: dt.datetime


class Question(Schema):
    """Where a question stands."""

    code: str = Field(description=_("the receipt code"))
    url: str = Field(description=_("its page for people"))
    asked: dt.datetime
    language: str
    band: Answered = Field(description=_("answer, maybe (choose one of the choices) or none"))
    standing: Standing
    label: str
    is_final: bool = Field(description=_("whether nothing more is expected to come"))
    answer: Finding | None = None
    is_own_choice: bool = Field(description=_("whether the asker chose the answer"))
    choices: list[Choice]
    guards: list[Guard]
    steps: list[Step]
    corrections: list[Correction] = Field(description=_("published since the asker was last shown the answer"))
    withdrawn: Correction | None = None
    explanation: str = Field(description=_("why it cannot be checked, where that is so"))
    public_reason: str = Field(description=_("why the desk declined, where it did"))


class QuestionIn(Strict):
    """A message to ask about."""

    text: str = Field(
        min_length=1,
        max_length=MAX_LENGTH,
        description=_("As it was received. Personal data is covered before anything is stored."),
    )
    language: Language | None = Field(
        default=None, description=_("The language to answer in; else that of Accept-Language.")
    )


class ChoiceIn(Strict):
    """The asker's word on one choice, or that it is none of them."""

    answer: Decision = Field(description=_("yes or no; open changes nothing"))
    match: int | None = Field(
        None, ge=1, le=2**63 - 1, description=_("Which choice. Without it, no means none of them.")
    )


class CheckRow(Schema):
    """A fact-check in a list."""

    id: int
    claim: str
    verdict: Verdict
    label: str = Field(description=_("the verdict in words"))
    summary: str
    topic: Topic
    language: str
    url: str
    desk: str
    published: dt.datetime | None
    changed: dt.datetime | None
    revision: int
    state: str = Field(description=_("published, corrected or withdrawn"))
    sample: bool


class Check(CheckRow):
    """A fact-check, whole."""

    body: str = Field(description=_("Markdown"))
    authors: list[str]
    sources: list[Source]
    wordings: list[str] = Field(description=_("other wordings of the claim"))
    corrections: list[Correction]
    translations: list[int] = Field(description=_("numbers of the same check in other languages"))


class RevisionRow(Schema):
    """A version in a list."""

    number: int
    kind: RevisionKind
    note: str
    at: dt.datetime
    changed_fields: list[str]


class Revision(RevisionRow):
    """One version as it was published."""

    claim: str
    verdict: Verdict
    label: str
    summary: str
    body: str
    topic: Topic
    language: str
    authors: list[str]
    sources: list[Source]


class CheckList(Schema):
    """One page of fact-checks."""

    items: list[CheckRow]
    next: str | None = Field(description=_("cursor of the next page; null on the last"))


class RevisionList(Schema):
    """All versions, newest first."""

    items: list[RevisionRow]


class TopicRow(Schema):
    """A topic and how many fact-checks it has."""

    topic: Topic
    label: str
    count: int


class TopicList(Schema):
    """The topics that have fact-checks."""

    items: list[TopicRow]


class Word(Schema):
    """A word of the scale, and when it is given."""

    code: str
    label: str
    definition: str


class Scale(Schema):
    """The verdicts, and the outcomes that carry none."""

    verdicts: list[Word]
    outcomes: list[Word]
    url: str = Field(description=_("the page that explains the scale"))


class CaseRow(Schema):
    """A case of the desk."""

    id: int
    title: str
    state: CaseState
    language: str
    nature: str = Field(description=_("kind of statement; empty while nobody has said"))
    asked: int = Field(description=_("how many asked"))
    messages: int = Field(description=_("how many different messages"))
    first_asked: dt.datetime
    last_asked: dt.datetime
    state_since: dt.datetime
    check: int | None = Field(default=None, description=_("number of the fact-check that answers it"))
    url: str


class MessageRow(Schema):
    """A message of a case, as it is stored: personal data covered."""

    text: str
    asked: int
    first_asked: dt.datetime
    last_asked: dt.datetime


class Case(CaseRow):
    """A case with its messages, those most asked about first."""

    public_reason: str
    explanation: str
    review: Finding | None = Field(default=None, description=_("another publisher's review that answers it"))
    merged_into: int | None = None
    sent: list[MessageRow] = Field(description=_("at most 100"))


class CaseList(Schema):
    """One page of cases, newest first."""

    items: list[CaseRow]
    next: str | None = Field(description=_("cursor of the next page; null on the last"))


class TokenState(Schema):
    """What the token of the call lets do."""

    name: str
    prefix: str
    desk: str
    scopes: list[str]
    publisher: Publisher | None = None
    expires: dt.datetime
    last_used: dt.date | None


class Place(Schema):
    """One thing in a call that is missing or wrong."""

    pointer: str | None = Field(default=None, description=_("where in the body (RFC 6901)"))
    parameter: str | None = Field(default=None, description=_("which parameter"))
    code: str
    detail: str


class Problem(Schema):
    """Problem details (RFC 9457)."""

    type: str
    title: str
    status: int
    code: str = Field(description=_("stable; see the list of codes"))
    detail: str | None = None
    errors: list[Place] | None = None
