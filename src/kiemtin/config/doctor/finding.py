"""What the doctor finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings


class Level(StrEnum):
    """How bad it is."""

    WRONG = "wrong"
    NOTE = "note"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor.

    Attributes
    ----------
    code
        Stable, for programs.
    sentence, advice
        What is so, and what to do; in the reader's language. Nothing to do: no advice.
    """

    code: str
    level: Level
    sentence: str
    advice: str = ""


Check = Callable[[], Iterable[Finding]]
"""Looks at one thing."""


def is_trial() -> bool:
    """Whether this installation is only reached from its own machine: what is dangerous in public is a note there."""
    return (urlsplit(settings.KIEMTIN_ADDRESS).hostname or "") in ("localhost", "127.0.0.1", "::1")


def wrong_in_public() -> Level:
    """Return how bad something is that does no harm while somebody only tries the program."""
    return Level.NOTE if is_trial() else Level.WRONG
