"""What kinds of requests there are, what each may have, and which one a request is of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """A kind of requests: each has a line of its own."""

    FILES = "files"
    READING = "reading"
    RECEIPTS = "receipts"
    POLLING = "polling"
    ASKING = "asking"
    PICTURES = "pictures"
    CALLING = "calling"
    DOOR = "door"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a kind may have in one web process.

    Attributes
    ----------
    share
        Its part of the time, beside the other kinds that have somebody waiting.
    places
        How many of it are worked on at once at most.
    waiting
        How many of it wait at most.
    patience
        Seconds that one waits at most.
    bodies
        How many bodies of it are taken in at once: who sends slowly holds a thread.
    may_use_reserve
        Whether it may also have the places that are kept free of all others.
    """

    share: float
    places: int
    waiting: int
    patience: float
    bodies: int = 2
    may_use_reserve: bool = False


PLACES = 5
"""Requests that a web process works on at once. Python itself does one; the others wait for disk or encoder."""

RESERVE = 1
"""Of these, so many are for the desk alone."""

RULES: Mapping[Kind, Rule] = {
    Kind.FILES: Rule(share=4, places=2, waiting=32, patience=5),
    Kind.READING: Rule(share=6, places=4, waiting=32, patience=3),
    Kind.RECEIPTS: Rule(share=8, places=4, waiting=24, patience=5, bodies=8),
    Kind.POLLING: Rule(share=1, places=1, waiting=4, patience=1),
    Kind.ASKING: Rule(share=6, places=4, waiting=24, patience=3, bodies=32),
    Kind.PICTURES: Rule(share=2, places=1, waiting=4, patience=5, bodies=8),
    Kind.CALLING: Rule(share=3, places=2, waiting=12, patience=3, bodies=16),
    Kind.DOOR: Rule(share=3, places=2, waiting=8, patience=10, bodies=8),
    Kind.DESK: Rule(share=16, places=PLACES, waiting=48, patience=30, bodies=16, may_use_reserve=True),
}

STREAMS = 16
"""Large answers that are given out at once: who reads slowly holds a thread."""

_AT_ONCE = 32  # threads that are left to turn away
THREADS = PLACES + sum(rule.waiting + rule.bodies for rule in RULES.values()) + STREAMS + _AT_ONCE
"""Threads of one web process at most. Nearly all of them wait."""

_LARGE = 64 << 10  # bytes of a form: more than any text, so there is a picture in it
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_FILES = ("/static/", "/sw.js", "/manifest.webmanifest", "/offline/", "/robots.txt", "/favicon.ico")
_STAFF = ("/desk/", "/account/")
_PROGRAMS = ("/api/v1/", "/v1alpha1/")


def kind_of(head: Mapping[str, object], *, is_member: bool) -> Kind:
    """Return which kind a request is of, by what stands in its head.

    Parameters
    ----------
    head
        Of the request (PEP 3333).
    is_member
        Whether its session is known to be that of somebody who works here.
    """
    path = str(head.get("PATH_INFO", ""))
    path = path[3:] if path.startswith("/en/") else path
    is_read = head.get("REQUEST_METHOD") in _SAFE
    if path.startswith(_STAFF):
        return Kind.DESK if is_member else Kind.DOOR
    if path.startswith(_FILES):
        return Kind.FILES
    if path.startswith("/r/") and (is_read or not path.endswith("/ask/")):
        return Kind.POLLING if "HTTP_HX_REQUEST" in head else Kind.RECEIPTS
    if path.endswith(":imageSearch") or (not is_read and length_of(head) > _LARGE):
        return Kind.PICTURES
    if path.startswith(_PROGRAMS):
        return Kind.CALLING
    return Kind.READING if is_read and not _searches(head) else Kind.ASKING


def _searches(head: Mapping[str, object]) -> bool:
    """Whether it is read by meaning, which costs as much as a question."""
    return "&q=" in f"&{head.get('QUERY_STRING', '')}"


def length_of(head: Mapping[str, object]) -> int:
    """Return how many bytes a request says it brings; 0 if it does not say."""
    told = str(head.get("CONTENT_LENGTH") or "")
    return int(told) if told.isascii() and told.isdigit() else 0
