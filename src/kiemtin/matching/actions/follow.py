"""Bring the index of a shelf up to the database."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiemtin.matching.folder import index_folder, writing
from kiemtin.matching.published import PUBLISHED
from kiemtin.matching.records import to_record
from kiemtin.matching.searching import Search
from kiemtin.matching.shelf import Entry, Shelf
from kiemtin.retrieval import Encoder, Index
from kiemtin.retrieval.errors import IndexFormatError
from kiemtin.retrieval.manifest import FILE, read_manifest

_BATCH = 128  # with vectors: a few seconds of work, so that an interruption costs little
_BATCH_LEXICAL = 2_000

Progress = Callable[[int, int], None]
"""Told how many of how many changes are in the index."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What it took: changes taken over, and whether the index was made anew."""

    changes: int
    made_anew: bool


def follow(
    *,
    encoder: Encoder | None,
    shelf: Shelf = PUBLISHED,
    progress: Progress = lambda done, total: None,
    anew: bool = False,
) -> Followed:
    """Take every change since the index's mark into the index, in batches.

    The mark is stored with its batch. A batch that a crash cut off is taken again, and taking it twice comes to the
    same. An index of another version, of another encoder or ahead of the database is made anew.

    Parameters
    ----------
    encoder
        For the vectors; None makes and keeps an index without them.
    shelf
        What to follow.
    anew
        Make the index anew in any case.

    Raises
    ------
    IndexLockedError
        Another process is writing to the index.
    """
    with writing(shelf) as folder:
        was_there = (folder / FILE).exists()
        index = None if anew else _open(folder, encoder, shelf)
        made_anew = index is None and was_there
        with index or _make(folder, encoder) as index:
            return Followed(_catch_up(index, shelf, progress), made_anew)


def follow_and_look(search: Search) -> Followed:
    """Bring up the index that a search asks, and let the search see it.

    Raises
    ------
    IndexLockedError
        Another process is writing to the index.
    """
    followed = follow(encoder=search.encoder, shelf=search.shelf) if is_behind(search.shelf) else Followed(0, False)
    search.look()
    return followed


def is_behind(shelf: Shelf = PUBLISHED) -> bool:
    """Whether the database has changes that the index does not know, or there is no index that can be used."""
    manifest = index_folder(shelf) / FILE
    try:
        mark = read_manifest(manifest, None).mark if manifest.exists() else 0
    except (IndexFormatError, FileNotFoundError):
        return True
    return mark > shelf.last() or bool(shelf.changes(mark, 1))


def _open(folder: Path, encoder: Encoder | None, shelf: Shelf) -> Index | None:
    """Open the index if it can go on from where it is."""
    try:
        index = Index.open(folder, encoder=encoder, create=True)
    except IndexFormatError:
        return None
    if index.mark <= shelf.last() and index.has_vectors == (encoder is not None):
        return index
    index.close()
    return None


def _make(folder: Path, encoder: Encoder | None) -> Index:
    shutil.rmtree(folder, ignore_errors=True)
    return Index.open(folder, encoder=encoder, create=True)


def _catch_up(index: Index, shelf: Shelf, progress: Progress) -> int:
    total = shelf.count(index.mark)
    size = _BATCH if index.has_vectors else _BATCH_LEXICAL
    done = 0
    if total:
        progress(done, total)
    while batch := shelf.changes(index.mark, size):
        _take(index, batch)
        done += len(batch)
        progress(done, max(total, done))
    return done


def _take(index: Index, batch: Sequence[Entry]) -> None:
    index.remove(entry.id for entry in batch if entry.is_gone)
    index.add(to_record(entry) for entry in batch if not entry.is_gone)
    index.commit(mark=batch[-1].seq)
