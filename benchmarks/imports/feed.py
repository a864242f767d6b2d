"""Writes a DataFeed as Data Commons gives it, of any size, in constant memory."""

from __future__ import annotations

import json
import random
from pathlib import Path

from benchmarks.scale.texts import SEED, documents, parted

_RATINGS = ("Sai sự thật", "Tin giả", "False", "Misleading", "Thiếu bối cảnh", "Chưa đủ căn cứ")
_PUBLISHERS = 40


def write_feed(path: Path, reviews: int) -> int:
    """Write the feed as one document; returns its bytes. The same number gives the same content."""
    chance = random.Random(SEED)
    with path.open("w", encoding="utf-8") as file:
        file.write('{"@context": "https://schema.org", "@type": "DataFeed", "dataFeedElement": [\n')
        for number, document in enumerate(documents(reviews)):
            claim, body = parted(document)
            separator = ",\n" if number else ""
            file.write(separator + json.dumps(_item(number, claim, body, chance), ensure_ascii=False))
        file.write("\n]}\n")
    return path.stat().st_size


def _item(number: int, claim: str, body: str, chance: random.Random) -> dict[str, object]:
    publisher = chance.randrange(_PUBLISHERS)
    site = f"https://bao{publisher}.example"
    review = {
        "@context": "http://schema.org",
        "@type": "ClaimReview",
        "url": f"{site}/kiem-chung/{number}",
        "claimReviewed": claim,
        "datePublished": f"{2015 + number % 11}-{1 + number % 12:02}-{1 + number % 28:02}",
        "author": {"@type": "Organization", "name": f"Báo Kiểm {publisher}", "url": site},
        "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": f"Người {number}"}},
        "reviewRating": {"@type": "Rating", "alternateName": chance.choice(_RATINGS), "ratingValue": "1"},
        "reviewBody": body,
        "sdPublisher": {"@type": "Organization", "name": "Google Fact Check Tools"},
        "sdLicense": "https://creativecommons.org/licenses/by/4.0/",
    }
    return {"@type": "DataFeedItem", "dateCreated": "2026-11-24", "url": review["url"], "item": [review]}
