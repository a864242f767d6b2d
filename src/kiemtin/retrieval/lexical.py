"""The lexical index: what tantivy keeps of each record, and BM25 over three views of it.

The views are words as written, words without diacritics, and pairs of neighbouring words without diacritics. Words
are cut by `text.analyse` and joined by blanks; tantivy only splits at blanks. Candidates come from tantivy's own BM25
(k1 1.2, b 0.75; Robertson and Zaragoza 2009); their exact scores are computed again in `features`, so that every
candidate has every score.
"""

from __future__ import annotations

import errno
import itertools
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import tantivy

from kiemtin.retrieval.chargrams import GramCounts, gram_counts
from kiemtin.retrieval.errors import IndexFormatError, IndexLockedError, IndexNotWrittenError
from kiemtin.retrieval.records import Record
from kiemtin.retrieval.text import Kind, analyse, fold, kind_of, shingle_hashes

Hashes = npt.NDArray[np.uint32]

VIEWS = ("words", "folded", "bigrams")
_HEAP = 128_000_000
_SYSTEM = re.compile(r"(?:os error|code:) (\d+)")
_FIRST = 20_000
"""Words of a text that are looked at; nobody's check is longer."""


@dataclass(frozen=True)
class Entry:
    """One text of a record, as words joined by blanks: `title` and `text` are its parts, `whole` is both.

    Thousands are kept at hand, so only what is compared stays, and a word that stands in many is there once.
    """

    title: str
    text: str
    whole: str
    kind: Kind

    @property
    def words(self) -> tuple[str, ...]:
        """All words."""
        return tuple(self.whole.split())

    @property
    def folded(self) -> tuple[str, ...]:
        """All words without diacritics."""
        return tuple(fold(self.whole).split())

    @cached_property
    def counts(self) -> dict[str, dict[str, int]]:
        """How often each term stands in each view, and (without diacritics) in title and text alone."""
        words = self.folded
        folded = _counted(words)
        return {
            "words": _counted(self.words),
            "folded": folded,
            "bigrams": _counted(f"{a}_{b}" for a, b in itertools.pairwise(words)),
            # The same object where a part is all there is, as in a wording: see `features.lexical_signals`.
            "title": folded if self.title == self.whole else _counted(fold(self.title).split()),
            "text": folded if self.text == self.whole else _counted(fold(self.text).split()),
        }

    @cached_property
    def shingles(self) -> Hashes:
        """Distinct shingle hashes of the folded words, sorted, shape (n,)."""
        return shingle_hashes(self.folded)

    @cached_property
    def grams(self) -> dict[bool, GramCounts]:
        """Character n-grams, of the folded text under True and of the text as written under False."""
        return {True: gram_counts(" ".join(self.folded)), False: gram_counts(" ".join(self.words))}


def _counted(terms: Iterable[str]) -> dict[str, int]:
    return dict(Counter(map(sys.intern, terms)))


@dataclass(frozen=True)
class Stored:
    """A record with the words that matchers look at.

    Attributes
    ----------
    slot
        Number of the record in the vector and near-copy indexes.
    record
        As it was given.
    title, text, wordings
        Their words, joined by blanks, short forms written out.
    kind
        Of title and text together.
    """

    slot: int
    record: Record
    title: str
    text: str
    wordings: tuple[str, ...]
    kind: Kind

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The texts that a message can match: title with text, then each other wording."""
        main = Entry(self.title or self.text, self.text or self.title, f"{self.title} {self.text}", self.kind)
        others = (Entry(w, w, w, kind_of(w.split())) for w in self.wordings)
        return (main, *others)


def store(record: Record, slot: int) -> Stored:
    """Analyse `record` for the index."""
    title, text = analyse(record.title), analyse(record.text)
    kind = kind_of([*title.words, *text.words])
    return Stored(
        slot=slot,
        record=record,
        title=" ".join(title.words),
        text=" ".join(text.words[:_FIRST]),
        wordings=tuple(" ".join(analyse(w).words) for w in record.wordings),
        kind=kind,
    )


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=False, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("slot", stored=True, indexed=True, fast=True)
    for view in VIEWS:
        builder.add_text_field(view, stored=False, tokenizer_name="whitespace", index_option="freq")
    builder.add_bytes_field("stored", stored=True)
    return builder.build()


def _pack(record: Record) -> bytes:
    fields = [record.id, record.title, record.text, record.wordings, record.lang, record.work]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _unpack(slot: int, packed: bytes) -> Stored:
    """Analyse the record again: that costs less than the disk that its words would take."""
    id_, title, text, wordings, lang, work = json.loads(packed)
    return store(Record(id_, title, text, tuple(wordings), lang, work), slot)


def _slot(document: tantivy.Document) -> int:
    return int(document["slot"][0])


def _system_error(error: ValueError) -> OSError | None:
    """Return the system's error that tantivy tells of in words; None if it names none, or a file that is not there."""
    found = _SYSTEM.search(str(error))
    if found is None or int(found[1]) == errno.ENOENT:
        return None
    return OSError(int(found[1]), os.strerror(int(found[1])))


@contextmanager
def _writing() -> Iterator[None]:
    """Tell of what the disk did not take."""
    try:
        yield
    except ValueError as error:
        raise IndexNotWrittenError("the index could not be written") from (_system_error(error) or error)


class LexicalIndex:
    """Records in tantivy, in `folder` or in memory when it is None.

    Raises
    ------
    IndexFormatError
        The folder was written with another schema.
    IndexNotWrittenError
        The disk does not let it be made.
    """

    def __init__(self, folder: Path | None) -> None:
        self._schema = _schema()
        try:
            if folder is None:
                self._index = tantivy.Index(self._schema)
            else:
                folder.mkdir(parents=True, exist_ok=True)
                self._index = tantivy.Index(self._schema, path=str(folder))
        except ValueError as error:
            if cause := _system_error(error):
                raise IndexNotWrittenError("the index could not be opened or made") from cause
            raise IndexFormatError(f"{folder} was written by another version: rebuild the index") from error
        self._writer: tantivy.IndexWriter | None = None
        self._searcher = self._index.searcher()

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def _write(self) -> tantivy.IndexWriter:
        if self._writer is None:
            try:
                self._writer = self._index.writer(heap_size=_HEAP, num_threads=1)
            except ValueError as error:
                if "LockBusy" in str(error):
                    raise IndexLockedError("another process is writing to the index") from error
                raise IndexNotWrittenError("the index cannot be written") from (_system_error(error) or error)
        return self._writer

    def lock(self) -> None:
        """Become the one writer.

        Raises
        ------
        IndexLockedError
            Another process is writing to the index.
        IndexNotWrittenError
            The disk does not let us.
        """
        self._write()

    def add(self, stored: Stored) -> None:
        """Add a record, taking the place of an earlier one with its id."""
        writer = self._write()
        everything = " ".join((stored.title, stored.text, *stored.wordings))
        bare = fold(everything)
        words = bare.split()
        document = tantivy.Document()
        document.add_text("id", stored.record.id)
        document.add_unsigned("slot", stored.slot)
        document.add_text("words", everything)
        document.add_text("folded", bare)
        document.add_text("bigrams", " ".join(f"{a}_{b}" for a, b in itertools.pairwise(words)))
        document.add_bytes("stored", _pack(stored.record))
        with _writing():
            writer.delete_documents_by_term("id", stored.record.id)
            writer.add_document(document)

    def remove(self, id_: str) -> None:
        """Take a record out; an unknown id changes nothing."""
        writer = self._write()
        with _writing():
            writer.delete_documents_by_term("id", id_)

    def remove_from(self, slot: int) -> None:
        """Take out every record from `slot` on: leftovers of a commit that did not finish."""
        query = tantivy.Query.range_query(
            self._schema, "slot", tantivy.FieldType.Unsigned, lower_bound=slot, upper_bound=2**62
        )
        if self._searcher.search(query, limit=1).hits:
            writer = self._write()
            with _writing():
                writer.delete_documents_by_query(query)
            self.commit()

    def commit(self) -> None:
        """Make additions and removals durable and visible.

        Raises
        ------
        IndexNotWrittenError
        """
        if self._writer is not None:
            with _writing():
                self._writer.commit()
        self.reload()

    def reload(self) -> None:
        """See what another process has committed."""
        self._index.reload()
        self._searcher = self._index.searcher()

    def close(self) -> None:
        """Give the writer's lock back."""
        writer, self._writer = self._writer, None
        if writer is not None:
            with suppress(ValueError):  # what failed to be written was told by `commit`; merging can be done later
                writer.wait_merging_threads()

    def slot_of(self, id_: str) -> int | None:
        """Return the committed slot of a record, None when there is none."""
        query = tantivy.Query.term_query(self._schema, "id", id_, "basic")
        hits = self._searcher.search(query, limit=1, count=False).hits
        return _slot(self._searcher.doc(hits[0][1])) if hits else None

    def get(self, id_: str) -> Stored | None:
        """Return the committed record with this id, None when there is none."""
        slot = self.slot_of(id_)
        return next(iter(self.fetch([slot])), None) if slot is not None else None

    def document_frequency(self, view: str, term: str) -> int:
        """In how many records `term` stands, in `view`; replaced versions count until their segment is merged."""
        return int(self._searcher.doc_freq(view, term))

    def search(self, terms: Mapping[str, Sequence[str]], k: int) -> list[int]:
        """Return the slots of the best `k` records by summed BM25, best first.

        Parameters
        ----------
        terms
            View → distinct terms to look for in it.
        k
            At most so many.
        """
        clauses = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, view, term, "freq"))
            for view, of_view in terms.items()
            for term in of_view
        ]
        if not clauses:
            return []
        hits = self._searcher.search(tantivy.Query.boolean_query(clauses), limit=k, count=False).hits
        addresses = [address for _, address in hits]
        return [int(slot) for slot in self._searcher.fast_field_values("slot", addresses) if slot is not None]

    def fetch(self, slots: Iterable[int]) -> list[Stored]:
        """Return the records in these slots; a slot without a record is left out."""
        wanted = list(dict.fromkeys(slots))
        if not wanted:
            return []
        query = tantivy.Query.term_set_query(self._schema, "slot", wanted)
        hits = self._searcher.search(query, limit=len(wanted), count=False).hits
        documents = (self._searcher.doc(address) for _, address in hits)
        return [_unpack(_slot(d), d["stored"][0]) for d in documents]
