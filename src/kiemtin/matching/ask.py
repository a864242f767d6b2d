"""Ask the index of what is published, and join what it finds back to what is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

from kiemtin.matching.exceptions import EmptyLibraryError
from kiemtin.matching.finding import Finding
from kiemtin.matching.opening import EncoderSource, installed_encoder
from kiemtin.matching.published import PUBLISHED
from kiemtin.matching.searching import LOOK_EACH, NO_MARK, Search, Searched
from kiemtin.matching.stock import Stock
from kiemtin.retrieval import Answer, Band, Guard, Match

__all__ = ["FAR", "NO_MARK", "SHOWN", "Band", "Found", "Guard", "Library", "Reply", "Searched", "join", "reply_from"]

SHOWN = 3
"""Checks that band `maybe` asks about."""

FAR = 0.05
"""Below this probability only the first of them is asked about."""


@dataclass(frozen=True, slots=True)
class Found:
    """A check that may answer the message, and how well it matches."""

    finding: Finding
    match: Match


@dataclass(frozen=True, slots=True)
class Reply:
    """`Answer` with what is stored in place of keys; see there for the fields.

    Attributes
    ----------
    mark
        Up to which change the index knew.
    """

    band: Band
    found: tuple[Found, ...] = ()
    guards: tuple[Guard, ...] = ()
    encoder: bool = True
    mark: int = NO_MARK

    @property
    def asked_about(self) -> tuple[Found, ...]:
        """What band `maybe` asks about: the first, and the next two unless they are far off."""
        first, others = self.found[:1], self.found[1:SHOWN]
        return (*first, *(found for found in others if found.match.probability >= FAR))


class Library:
    """The published checks, open for questions. A context manager; many threads may ask at once.

    Parameters
    ----------
    use_encoder
        Use vectors, if the index has them and the encoder is installed.
    source
        Gives the encoder.
    look_each
        Seconds between two looks at what other processes have committed.
    """

    def __init__(
        self, *, use_encoder: bool = True, source: EncoderSource = installed_encoder, look_each: float = LOOK_EACH
    ) -> None:
        self._search = Search(PUBLISHED, use_encoder=use_encoder, source=source, look_each=look_each)

    @classmethod
    def opened(cls, *, use_encoder: bool = True) -> Self:
        """Return a library that is there: for a command that can say what to do about one that is not.

        Raises
        ------
        EmptyLibraryError
            Nothing was published or imported.
        IndexMissingError, IndexFormatError
            The index must be made (again).
        """
        if not PUBLISHED.last():
            raise EmptyLibraryError
        library = cls(use_encoder=use_encoder)
        library._search.open()
        return library

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the index; the next question opens it again."""
        self._search.close()

    def look(self) -> None:
        """See at once what other processes have committed."""
        self._search.look()

    @property
    def mark(self) -> int:
        """Up to which change the index knows; `NO_MARK` if there is none."""
        return self._search.mark

    @property
    def behind(self) -> int:
        """How many changes of the database are not in the index yet."""
        return max(0, PUBLISHED.last() - max(self.mark, 0))

    def ask(self, message: str, *, limit: int = 5) -> Reply:
        """Answer one message. A library that is empty or has no index yet finds nothing.

        Raises
        ------
        MessageError
            The message is empty, not text, or too long.
        """
        searched = self.search(message, limit=limit)
        return replace(join([searched.answer])[0], mark=searched.mark)

    def search(self, message: str, *, limit: int = 5) -> Searched:
        """Answer one message by ids alone: for who joins them inside a transaction (see `reply_from`).

        Raises
        ------
        MessageError
            The message is empty, not text, or too long.
        """
        return self._search.ask(message, limit=limit)


def join(answers: Sequence[Answer]) -> list[Reply]:
    """Put what is stored in place of keys, with two questions to the database at most.

    What has a version in the active language is shown in it, our own before that of another publisher. What was
    withdrawn, even a moment ago, is left out; if it was the answer, the band is at most `maybe`.
    """
    stock = Stock.of((match.id, match.work) for answer in answers for match in answer.matches)
    return [reply_from(answer, stock) for answer in answers]


def reply_from(answer: Answer, stock: Stock) -> Reply:
    """Put what is in stock in place of keys (see `join`)."""
    pairs = [(stock.find(match.id, match.work), match) for match in answer.matches]
    found = tuple(Found(finding, match) for finding, match in pairs if finding is not None)
    reply = Reply(answer.band, found, answer.guards, answer.encoder)
    if not found:
        return replace(reply, band=Band.NONE)
    is_first_gone = pairs[0][0] is None
    return replace(reply, band=Band.MAYBE) if is_first_gone and answer.band is Band.ANSWER else reply
