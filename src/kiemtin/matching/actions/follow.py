"""Bring the index up to the database."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiemtin.checks.actions.number_changes import last_change
from kiemtin.checks.models import ExternalReview
from kiemtin.matching.folder import writing
from kiemtin.matching.records import to_record
from kiemtin.retrieval import Encoder, Index
from kiemtin.retrieval.errors import IndexFormatError

_BATCH = 128  # with vectors: a few seconds of work, so that an interruption costs little
_BATCH_LEXICAL = 2_000

Progress = Callable[[int, int], None]
"""Told how many of how many changes are in the index."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What it took: changes taken over, and whether the index was made anew."""

    changes: int
    made_anew: bool


def follow(*, encoder: Encoder | None, progress: Progress = lambda done, total: None, anew: bool = False) -> Followed:
    """Take every change since the index's mark into the index, in batches.

    The mark is stored with its batch. A batch that a crash cut off is taken again, and taking it twice comes to the
    same. An index of another version, of another encoder or ahead of the database is made anew.

    Parameters
    ----------
    encoder
        For the vectors; None makes and keeps an index without them.
    anew
        Make the index anew in any case.

    Raises
    ------
    IndexLockedError
        Another process is writing to the index.
    """
    with writing() as folder:
        was_there = (folder / "manifest.json").exists()
        index = None if anew else _open(folder, encoder)
        made_anew = index is None and was_there
        with index or _make(folder, encoder) as index:
            return Followed(_catch_up(index, progress), made_anew)


def _open(folder: Path, encoder: Encoder | None) -> Index | None:
    """Open the index if it can go on from where it is."""
    try:
        index = Index.open(folder, encoder=encoder, create=True)
    except IndexFormatError:
        return None
    if index.mark <= last_change() and index.has_vectors == (encoder is not None):
        return index
    index.close()
    return None


def _make(folder: Path, encoder: Encoder | None) -> Index:
    shutil.rmtree(folder, ignore_errors=True)
    return Index.open(folder, encoder=encoder, create=True)


def _catch_up(index: Index, progress: Progress) -> int:
    total = ExternalReview.objects.filter(seq__gt=index.mark).count()
    size = _BATCH if index.has_vectors else _BATCH_LEXICAL
    done = 0
    if total:
        progress(done, total)
    while batch := list(ExternalReview.objects.filter(seq__gt=index.mark).order_by("seq")[:size]):
        _take(index, batch)
        done += len(batch)
        progress(done, max(total, done))
    return done


def _take(index: Index, batch: list[ExternalReview]) -> None:
    index.remove(row.key for row in batch if row.withdrawn)
    index.add(to_record(row) for row in batch if not row.withdrawn)
    index.commit(mark=batch[-1].seq)
