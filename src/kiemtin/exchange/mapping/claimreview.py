"""schema.org `ClaimReview` to `Review`.

See https://schema.org/ClaimReview. Who made the claim, who passed it on and where it appeared (`itemReviewed.author`,
`appearance`, `firstAppearance`) is not read: nothing about such people enters the database. A person as author of the
review is not read either; the publisher stands for it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import cast
from urllib.parse import urlsplit

from kiemtin.checks.enums import Interest, SourceKind
from kiemtin.checks.review import Review, Source
from kiemtin.exchange.mapping import values
from kiemtin.exchange.rows import Fault, RowError

Node = dict[str, object]

_CLAIM_LIMIT = 20_000
_SUMMARY_LIMIT = 5_000
_INSIDE = ("@graph", "dataFeedElement", "item", "mainEntity", "mainEntityOfPage", "review", "hasPart")
_MAX_INSIDE = 6
_MOST_SOURCES = 50

SAMPLE = "Sample"
"""`creativeWorkStatus` of a review from a sample library."""

SOURCE_WORDS = ("kind", "interest", "accessed", "copied", "copy_sha256")
"""What is told of a piece of evidence in `keywords`, as `name:value`."""

_WORD = {
    "kind": re.compile("|".join(SourceKind.values)),
    "interest": re.compile("|".join(Interest.values)),
    "accessed": re.compile(r"\d{4}-\d\d-\d\d"),
    "copied": re.compile(r"\d{4}-\d\d-\d\d"),
    "copy_sha256": re.compile(r"[0-9a-f]{64}"),
}


def types(node: Node) -> frozenset[str]:
    """Return the node's types without the vocabulary's address or prefix."""
    found = node.get("@type", node.get("type"))
    names = found if isinstance(found, list) else [found]
    return frozenset(name.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for name in names if isinstance(name, str))


def is_claim_review(node: Node) -> bool:
    """Return whether the node is a ClaimReview, by its type, or without a type by its claim."""
    kinds = types(node)
    return "ClaimReview" in kinds or (not kinds and "claimReviewed" in node)


def claim_reviews(value: object, depth: int = 0) -> Iterator[Node]:
    """Yield the ClaimReviews of a document, a feed item, a list or a page, in their order."""
    if isinstance(value, list):
        for one in value:
            yield from claim_reviews(one, depth + 1) if depth < _MAX_INSIDE else ()
    elif isinstance(value, dict) and is_claim_review(value):
        yield value
    elif isinstance(value, dict) and depth < _MAX_INSIDE:
        for name in _INSIDE:
            yield from claim_reviews(value.get(name), depth + 1)


def to_review(node: Node) -> Review:
    """Map one ClaimReview.

    Raises
    ------
    RowError
        There is no claim, it is too long, or neither an address nor a publisher is named.
    """
    claim = _claim(node)
    url = _url(node)
    name, site = _publisher(node, url)
    rating = _node(node.get("reviewRating"))
    return Review(
        key=_key(url or f"{name}/{site}", claim),
        publisher_name=name,
        publisher_site=site,
        url=url,
        claim=claim,
        summary=_summary(node),
        rating=_rating_words(node, rating),
        rating_value=values.number(rating.get("ratingValue")),
        rating_best=values.number(rating.get("bestRating")),
        rating_worst=values.number(rating.get("worstRating")),
        language=values.language(node.get("inLanguage")),
        published=values.date(node.get("datePublished")),
        claim_date=values.date(_node(node.get("itemReviewed")).get("datePublished")),
        licence=_licence(node),
        sources=_sources(node.get("citation")),
        work=_work(node, site),
        sample=values.text(node.get("creativeWorkStatus")) == SAMPLE,
    )


def _node(value: object) -> Node:
    value = values.first(value)
    return value if isinstance(value, dict) else {}


def _claim(node: Node) -> str:
    claim = values.text(node.get("claimReviewed"))
    if not claim:
        raise RowError(Fault.NO_CLAIM)
    if len(claim) > _CLAIM_LIMIT:
        raise RowError(Fault.CLAIM_TOO_LONG)
    return claim


def _url(node: Node) -> str:
    url = values.address(node.get("url"))
    return url if len(url) <= 4000 else ""


def _publisher(node: Node, url: str) -> tuple[str, str]:
    for role in ("publisher", "author", "sourceOrganization", "sdPublisher"):
        organisation = _organisation(node.get(role))
        name = values.text(organisation.get("name"), limit=300)
        site = values.site(url) or values.site(values.address(organisation.get("url")))
        if name:
            return name, site[:255]
    if not url:
        raise RowError(Fault.NO_PUBLISHER)
    return values.site(url)[:255], values.site(url)[:255]


def _organisation(value: object) -> Node:
    """Return the first node with a type that is not a person; a name without a type may be anyone's."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict) and types(one) and "Person" not in types(one):
            return one
    return {}


def _summary(node: Node) -> str:
    found = (values.text(node.get(name), limit=_SUMMARY_LIMIT) for name in ("reviewBody", "description", "headline"))
    return next(filter(None, found), "")


def _rating_words(node: Node, rating: Node) -> str:
    words = (values.text(rating.get(name), limit=500) for name in ("alternateName", "name"))
    plain = values.text(node.get("reviewRating"), limit=500)  # some write the words in place of the Rating
    return next(filter(None, words), "") or plain or _rating_number(rating)


def _rating_number(rating: Node) -> str:
    value, best = values.number(rating.get("ratingValue")), values.number(rating.get("bestRating"))
    if value is None:
        return ""
    return f"{value:g}" if best is None else f"{value:g}/{best:g}"


def _licence(node: Node) -> str:
    for name in ("sdLicense", "license"):
        value = node.get(name)
        if found := values.address(value) or values.text(value, limit=1000):
            return found[:1000]
    return ""


def _sources(value: object) -> tuple[Source, ...]:
    """Return the evidence that says of itself what kind it is, as we write it.

    What else stands in `citation` may as well be the post in which somebody passed the claim on: it is not read.
    """
    listed = value if isinstance(value, list) else [value]
    found = (_source(one) for one in listed[:_MOST_SOURCES] if isinstance(one, dict))
    return tuple(source for source in found if source.get("kind") and (source.get("title") or source.get("url")))


def _source(node: Node) -> Source:
    known = {
        "title": values.text(node.get("name"), limit=500),
        "publisher": values.text(_organisation(node.get("publisher")).get("name"), limit=300),
        "url": values.address(node.get("url"))[:4000],
        "shows": values.text(node.get("abstract"), limit=_SUMMARY_LIMIT),
        **_words(node.get("keywords")),
    }
    return cast("Source", {name: text for name, text in known.items() if text})


def _words(value: object) -> dict[str, str]:
    pairs = (text.partition(":") for text in (value if isinstance(value, list) else [value]) if isinstance(text, str))
    return {name: told for name, _, told in pairs if name in _WORD and _WORD[name].fullmatch(told)}


def _work(node: Node, site: str) -> str:
    """Return what translations share, under the name of the site: another may use the same word."""
    identity = values.text(_node(node.get("exampleOfWork")).get("identifier"), limit=200)
    return f"{site}/{identity}"[:300] if site and identity else ""


def _key(where: str, claim: str) -> str:
    """Return a key from address and claim: one page may hold several reviews, and `@id` is often the same for all."""
    parts = urlsplit(where)
    place = f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"
    content = f"{place}\0{claim.casefold()}".encode()
    return f"claimreview:{hashlib.sha256(content).hexdigest()[:40]}"
