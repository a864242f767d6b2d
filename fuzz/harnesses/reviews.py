"""Published checks of others: documents, lines, web pages, tables, data sets."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable

from django.db.models import CharField

from fuzz.harness import Harness, empty, file, must, storable
from kiemtin.bench import beir, runs
from kiemtin.bench.errors import BenchError
from kiemtin.checks.models import ExternalReview
from kiemtin.checks.review import Review
from kiemtin.exchange.exceptions import ImportFileError
from kiemtin.exchange.mapping import values
from kiemtin.exchange.readers.base import Meter, Reader
from kiemtin.exchange.readers.beir import BeirFolder
from kiemtin.exchange.readers.cofacts import TABLES, CofactsTables
from kiemtin.exchange.readers.document import ClaimReviewDocument
from kiemtin.exchange.readers.lines import ClaimReviewLines
from kiemtin.exchange.readers.page import ClaimReviewPage
from kiemtin.exchange.readers.registry import reader_for
from kiemtin.exchange.rows import BadRow, Item, Row

_LENGTHS = {
    field.name: field.max_length
    for field in ExternalReview._meta.fields
    if isinstance(field, CharField) and field.name in Review.__slots__
}
_WORDS = (
    b'"@type":"ClaimReview"',
    b'"claimReviewed":',
    b'"reviewRating":{"ratingValue":',
    b'"author":{"@type":"Organization","name":',
    b'"datePublished":',
    b'"itemReviewed":',
    b'"dataFeedElement":[',
    b'"@graph":[',
    b'"citation":[',
    b'"keywords":["kind:primary"]',
    b'"url":"https://',
    b'"inLanguage":',
    b"\\ud800",
    b"\\u0000",
    b"&lt;script&gt;",
    b"[[[[[[[[",
    b"1e999",
)


def _check(rows: Iterable[Row]) -> None:
    """Look whether what was read can be stored and shown."""
    for row in rows:
        must(isinstance(row, Item | BadRow), "a row is an item or a bad row")
        for review in row.reviews if isinstance(row, Item) else ():
            texts = [getattr(review, name) for name in review.__slots__ if isinstance(getattr(review, name), str)]
            texts += [text for source in review.sources for text in source.values()]
            must(all(storable(text) for text in (*texts, *review.wordings)), "a text can be stored")
            must(review.claim.strip() and review.publisher_name, "a review has a claim and a publisher")
            for name, most in _LENGTHS.items():
                must(len(getattr(review, name, "") or "") <= (most or 0), f"{name} fits its column")
            for url in (review.url, *(source.get("url", "") for source in review.sources)):
                must(not url or url.startswith(("http://", "https://")), "an address is of the web")
                must(values.address(url) == url, "an address is clean")
            must(len(review.digest()) == 64, "a review has a digest")


def _read(reader: Reader, data: bytes) -> None:
    path = file(data)
    reader.recognises(path)
    _check(reader.rows(path, Meter()))


def documents(data: bytes) -> None:
    """ClaimReview as one JSON-LD document or DataFeed."""
    _read(ClaimReviewDocument(), data)


def lines(data: bytes) -> None:
    """ClaimReview, one a line."""
    _read(ClaimReviewLines(), data)


def pages(data: bytes) -> None:
    """ClaimReview in a web page."""
    _read(ClaimReviewPage(), data)


def imports(data: bytes) -> None:
    """Whatever file somebody imports: the content decides on the reader."""
    path = file(data)
    try:
        reader = reader_for(path)
    except ImportFileError:
        return
    must(reader.files(path), "a reader has files to read")
    _check(reader.rows(path, Meter()))


def cofacts(data: bytes) -> None:
    """Three tables in a folder, divided by two NULs."""
    with empty("tables") as tables:
        for name, content in zip(TABLES, data.split(b"\0\0"), strict=False):
            (tables / f"{name}.csv").write_bytes(content)
        reader = CofactsTables()
        if reader.recognises(tables):
            _check(reader.rows(tables, Meter()))


def sets(data: bytes) -> None:
    """Read a BEIR folder and a run file: corpus, queries, judgments, run, divided by two NULs."""
    corpus, queries, qrels, run, *_ = *data.split(b"\0\0"), b"", b"", b"", b""
    with empty("set") as place:
        (place / "qrels").mkdir()
        for name, content in (("corpus.jsonl", corpus), ("queries.jsonl", queries), ("qrels/test.tsv", qrels)):
            (place / name).write_bytes(content)
        (place / "run").write_bytes(run)
        for read in (lambda: beir.load(place), lambda: runs.read_run(place / "run")):
            with contextlib.suppress(BenchError):
                read()
        _check(BeirFolder().rows(place, Meter()))


HARNESSES = (
    Harness("documents", "ClaimReview as a JSON-LD document or DataFeed, read as a stream", documents, words=_WORDS),
    Harness("lines", "ClaimReview as NDJSON", lines, words=_WORDS),
    Harness("web-pages", "ClaimReview in a web page (JSON-LD in HTML)", pages, words=(*_WORDS, b"<script ", b"<!--")),
    Harness("imports", "any file given to `kiemtin import`, zip files too", imports, libraries=("zipfile",)),
    Harness("cofacts", "Cofacts' three tables as CSV", cofacts, words=(b"\0\0", b'","', b"RUMOR", b"NORMAL")),
    Harness("sets", "BEIR corpus, queries, judgments, and a TREC run", sets, words=(b"\0\0", b'{"_id":"', b"\tQ0\t")),
)
