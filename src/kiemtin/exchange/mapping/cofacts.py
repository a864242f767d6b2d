"""An article of Cofacts with its replies to `Review`.

Cofacts' writers call a message RUMOR or NOT_RUMOR; these words stand as the rating, untranslated. OPINIONATED and
NOT_ARTICLE say that there is nothing to rate: an article that has no other reply is left out. Of several replies the
one with the best feedback of Cofacts' readers counts, of equals the newest.

User ids, hashed or not, are never read.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from kiemtin.checks.review import Review
from kiemtin.exchange.mapping import values
from kiemtin.exchange.rows import Fault, RowError

PUBLISHER = "Cofacts"
SITE = "cofacts.tw"
RATINGS = frozenset({"RUMOR", "NOT_RUMOR"})
UNRATED = frozenset({"OPINIONATED", "NOT_ARTICLE"})

_CLAIM_LIMIT = 20_000
_SUMMARY_LIMIT = 5_000


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply to an article, and what Cofacts' readers think of it."""

    type: str
    text: str
    reference: str = ""
    created: str = ""
    feedback: int = 0


@dataclass(frozen=True, slots=True)
class Article:
    """A message that was sent to Cofacts."""

    id: str
    text: str
    created: str = ""


def to_review(article: Article, replies: list[Reply]) -> Review:
    """Map an article with the replies that stand.

    Raises
    ------
    RowError
        It has no text, a text that is too long, or no reply that rates it.
    """
    rated = [reply for reply in replies if reply.type in RATINGS]
    if not rated:
        raise RowError(Fault.NOT_RATED)
    claim = values.text(article.text)
    if not claim:
        raise RowError(Fault.NO_CLAIM)
    if len(claim) > _CLAIM_LIMIT:
        raise RowError(Fault.CLAIM_TOO_LONG)
    best = max(rated, key=lambda reply: (reply.feedback, reply.created))
    return Review(
        key=f"cofacts:{hashlib.sha256(article.id.encode()).hexdigest()[:40]}",
        publisher_name=PUBLISHER,
        publisher_site=SITE,
        url=f"https://{SITE}/article/{article.id}",
        claim=claim,
        summary=values.text(best.text, limit=_SUMMARY_LIMIT),
        rating=best.type,
        published=values.date(best.created),
        claim_date=values.date(article.created),
    )
