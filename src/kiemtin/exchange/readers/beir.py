"""The corpus of a BEIR folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kiemtin.bench import beir
from kiemtin.exchange.mapping.beir import to_review
from kiemtin.exchange.readers.base import Meter, sizes
from kiemtin.exchange.rows import BadRow, Fault, Item, Row, RowError

_CORPUS = "corpus.jsonl"


class BeirFolder:
    """Its queries and judgments are for `kiemtin eval`; what is imported is the corpus."""

    name = "beir"

    def recognises(self, path: Path) -> bool:
        """Return whether the folder has a corpus."""
        return (path / _CORPUS).is_file()

    def files(self, path: Path) -> list[Path]:
        """Return the corpus."""
        return [path / _CORPUS]

    def rows(self, path: Path, meter: Meter) -> Iterator[Row]:
        """Yield a row for each document."""
        corpus = path / _CORPUS
        dataset = path.resolve().name
        step = sizes([corpus]) / max(1, _count_lines(corpus))
        for number, found in enumerate(beir.iter_documents(corpus), start=1):
            meter.done = int(number * step)  # the corpus is read elsewhere: rows stand for bytes
            yield _row(corpus, dataset, found)


def _count_lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


def _row(corpus: Path, dataset: str, found: beir.Document | beir.BadRow) -> Row:
    if isinstance(found, beir.BadRow):
        return BadRow(found.path, found.line, Fault(found.reason.value))
    try:
        return Item((to_review(found, dataset=dataset),))
    except RowError as error:
        return BadRow(corpus, None, error.fault)
