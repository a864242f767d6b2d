"""What an index follows: a shelf of entries whose changes are numbered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on a shelf after its last change.

    Attributes
    ----------
    id
        Stable and unique on its shelf.
    seq
        Number of its last change; no two entries have the same.
    title, text, wordings, lang, work
        As in `retrieval.Record`.
    is_gone
        Whether it is to be found no more.
    """

    id: str
    seq: int
    title: str = ""
    text: str = ""
    wordings: tuple[str, ...] = ()
    lang: str = ""
    work: str = ""
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where entries come from, and where their index lies.

    Attributes
    ----------
    name
        For people and logs.
    folder
        Of the index, inside the data folder.
    changes
        The entries changed after a number, at most so many, in the order of their numbers.
    count
        How many entries were changed after a number.
    last
        Number of the last change.
    at_hand
        Characters of texts that who searches it keeps at hand; None: what `retrieval.Options` says.
    """

    name: str
    folder: str
    changes: Callable[[int, int], Sequence[Entry]]
    count: Callable[[int], int]
    last: Callable[[], int]
    at_hand: int | None = None
