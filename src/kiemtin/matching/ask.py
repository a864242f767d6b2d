"""Ask the index, and join what it finds back to the stored reviews."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

from django.db.models import Q
from django.utils.translation import get_language

from kiemtin.checks.actions.number_changes import last_change
from kiemtin.checks.models import ExternalReview
from kiemtin.matching.exceptions import EmptyLibraryError
from kiemtin.matching.folder import index_folder
from kiemtin.matching.opening import open_index
from kiemtin.retrieval import Answer, Band, Guard, Match, Matcher, Options

__all__ = ["Band", "Found", "Guard", "Library", "Reply", "join"]


@dataclass(frozen=True, slots=True)
class Found:
    """A review that may answer the message, and how well it matches."""

    review: ExternalReview
    match: Match


@dataclass(frozen=True, slots=True)
class Reply:
    """`Answer` with the stored reviews in place of their keys; see there for the fields."""

    band: Band
    found: tuple[Found, ...] = ()
    guards: tuple[Guard, ...] = ()
    encoder: bool = True


class Library:
    """The published checks, open for questions. A context manager.

    Parameters
    ----------
    use_encoder
        Use vectors, if the index has them and the encoder is installed.

    Attributes
    ----------
    behind
        How many changes of the database are not in the index yet.

    Raises
    ------
    EmptyLibraryError
        Nothing was imported.
    IndexMissingError, IndexFormatError
        The index must be made (again).
    """

    def __init__(self, *, use_encoder: bool = True) -> None:
        last = last_change()
        if not last:
            raise EmptyLibraryError
        self._index = open_index(index_folder(), use_encoder=use_encoder)
        self._matcher = Matcher(self._index, options=Options(encoder=use_encoder))
        self.behind = max(0, last - self._index.mark)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the index."""
        self._index.close()

    def ask(self, message: str, *, limit: int = 5) -> Reply:
        """Answer one message.

        Raises
        ------
        MessageError
            The message is empty, not text, or too long.
        """
        return join([self._matcher.ask(message, limit=limit)])[0]


def join(answers: Sequence[Answer]) -> list[Reply]:
    """Put stored reviews in place of keys, with one question to the database.

    A review that has a version in the active language is shown in it. One that was withdrawn, even a moment ago, is
    left out; if it was the answer, the band is at most `maybe`.
    """
    shelf = _shelf(match for answer in answers for match in answer.matches)
    return [_reply(answer, shelf) for answer in answers]


@dataclass(frozen=True, slots=True)
class _Shelf:
    by_key: dict[str, ExternalReview]
    by_work: dict[str, ExternalReview]

    def find(self, match: Match) -> ExternalReview | None:
        """Return the review to show for a match; None if the matched one is gone."""
        return self.by_work.get(match.work, self.by_key[match.id]) if match.id in self.by_key else None


def _shelf(matches: Iterable[Match]) -> _Shelf:
    found = list(matches)
    language = get_language() or ""
    versions = Q(work__in={match.work for match in found} - {""}, language=language)
    rows = ExternalReview.objects.filter(Q(key__in={match.id for match in found}) | versions, withdrawn=False)
    shelf = _Shelf({}, {})
    for row in rows:
        shelf.by_key[row.key] = row
        if row.work and row.language == language:
            shelf.by_work[row.work] = row
    return shelf


def _reply(answer: Answer, shelf: _Shelf) -> Reply:
    pairs = [(shelf.find(match), match) for match in answer.matches]
    found = tuple(Found(review, match) for review, match in pairs if review is not None)
    reply = Reply(answer.band, found, answer.guards, answer.encoder)
    if not found:
        return replace(reply, band=Band.NONE)
    is_first_gone = pairs[0][0] is None
    return replace(reply, band=Band.MAYBE) if is_first_gone and answer.band is Band.ANSWER else reply
