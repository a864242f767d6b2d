"""Words of sources: their kinds, how often they are looked at, and what came of it."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class SourceKind(TextChoices):
    """What stands at a source's address."""

    DESK = "desk", _("Another Kiểm Tin desk")
    DATAFEED = "datafeed", _("A data feed (JSON or NDJSON, gzip too)")
    PAGES = "claimreview-pages", _("Single pages with ClaimReview")
    SITEMAP = "sitemap", _("A site map, whose pages hold ClaimReview")
    COFACTS = "cofacts", _("Tables of Cofacts (zipped CSV)")


class SourceState(TextChoices):
    """Whether a source is looked at."""

    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    ENDED = "ended", _("No longer followed")


class Schedule(IntegerChoices):
    """Seconds between two looks at a source."""

    HALF_MINUTE = 30, _("Every 30 seconds")
    FIVE_MINUTES = 300, _("Every 5 minutes")
    QUARTER = 900, _("Every 15 minutes")
    HOUR = 3_600, _("Every hour")
    SIX_HOURS = 21_600, _("Every 6 hours")
    DAY = 86_400, _("Every day")
    WEEK = 604_800, _("Every week")


class Outcome(TextChoices):
    """What came of the last look."""

    NONE = "", _("Not fetched yet")
    TAKEN = "taken", _("Fetched")
    SAME = "same", _("Nothing new")
    PARTLY = "partly", _("Fetched, but not all of it could be read")
    DOUBTFUL = "doubtful", _("Much is missing from it: nothing was withdrawn without looking at each page")
    UNREADABLE = "unreadable", _("What is there is not in the form that was named")
    FAILED = "failed", _("Not fetched")
    ENDED = "ended", _("No longer followed")


QUICKEST: dict[str, int] = {
    SourceKind.DESK: Schedule.HALF_MINUTE,
    SourceKind.DATAFEED: Schedule.FIVE_MINUTES,
    SourceKind.PAGES: Schedule.QUARTER,
    SourceKind.SITEMAP: Schedule.QUARTER,
    SourceKind.COFACTS: Schedule.DAY,
}
"""How often a source of a kind is looked at at most: what it costs its publisher."""

FEED_PATH = "/feeds/claimreview.json"
"""Where a Kiểm Tin desk offers its checks."""
