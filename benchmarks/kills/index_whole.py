"""Whether the indexes hold what the database says, as if they had been made just now."""

from __future__ import annotations

from collections.abc import Iterator

from kiemtin.matching.actions.follow import is_behind
from kiemtin.matching.folder import index_folder
from kiemtin.matching.published import PUBLISHED
from kiemtin.matching.records import to_record
from kiemtin.matching.shelf import Shelf
from kiemtin.questions.shelf import MESSAGES
from kiemtin.retrieval import Index

_BATCH = 500


def indexes() -> Iterator[str]:
    """Compare both with an index that is made anew, in memory."""
    for shelf in (PUBLISHED, MESSAGES):
        if is_behind(shelf):
            yield f"the index of {shelf.name} is behind"
        else:
            yield from _compared(shelf)


def _compared(shelf: Shelf) -> Iterator[str]:
    with Index.in_memory(encoder=None) as fresh, Index.open(index_folder(shelf), encoder=None) as stored:
        mark, ids = 0, set()
        while batch := shelf.changes(mark, _BATCH):
            fresh.remove(entry.id for entry in batch if entry.is_gone)
            fresh.add(to_record(entry) for entry in batch if not entry.is_gone)
            ids |= {entry.id for entry in batch}
            mark = batch[-1].seq
        fresh.commit(mark=mark)
        for id_ in sorted(ids):
            if stored.get(id_) != fresh.get(id_):
                yield f"{shelf.name}: the index has another {id_} than the database"
        if len(stored) != len(fresh):
            yield f"{shelf.name}: {len(stored)} records, not {len(fresh)}"
        if (
            stored.statistics.records != fresh.statistics.records
            or stored.statistics.average != fresh.statistics.average
        ):
            yield f"{shelf.name}: the index counts otherwise than one that is made anew"
