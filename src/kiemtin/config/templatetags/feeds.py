"""Links to feeds in the head of a page, where feed readers look for them (autodiscovery)."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from kiemtin.checks.enums import Topic
from kiemtin.public.feeds.offered import checks_offer, corrections_offer, topic_offer

register = template.Library()


@register.simple_tag
def feed_links(topic: str = "") -> SafeString:
    """Write the feeds of a topic; without one those of all checks, and of corrections in the first format."""
    every = [checks_offer(), corrections_offer()]
    rows = [(offer, link) for offer in ([topic_offer(Topic(topic))] if topic else every) for link in offer.links]
    return format_html_join(
        "",
        '<link rel="alternate" type="{}" title="Kiểm Tin – {} ({})" href="{}{}">\n',
        ((link.content_type, offer.title, link.label, settings.KIEMTIN_ADDRESS, link.path) for offer, link in rows),
    )
