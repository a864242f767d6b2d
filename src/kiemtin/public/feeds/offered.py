"""Which feeds there are, in the active language, and under which addresses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kiemtin.checks.enums import Topic
from kiemtin.public.feeds.registry import FORMATS


@dataclass(frozen=True, slots=True)
class Link:
    """A feed in one format: what the format is called, its media type, its path."""

    label: str
    content_type: str
    path: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A feed in all formats; `topic` is empty for those of all topics."""

    title: str | Promise
    links: tuple[Link, ...]
    topic: str = ""


def checks_offer() -> Offer:
    """Return the feed of all checks."""
    return Offer(_("Fact-checks"), _links("public:feed-checks"))


def corrections_offer() -> Offer:
    """Return the feed of corrections and withdrawals."""
    return Offer(_("Corrections"), _links("public:feed-corrections"))


def alerts_offer() -> Offer:
    """Return the feed of scam alerts."""
    return Offer(_("Scam alerts"), _links("public:feed-alerts"))


def topic_offer(topic: Topic) -> Offer:
    """Return the feed of the checks on a topic."""
    return Offer(topic.label, _links("public:feed-topic", topic.value), topic.value)


def offers(topics: Iterable[Topic]) -> list[Offer]:
    """Return all that are offered."""
    return [checks_offer(), corrections_offer(), alerts_offer(), *(topic_offer(topic) for topic in topics)]


def _links(name: str, *words: str) -> tuple[Link, ...]:
    return tuple(Link(one.label, one.content_type, reverse(name, args=[*words, one.name])) for one in FORMATS.values())
