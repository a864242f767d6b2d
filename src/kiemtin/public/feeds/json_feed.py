"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json

from kiemtin.public.feeds.content import SITE, Entry, Feed

VERSION = "https://jsonfeed.org/version/1.1"


class JsonFeed:
    """Writes JSON Feed."""

    name = "json"
    label = "JSON Feed"
    content_type = "application/feed+json"

    def write(self, feed: Feed) -> str:
        """Return the document."""
        told = {
            "version": VERSION,
            "title": feed.title,
            "home_page_url": feed.address,
            "feed_url": feed.own,
            "description": feed.description,
            "icon": feed.icon,
            "authors": [{"name": SITE, "url": feed.home}],
            "language": feed.language,
            "_kiemtin": {"licence": feed.licence},
            "items": [_item(entry) for entry in feed.entries],
        }
        return json.dumps(told, ensure_ascii=False)


def _item(entry: Entry) -> dict[str, object]:
    """Return an entry; `_kiemtin` is the extension that the format allows for."""
    image = {"image": entry.image} if entry.image else {}
    return {
        "id": entry.identity,
        "url": entry.address,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        **image,
        "date_published": entry.published.isoformat(timespec="seconds"),
        "date_modified": entry.updated.isoformat(timespec="seconds"),
        "authors": [{"name": entry.author, "url": entry.author_address}],
        "tags": [label.name for label in entry.labels],
        "language": entry.language,
        "_kiemtin": {"claim": entry.claim, "verdict": entry.verdict, "state": entry.state},
    }
