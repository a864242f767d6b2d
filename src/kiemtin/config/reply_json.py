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
    finding, match, part = found.finding, found.match, found.match.part
    return {
        "key": finding.key,
        "work": finding.work,
        "kind": finding.kind.value,
        "publisher": {"name": finding.publisher_name, "site": finding.publisher_site},
        "claim": finding.claim,
        "rating": finding.rating,
        "verdict": finding.verdict,
        "summary": finding.summary,
        "url": finding.url,
        "language": finding.language,
        "published": finding.published.isoformat() if finding.published else None,
        "licence": finding.licence,
        "sources": list(finding.sources),
        "sample": finding.sample,
        "probability": round(match.probability, 6),
        "near_copy": match.near_copy,
        "guards": [guard.value for guard in match.guards],
        "part": part and {"start": part.start, "end": part.end, "text": message[part.start : part.end]},
    }
