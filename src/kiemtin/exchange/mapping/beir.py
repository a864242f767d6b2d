"""A document of a BEIR corpus to `Review`: for trying a data set out as if it were published checks."""

from __future__ import annotations

import hashlib

from kiemtin.bench.beir import Document
from kiemtin.checks.review import Review
from kiemtin.exchange.mapping import values
from kiemtin.exchange.rows import Fault, RowError


def to_review(document: Document, *, dataset: str) -> Review:
    """Map one document; the data set's name stands for the publisher.

    Raises
    ------
    RowError
        Neither title nor text says anything.
    """
    title, text = values.text(document.title), values.text(document.text)
    if not title and not text:
        raise RowError(Fault.NO_TEXT)
    return Review(
        key=_key(dataset, document.id),
        publisher_name=values.text(dataset, limit=300),
        claim=title or text,
        summary=text if title else "",
        wordings=tuple(filter(None, map(values.text, document.wordings))),
    )


def _key(dataset: str, identity: str) -> str:
    """Return the key; an identity that is too long, or that not every database can hold (NUL), is hashed."""
    key = f"beir:{dataset}:{identity}"
    if len(key) <= 300 and key.isprintable():
        return key
    return f"beir:{hashlib.sha256(key.encode(errors='surrogatepass')).hexdigest()}"
