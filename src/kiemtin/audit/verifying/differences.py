"""What can be found to be wrong, one word each; the sentences are made where they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """What is wrong."""

    LOG_GONE = "log-gone"
    KEY_CHANGED = "key-changed"
    BAD_SIGNATURE = "bad-signature"
    ORIGIN_CHANGED = "origin-changed"
    SHRUNK = "shrunk"
    HISTORY_REWRITTEN = "history-rewritten"
    ENTRY_CHANGED = "entry-changed"
    ENTRIES_MISSING = "entries-missing"
    ROOT_WRONG = "root-wrong"
    TILE_WRONG = "tile-wrong"
    ENTRY_UNREADABLE = "entry-unreadable"
    VERSION_SKIPPED = "version-skipped"
    CONTENT_CHANGED = "content-changed"
    CONTENT_GONE = "content-gone"
    NOT_LOGGED = "not-logged"
    OTHER_VERSION = "other-version"
    NOT_GIVEN = "not-given"
    WITHDRAWN_GIVEN = "withdrawn-given"
    REASON_CHANGED = "reason-changed"
    DECLINED_AGAIN = "declined-again"


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """One thing that is wrong.

    Attributes
    ----------
    entry
        Number of the entry; -1 where it is about none.
    subject, revision
        What it is about, as `Entry.subject` has it, and the version; empty and 0 where it is about none.
    was, now
        What was seen or signed before, and what is there now, where a number or a word says it.
    """

    code: Code
    entry: int = -1
    subject: str = ""
    revision: int = 0
    was: str = ""
    now: str = ""
