"""A reply as machines read it. The same shape for `ask --json` and for the lines of `match`."""

from __future__ import annotations

from kiemtin.matching.ask import Found, Reply


def reply_object(reply: Reply, message: str) -> dict[str, object]:
    """Return the reply as JSON values."""
    return {
        "band": reply.band.value,
        "encoder": reply.encoder,
        "guards": [guard.value for guard in reply.guards],
        "matches": [match_object(found, message) for found in reply.found],
    }


def match_object(found: Found, message: str) -> dict[str, object]:
    """Return one match as JSON values; `part` holds character offsets and the text between them."""
    review, match, part = found.review, found.match, found.match.part
    return {
        "key": review.key,
        "work": review.work,
        "publisher": {"name": review.publisher_name, "site": review.publisher_site},
        "claim": review.claim,
        "rating": review.rating,
        "summary": review.summary,
        "url": review.url,
        "language": review.language,
        "published": review.published.isoformat() if review.published else None,
        "licence": review.licence,
        "sources": review.sources,
        "sample": review.sample,
        "probability": round(match.probability, 6),
        "near_copy": match.near_copy,
        "guards": [guard.value for guard in match.guards],
        "part": part and {"start": part.start, "end": part.end, "text": message[part.start : part.end]},
    }
