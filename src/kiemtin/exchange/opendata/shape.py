"""What is in an export: its tables and their columns. What is not named here cannot get into one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    COUNT = "count"
    SHARE = "share"
    FLAG = "flag"
    DAY = "day"
    MOMENT = "moment"
    TEXTS = "texts"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes
    ----------
    about
        One sentence for who uses the data.
    optional
        Whether a row may have nothing there. Texts always have one, which may be empty.
    dates
        Whether the table changed on this day: the latest of all such days is the date of the export.
    """

    name: str
    kind: Kind
    about: str
    optional: bool = False
    dates: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A column that holds a key of another table, or of the same one."""

    column: str
    table: str
    key: str = "id"


@dataclass(frozen=True, slots=True)
class Table:
    """One table; its rows come in the order of its key."""

    name: str
    title: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    links: tuple[Link, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(column.name for column in self.columns)


def _text(name: str, about: str) -> Column:
    return Column(name, Kind.TEXT, about)


def _count(name: str, about: str, *, optional: bool = False) -> Column:
    return Column(name, Kind.COUNT, about, optional=optional)


def _day(name: str, about: str, *, dates: bool = False) -> Column:
    return Column(name, Kind.DAY, about, optional=True, dates=dates)


DESKS = Table(
    "desks",
    "Desks",
    "Who checks here, and how much of their work is not public.",
    ("slug",),
    (
        _text("slug", "Stable name of the desk."),
        _text("name", "Its name as it is published."),
        _text("language", "BCP 47 tag of what it publishes in first."),
        Column("sample", Kind.FLAG, "Whether what it publishes is sample content that comes with the program."),
        _count("published", "Fact-checks with a page, withdrawn ones too."),
        _count("unpublished", "Fact-checks that were begun and never published. Nothing else is said of them."),
        _count("open_cases", "Cases that are open, in progress or in review."),
        _count("closed_cases", "Cases that were published, declined or found not checkable."),
    ),
)

CHECKS = Table(
    "checks",
    "Fact-checks",
    "Fact-checks that were published, each as it stands, withdrawn ones too.",
    ("id",),
    (
        _count("id", "Number of the fact-check; it stands in its address."),
        _text("desk", "Who published it."),
        _text("url", "Its page."),
        _text("state", "published, corrected, or withdrawn: then the desk no longer stands by it."),
        _count("revision", "Number of the revision that stands."),
        _text("language", "BCP 47 tag it is written in."),
        _text("work", "Fact-checks with the same work are translations of one another; empty when it stands alone."),
        _text("topic", "What it is about, in one word."),
        _text("claim", "The claim in one sentence."),
        _text("verdict", "false, misleading, missing-context, altered, scam, unproven or true."),
        _text("summary", "Why, in short."),
        Column("published", Kind.MOMENT, "When it was first published.", optional=True, dates=True),
        Column("changed", Kind.MOMENT, "When something of it was last published.", optional=True, dates=True),
    ),
    (Link("desk", "desks", "slug"),),
)

REVISIONS = Table(
    "revisions",
    "Revisions",
    "Everything that was ever published of a fact-check, whole. Revisions are never changed.",
    ("check_id", "number"),
    (
        _count("check_id", "The fact-check."),
        _count("number", "From 1."),
        _text("kind", "first, correction or withdrawal."),
        Column("at", Kind.MOMENT, "When it was published.", dates=True),
        _text("note", "What was changed and why, as it stands on the page; empty for the first."),
        _text("language", "BCP 47 tag."),
        _text("topic", "What it is about, in one word."),
        _text("claim", "The claim in one sentence."),
        _text("verdict", "As in checks."),
        _text("summary", "Why, in short."),
        _text("body", "The whole text, in Markdown."),
        Column("authors", Kind.TEXTS, "Byline: the public names of who wrote it, as on the page."),
        _text("approver", "Byline: the public name of who approved it, as on the page."),
        _count("source_count", "How many sources it cites."),
        _count("independent_count", "How many of them are independent of whoever the claim is about."),
        Column("changed_fields", Kind.TEXTS, "What differs from the revision before."),
    ),
    (Link("check_id", "checks"),),
)

SOURCES = Table(
    "sources",
    "Sources",
    "The evidence of each revision, as it was cited.",
    ("check_id", "revision", "position"),
    (
        _count("check_id", "The fact-check."),
        _count("revision", "Number of its revision."),
        _count("position", "From 1, in the order of the page."),
        _text("title", "Title of the source."),
        _text("publisher", "Who published it."),
        _text("url", "Where; empty unless it is a web address."),
        _text("kind", "primary or secondary."),
        _text("interest", "independent of whoever the claim is about, or party to it; empty when nobody said."),
        _text("shows", "What it shows, in one sentence."),
        _day("accessed", "The day it was read."),
        _day("copied", "The day a copy was stored."),
        _text("copy_sha256", "SHA-256 of that copy."),
    ),
    (Link("check_id", "checks"),),
)

CASES = Table(
    "cases",
    "Cases",
    "The desk's units of work: one claim, and all messages that make it. Of those not closed only what can be counted.",
    ("id",),
    (
        _count("id", "Number of the case."),
        _text("desk", "Whose it is."),
        _text("state", "open, in-progress, in-review, published, not-checkable, declined or merged."),
        _count("messages", "How many distinct messages it has."),
        _count("asked", "How often they were asked about."),
        _day("opened", "The day it was opened."),
        _day("first_asked", "The day it was first asked about."),
        _day("last_asked", "The day it was last asked about.", dates=True),
        _day("state_since", "The day it came into its state.", dates=True),
        _text("nature", "Of closed cases: fact, opinion, belief, satire or prediction."),
        _text("language", "Of closed cases: BCP 47 tag; empty when unknown."),
        _text("public_reason", "Of declined cases: why, in the desk's public words."),
        _count("check_id", "Of published cases: the fact-check that answers it.", optional=True),
        _text("review_url", "Of published cases: the page of another publisher's review that answers it."),
        _text("review_publisher", "Who published that review."),
        _count("merged_into", "Of merged cases: where their messages went.", optional=True),
    ),
    (Link("desk", "desks", "slug"), Link("check_id", "checks"), Link("merged_into", "cases")),
)

MESSAGES = Table(
    "messages",
    "Messages",
    "Texts that were asked about, masked; only those of which at least one asker agreed that they be published.",
    ("id",),
    (
        _count("id", "Number of the message."),
        _text("text", "As it is stored: a mark such as [phone] for every piece of personal data that was found."),
        Column("toneless", Kind.FLAG, "Whether it is Vietnamese typed without diacritics."),
        _count("case_id", "Its case, if it has one.", optional=True),
        _text("band", "How sure the program was: answer, maybe or none."),
        _count("asked", "How often it was asked about."),
        _day("first_asked", "The day it was first asked about."),
        _day("last_asked", "The day it was last asked about.", dates=True),
    ),
    (Link("case_id", "cases"),),
)

MATCHES = Table(
    "matches",
    "Match decisions",
    "What a message was compared with, how sure the program was, and what was decided. Of messages that are not in "
    "the table of messages, only the decision.",
    ("id",),
    (
        _count("id", "Number of the match."),
        _count("message_id", "The message, if its text is in here.", optional=True),
        _text("target", "What it was compared with: check, review or case."),
        _count("check_id", "The fact-check.", optional=True),
        _text("review_url", "The page of another publisher's review."),
        _text("review_publisher", "Who published that review."),
        _count("case_id", "The case.", optional=True),
        _count("rank", "0 for the best of its message."),
        Column("probability", Kind.SHARE, "0 to 1, that it answers the message."),
        _text("band", "How sure the program was: answer, maybe or none."),
        Column("near_copy", Kind.FLAG, "Whether the message is a near copy of a known wording."),
        Column("guards", Kind.TEXTS, "What held an automatic answer back."),
        _text("passage", "The part of a long message that matched, masked; only where its text is in here."),
        _text("decision", "yes or no."),
        _text("decider", "asker, desk or program; never who."),
        _day("decided", "The day it was decided.", dates=True),
        _count("yes_count", "How many askers said yes."),
        _count("no_count", "How many askers said no."),
    ),
    (Link("message_id", "messages"), Link("check_id", "checks"), Link("case_id", "cases")),
)

TABLES = (DESKS, CHECKS, REVISIONS, SOURCES, CASES, MESSAGES, MATCHES)

Rows = Mapping[str, Callable[[], Iterable[object]]]
"""For each table's name its rows: objects with an attribute for each column, in the order of the key."""
