"""A fact-check on a changed picture, video or recording as schema.org `MediaReview`.

See https://schema.org/MediaReview. The verdict `altered` is given to quotations too, and those are no media: so a
MediaReview is made only if the claim names one kind of medium, and no other.
"""

from __future__ import annotations

import re

from kiemtin.checks.enums import Verdict
from kiemtin.checks.models import FactCheck
from kiemtin.exchange.mapping.addresses import check_address, check_identity
from kiemtin.exchange.mapping.claimreview import Node
from kiemtin.exchange.mapping.organisation import CONTEXT, short
from kiemtin.exchange.mapping.own_review import dates, published_revision

_MEDIA = {
    "ImageObject": re.compile(
        r"\b(ảnh(?! hưởng)|bức hình|tấm hình|hình chụp|ảnh chụp|photos?|photographs?|pictures?|images?|screenshots?)\b"
    ),
    "VideoObject": re.compile(r"\b(videos?|clips?|đoạn phim|thước phim|footage)\b"),
    "AudioObject": re.compile(r"\b(ghi âm|băng tiếng|đoạn tiếng|audio|recordings?|voice messages?)\b"),
}
_CHANGED = "https://schema.org/TransformedContent"


def media_of(claim: str) -> str:
    """Return the schema.org type of the one medium that a claim names; empty for none and for several."""
    found = [kind for kind, words in _MEDIA.items() if words.search(claim.lower())]
    return found[0] if len(found) == 1 else ""


def media_review(check: FactCheck) -> Node | None:
    """Return the review of the medium; None where the check is not on one, or is no answer."""
    if not check.is_answer or check.latest is None or check.latest.verdict != Verdict.ALTERED:
        return None
    revision = published_revision(check)
    kind = media_of(revision.claim)
    if not kind:
        return None
    return {
        "@context": CONTEXT,
        "@type": "MediaReview",
        "@id": f"{check_identity(check)}#media",
        "url": check_address(check),
        "mediaAuthenticityCategory": _CHANGED,
        "itemReviewed": {
            "@type": "MediaReviewItem",
            "interpretedAsClaim": {"@type": "Claim", "name": revision.claim, "inLanguage": revision.language},
            "mediaItemAppearance": {"@type": kind, "description": revision.claim},
        },
        "description": revision.summary,
        "inLanguage": revision.language,
        **dates(check, revision),
        "author": short(check.desk),
    }
