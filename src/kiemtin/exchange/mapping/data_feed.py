"""All published checks as one schema.org `DataFeed`, in the form of the Data Commons fact-check feed.

See https://datacommons.org/factcheck/download. It is written piece by piece: memory does not grow with the library.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from itertools import islice

from django.conf import settings

from kiemtin.checks.models import FactCheck
from kiemtin.exchange.mapping.claimreview import Node
from kiemtin.exchange.mapping.organisation import CONTEXT, organisation
from kiemtin.exchange.mapping.own_review import claim_review, moment

_PIECE = 100  # items a piece: what is compressed and sent at once


def data_feed(checks: Iterable[FactCheck], *, changed: dt.datetime | None) -> Iterator[bytes]:
    """Yield the document, UTF-8; an item a line.

    A line begins with the comma: two lines that each begin an object would be taken for NDJSON.
    """
    head: Node = {"@context": CONTEXT, "@type": "DataFeed", "name": "Kiểm Tin", "license": settings.KIEMTIN_LICENCE}
    if changed:
        head["dateModified"] = moment(changed)
    yield f'{_json(head)[:-1]}, "dataFeedElement": ['.encode()
    items, mark = _items(checks), ""
    while piece := list(islice(items, _PIECE)):
        yield (mark + "\n,".join(piece)).encode()
        mark = "\n,"
    yield b"\n]}\n"


def _items(checks: Iterable[FactCheck]) -> Iterator[str]:
    desks: dict[int, Node] = {}
    for check in checks:
        if check.desk_id not in desks:
            desks[check.desk_id] = organisation(check.desk)
        yield _json(feed_item(claim_review(check, author=desks[check.desk_id])))


def feed_item(review: Node) -> Node:
    """Return a review as an item of a feed."""
    times = {"dateCreated": review["datePublished"], "dateModified": review["dateModified"]}
    return {"@type": "DataFeedItem", "url": review["url"], **times, "item": [review]}


def _json(node: Node) -> str:
    return json.dumps(node, ensure_ascii=False)
