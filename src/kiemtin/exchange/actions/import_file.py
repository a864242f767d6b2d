"""Import one file or folder of published checks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kiemtin.audit.record import record
from kiemtin.checks.actions.upsert_external_reviews import Upserted, upsert_external_reviews
from kiemtin.checks.review import Review
from kiemtin.exchange.exceptions import ImportBusyError, UnreadableFileError
from kiemtin.exchange.models import ImportRun, RunState
from kiemtin.exchange.readers.base import Meter, Reader, sizes
from kiemtin.exchange.readers.registry import reader_for
from kiemtin.exchange.rows import BadRow, Fault, Item, Row

BATCH = 500
"""Rows a transaction: what an interruption can cost, and what one sync to disk is shared by."""

_MAPPING = "3"  # raise it when the mapping changes: the same file is then read again


class Listener(Protocol):
    """Hears how the import goes on."""

    def moved(self, done: int, total: int, rows: int) -> None:
        """Tell that `done` of `total` bytes and `rows` rows are read and stored."""

    def left_out(self, row: BadRow) -> None:
        """Tell of a row that is left out."""


class Store(Protocol):
    """Takes the reviews of each batch, inside its transaction.

    Attributes
    ----------
    salt
        What beside the content decides on what is stored: content that was imported with another salt is another
        import.
    """

    @property
    def salt(self) -> str: ...  # noqa: D102

    def take(self, reviews: Iterable[Review], *, by: str, origin: str) -> Upserted:
        """Store them; `origin` is the digest of the import."""


@dataclass(frozen=True, slots=True)
class AsTheyCome:
    """Stores reviews as they are: what somebody imports by hand is theirs to choose."""

    salt: str = ""

    def take(self, reviews: Iterable[Review], *, by: str, origin: str) -> Upserted:
        """Store them under their own publishers' names."""
        return upsert_external_reviews(reviews=reviews, by=by, origin=origin)


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of one import, over all its interruptions.

    Attributes
    ----------
    rows, bad
        Rows read, and those of them that were left out.
    reviews
        How many reviews were added, changed and unchanged.
    was_finished
        Whether the same content had been imported before, so that nothing was read.
    resumed_at
        How many rows an interrupted import had done already.
    is_whole
        False if the file could not be read to its end for now; the next import goes on from here.
    """

    rows: int
    bad: int
    reviews: Upserted
    was_finished: bool
    resumed_at: int
    is_whole: bool


def import_file(  # noqa: PLR0913  (what one import is)
    *,
    path: Path,
    by: str,
    listener: Listener,
    again: bool = False,
    reader: Reader | None = None,
    store: Store = AsTheyCome(),
) -> Imported:
    """Store the reviews of a file or folder, in batches; an interrupted import goes on where it was.

    A batch, the position behind it and the audit event are one transaction: after `kill -9` every batch is there
    with its position or not at all. Content that was imported to its end is not read again unless `again` is set.

    Parameters
    ----------
    reader
        Reads it; the first that recognises the content unless given.
    store
        Takes the reviews.

    Raises
    ------
    UnreadableFileError, UnknownFormatError
        Nothing can be read.
    ImportBusyError
        Another process is importing the same content.
    """
    reader = reader or reader_for(path)
    run = _run(path, reader, by, again, store.salt)
    if run.state == RunState.FINISHED:
        return _imported(run, was_finished=True)
    return _Import(run, path, reader, by, listener, store).read()


def _run(path: Path, reader: Reader, by: str, again: bool, salt: str) -> ImportRun:
    digest = digest_of(path, reader, salt)
    start = {"name": path.resolve().name[:255], "reader": reader.name, "size": sizes(reader.files(path))}
    with transaction.atomic():
        run, is_new = ImportRun.objects.get_or_create(digest=digest, defaults=start)
        if again and run.state == RunState.FINISHED:
            run.position = run.bad = run.added = run.changed = run.unchanged = 0
            run.state, run.finished = RunState.RUNNING, None
            run.save()
        if run.state == RunState.RUNNING:
            verb = "import.started" if is_new or again else "import.resumed"
            record(by=by, verb=verb, object_type="import", desk="", object_id=digest, detail={"position": run.position})
    return run


def digest_of(path: Path, reader: Reader, salt: str = "") -> str:
    """Return what names the import of this content.

    Raises
    ------
    UnreadableFileError
    """
    whole = hashlib.sha256(f"{reader.name} {_MAPPING}{salt}".encode())
    if path.is_dir():  # keys of a folder's rows are made from its name
        whole.update(path.resolve().name.encode(errors="surrogateescape"))
    try:
        for file in reader.files(path):
            with file.open("rb") as stream:
                whole.update(hashlib.file_digest(stream, "sha256").digest())
    except OSError as error:
        raise UnreadableFileError(path, f"{path} cannot be read: {error}") from error
    return whole.hexdigest()


@dataclass(frozen=True, slots=True)
class _Import:
    """One import under way."""

    run: ImportRun
    path: Path
    reader: Reader
    by: str
    listener: Listener
    store: Store

    def read(self) -> Imported:
        resumed_at = self.run.position
        meter = Meter()
        rows = islice(self.reader.rows(self.path, meter), resumed_at, None)
        is_whole = True
        while batch := list(islice(rows, BATCH)):
            is_whole = self._report(batch) and is_whole
            self._store(batch)
            self.listener.moved(min(meter.done, self.run.size), self.run.size, self.run.position)
        if is_whole:
            self._finish()
        return _imported(self.run, resumed_at=resumed_at, is_whole=is_whole)

    def _report(self, batch: list[Row]) -> bool:
        """Tell of the rows that are left out; return False if one of them may be readable another time."""
        bad = [row for row in batch if isinstance(row, BadRow)]
        for row in bad:
            self.listener.left_out(row)
        return all(row.fault is not Fault.UNREADABLE for row in bad)

    @transaction.atomic
    def _store(self, batch: list[Row]) -> None:
        items = [row for row in batch if isinstance(row, Item)]
        kept = [row for row in batch if not (isinstance(row, BadRow) and row.fault is Fault.UNREADABLE)]
        reviews = (review for item in items for review in item.reviews)
        counts = self.store.take(reviews, by=self.by, origin=self.run.digest)
        self._move(len(kept), len(kept) - len(items), counts)

    def _move(self, rows: int, bad: int, counts: Upserted) -> None:
        """Move the position, unless another process has moved it."""
        here = ImportRun.objects.filter(pk=self.run.pk, position=self.run.position, state=RunState.RUNNING)
        moved = here.update(
            position=F("position") + rows,
            bad=F("bad") + bad,
            added=F("added") + counts.added,
            changed=F("changed") + counts.changed,
            unchanged=F("unchanged") + counts.unchanged,
        )
        if not moved:
            raise ImportBusyError(self.path, f"{self.path} is being imported by another process")
        self.run.refresh_from_db()

    @transaction.atomic
    def _finish(self) -> None:
        self.run.state, self.run.finished = RunState.FINISHED, timezone.now()
        self.run.save(update_fields=["state", "finished"])
        detail = {"rows": self.run.position, "bad": self.run.bad}
        record(
            by=self.by, verb="import.finished", object_type="import", desk="", object_id=self.run.digest, detail=detail
        )


def _imported(run: ImportRun, *, was_finished: bool = False, resumed_at: int = 0, is_whole: bool = True) -> Imported:
    reviews = Upserted(run.added, run.changed, run.unchanged)
    return Imported(run.position, run.bad, reviews, was_finished, resumed_at, is_whole)
