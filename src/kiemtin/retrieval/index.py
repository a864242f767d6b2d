"""An index: lexical, vectors and near copies of the same records in one folder, committed together.

The folder holds a manifest that is replaced in one step after everything else is on disk, and says what counts.
Whatever a crash leaves behind it is cut off before the next change; a caller that feeds the index from elsewhere then
goes on from `mark`, its own position that the manifest keeps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

from kiemtin.retrieval.chargrams import BUCKETS, GramTable
from kiemtin.retrieval.dense import Encoder, FlatIndex
from kiemtin.retrieval.errors import (
    EncoderUnavailableError,
    IndexFormatError,
    IndexMissingError,
    IndexNotWrittenError,
)
from kiemtin.retrieval.features import Statistics
from kiemtin.retrieval.lexical import LexicalIndex, Stored, store
from kiemtin.retrieval.manifest import FILE, LENGTHS, Manifest, new_manifest, read_array, read_manifest, write_manifest
from kiemtin.retrieval.model import Model
from kiemtin.retrieval.near import NearIndex
from kiemtin.retrieval.records import Record
from kiemtin.retrieval.text import normalise

_BATCH = 256
_TERMS = 50_000  # whose frequency is remembered: some 10 MB


def encoded_text(record: Record) -> list[str]:
    """Return the texts of a record that get a vector: title with text, then each other wording."""
    main = f"{record.title}. {record.text}" if record.title and record.text else record.title or record.text
    return [" ".join(normalise(t).split()) for t in (main, *record.wordings)]


class Index:
    """Records on disk or in memory, to be searched by a `Matcher`. One writer at a time; any number of readers.

    Open it with `open` or `in_memory`. It is a context manager.
    """

    def __init__(self, path: Path | None, encoder: Encoder | None, manifest: Manifest) -> None:
        self.path = path
        self.encoder = encoder
        self._manifest = manifest
        self._changed = False
        self._pending: dict[str, Stored] = {}
        self._waiting: list[tuple[int, list[str]]] = []
        self._opened_to_write = path is None
        self.dense: FlatIndex | None = None
        self.lexical = LexicalIndex(path / "lexical" if path else None)
        self._load_parts()

    @classmethod
    def open(cls, path: Path, *, encoder: Encoder | None, create: bool = False) -> Self:
        """Open the index in folder `path`.

        Parameters
        ----------
        encoder
            The one it was made with, or None to search without vectors.
        create
            Make the folder if there is no index in it.

        Raises
        ------
        IndexMissingError
            There is no index and `create` is off.
        IndexFormatError
            It was made by another version or with another encoder, or is damaged: make it anew.
        """
        file = path / FILE
        if file.exists():
            return cls._open_what_counts(path, encoder)
        if not create:
            raise IndexMissingError(f"there is no index in {path}", path=str(path))
        path.mkdir(parents=True, exist_ok=True)
        return cls(path, encoder, new_manifest(encoder))

    @classmethod
    def _open_what_counts(cls, path: Path, encoder: Encoder | None) -> Self:
        manifest = read_manifest(path / FILE, encoder)
        try:
            return cls(path, encoder, manifest)
        except IndexFormatError:
            # A writer may have swept away what this manifest names, having put a newer one in its place.
            if read_manifest(path / FILE, encoder).generation == manifest.generation:
                raise
            return cls._open_what_counts(path, encoder)

    @classmethod
    def in_memory(cls, *, encoder: Encoder | None) -> Self:
        """Return an empty index that lives as long as the process."""
        return cls(None, encoder, new_manifest(encoder))

    def __len__(self) -> int:
        return self._manifest.records

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def mark(self) -> int:
        """The caller's position at the last commit; 0 in a new index."""
        return self._manifest.mark

    @property
    def generation(self) -> int:
        """Number of commits so far."""
        return self._manifest.generation

    @property
    def has_vectors(self) -> bool:
        """Whether the index was made with an encoder."""
        return bool(self._manifest.encoder)

    @property
    def statistics(self) -> Statistics:
        """What the collection says about terms and lengths, as of the last commit."""
        return self._statistics

    @property
    def alive(self) -> npt.NDArray[np.bool_] | None:
        """Which vector rows belong to a record that still stands, shape (rows,); None when all do."""
        return self._alive

    def add(self, records: Iterable[Record]) -> int:
        """Take in records, each in the place of an earlier one with its id. Visible and durable after `commit`.

        Returns
        -------
        int
            How many were taken in.

        Raises
        ------
        IndexLockedError
            Another process is writing to the index.
        EncoderUnavailableError
            The index has vectors and was opened without its encoder.
        """
        if self.encoder is None and self.has_vectors:
            raise EncoderUnavailableError("the index has vectors: adding to it needs its encoder")
        self._open_to_write()
        count = 0
        for record in records:
            self._forget(record.id)
            self._take_in(record)
            count += 1
            if len(self._waiting) >= _BATCH:
                self._encode()
        return count

    def remove(self, ids: Iterable[str]) -> int:
        """Take records out; unknown ids change nothing. Returns how many were there."""
        self._open_to_write()
        return sum(self._forget(id_) for id_ in ids)

    def commit(self, mark: int | None = None) -> None:
        """Make additions and removals durable and visible, with the caller's position `mark`, all or nothing.

        Raises
        ------
        IndexNotWrittenError
            The disk did not take it. Close the index: what was added is lost.
        """
        self._open_to_write()
        if mark is not None and mark != self._manifest.mark:
            self._manifest.mark, self._changed = mark, True
        if not self._changed:
            return
        self._encode()
        try:
            self._write()
        except OSError as error:
            raise IndexNotWrittenError("the index could not be written") from error
        self._changed = False
        self._refresh()

    def _write(self) -> None:
        self._manifest.rows = self.dense.commit() if self.dense is not None else 0
        self._manifest.segments = list(self.near.commit())
        self._manifest.generation += 1
        self.lexical.commit()
        self._pending = {}
        if self.path:
            self._write_manifest(self.path)
            self.near.sweep()

    def reload(self) -> bool:
        """See what another process has committed; returns whether there was anything new."""
        if self.path is None or not (self.path / FILE).exists():
            return False
        fresh = read_manifest(self.path / FILE, self.encoder)
        if fresh.generation == self._manifest.generation:
            return False
        before, self._manifest = self._manifest, fresh
        if fresh.encoder != before.encoder:
            self.dense = None  # its centre is another's
        self.lexical.reload()
        try:
            self._load_parts()
        except IndexFormatError:
            # What this manifest names may have been swept away since, with a newer one in its place.
            self._manifest = before
            if read_manifest(self.path / FILE, self.encoder).generation == fresh.generation:
                raise
            return self.reload()
        return True

    def close(self) -> None:
        """Give the writer's lock back. What was not committed is lost."""
        self.lexical.close()
        self._opened_to_write = self.path is None

    def stands(self, slot: int) -> bool:
        """Whether the record in a slot was committed and not taken out since: then it is the same for ever."""
        return slot < self._manifest.next_slot and slot not in self._dead

    def get(self, id_: str) -> Record | None:
        """Return the record with this id as of the last commit, None when there is none."""
        stored = self.lexical.get(id_)
        return stored.record if stored and stored.slot < self._manifest.next_slot else None

    def _load_parts(self) -> None:
        """Take over what the manifest names; if a part cannot be read, all stay as they were."""
        manifest, path = self._manifest, self.path
        near = NearIndex(path / "near" if path else None, segments=tuple(manifest.segments))
        dead = read_array(path, "dead", manifest.generation, np.empty(0, np.uint32))
        frequency = read_array(path, "grams", manifest.generation, np.zeros(BUCKETS, np.uint32))
        if not manifest.encoder:
            self.dense = None
        elif self.dense is not None and self.dense.dim == manifest.dim:
            self.dense.see(manifest.rows)
        else:
            centre = Model.load().centres.get(manifest.encoder)
            folder = path / "dense" if path else None
            self.dense = FlatIndex(folder, dim=manifest.dim, centre=centre, rows=manifest.rows)
        self.near = near
        self._dead = {int(slot) for slot in dead}
        self._grams = GramTable(frequency, manifest.records)
        self._refresh()

    def _refresh(self) -> None:
        manifest = self._manifest
        count = max(manifest.records, 1)
        average = {name: total / count for name, total in manifest.lengths.items()}
        self._statistics = Statistics(manifest.records, average, _remembered(self.lexical), self._grams)
        self._alive: npt.NDArray[np.bool_] | None = None
        if self.dense is not None and self._dead:
            self._alive = ~np.isin(self.dense.owners, np.fromiter(self._dead, np.uint32, len(self._dead)))

    def _open_to_write(self) -> None:
        """At the first change: take the lock, see what others wrote, cut off what a crash left behind the manifest."""
        if self._opened_to_write:
            return
        self.lexical.lock()
        if not self.reload():
            self.lexical.reload()
        self.lexical.remove_from(self._manifest.next_slot)
        if len(self.lexical) != self._manifest.records:
            self._recount()
        self._opened_to_write = True

    def _recount(self) -> None:
        """Count what stands: a commit that did not finish may have taken out records that it was to replace."""
        last = self._manifest.next_slot
        self._manifest.records, self._manifest.lengths = 0, dict.fromkeys(LENGTHS, 0)
        self._grams, self._dead = GramTable(), set(range(last))
        for at in range(0, last, _BATCH):
            for stored in self.lexical.fetch(range(at, min(at + _BATCH, last))):
                self._account(stored, 1)
                self._dead.remove(stored.slot)
        self._changed = True

    def _take_in(self, record: Record) -> None:
        slot = self._manifest.next_slot
        self._manifest.next_slot += 1
        stored = store(record, slot)
        self.lexical.add(stored)
        for entry in stored.entries:
            self.near.add(entry.shingles, slot)
        self._account(stored, 1)
        self._pending[record.id] = stored
        self._waiting.append((slot, encoded_text(record)))
        self._changed = True

    def _forget(self, id_: str) -> bool:
        """Take a record out if it is there."""
        old = self._pending.pop(id_, None) or self._standing(id_)
        if old is None:
            return False
        self._dead.add(old.slot)
        self._account(old, -1)
        self.lexical.remove(id_)
        self._changed = True
        return True

    def _standing(self, id_: str) -> Stored | None:
        """Return the committed record with this id unless it was taken out since."""
        stored = self.lexical.get(id_)
        return stored if stored and stored.slot not in self._dead else None

    def _account(self, stored: Stored, by: int) -> None:
        """Count a record into the statistics, or out of them."""
        main = stored.entries[0]
        for name in LENGTHS:
            self._manifest.lengths[name] += by * sum(main.counts[name].values())
        buckets = np.union1d(main.grams[True].buckets, main.grams[False].buckets)
        self._grams.count(buckets, by)
        self._manifest.records += by

    def _encode(self) -> None:
        waiting, self._waiting = self._waiting, []
        if self.dense is None or self.encoder is None or not waiting:
            return
        owners = [slot for slot, texts in waiting for _ in texts]
        self.dense.add(self.encoder.passages([t for _, texts in waiting for t in texts]), owners)

    def _write_manifest(self, path: Path) -> None:
        dead = np.array(sorted(self._dead), np.uint32)
        write_manifest(path, self._manifest, {"dead": dead, "grams": self._grams.frequency})


def _remembered(lexical: LexicalIndex) -> Callable[[str, str], int]:
    """Return `document_frequency` of one commit, asked once for each term.

    It holds on to no more of the index: an index that lay in a circle would be given back much later than it is closed.
    """
    known: dict[tuple[str, str], int] = {}

    def frequency(view: str, term: str) -> int:
        key = (view, term)
        if key not in known:
            if len(known) > _TERMS:
                known.clear()
            known[key] = lexical.document_frequency(view, term)
        return known[key]

    return frequency
