"""Links to feeds in the head of a page, where feed readers look for them (autodiscovery)."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.conf import settings
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from kiemtin.checks.enums import Topic
from kiemtin.public.feeds.offered import Offer, alerts_offer, checks_offer, corrections_offer, topic_offer

register = template.Library()


@register.simple_tag
def feed_links(topic: str = "") -> SafeString:
    """Write the feeds of a topic; without one those of all checks, and of corrections in the first format."""
    return _written([topic_offer(Topic(topic))] if topic else [checks_offer(), corrections_offer()])


@register.simple_tag
def alert_feed_links() -> SafeString:
    """Write the feed of scam alerts in each format."""
    return _written([alerts_offer()])


def _written(offers: Iterable[Offer]) -> SafeString:
    rows = [(offer, link) for offer in offers for link in offer.links]
    return format_html_join(
        "",
        '<link rel="alternate" type="{}" title="Kiểm Tin – {} ({})" href="{}{}">\n',
        ((link.content_type, offer.title, link.label, settings.KIEMTIN_ADDRESS, link.path) for offer, link in rows),
    )
