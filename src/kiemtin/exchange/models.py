"""What was imported, and how far; what publishers handed in themselves; where their reviews are fetched from."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kiemtin.accounts.models import Desk
from kiemtin.checks.models import ExternalReview
from kiemtin.exchange.fetching.failures import Failure
from kiemtin.exchange.sources import Outcome, Schedule, SourceKind, SourceState


class RunState(TextChoices):
    """State of an import."""

    RUNNING = "running", _("unfinished")
    FINISHED = "finished", _("finished")


class ImportRun(models.Model):
    """The import of one content. Its position moves in the transaction that stores the rows before it.

    Attributes
    ----------
    digest
        SHA-256 of the content and of the version of the mapping, hex.
    name
        The file's own name, without the folders that lead to it.
    reader
        Which reader reads it.
    size
        Bytes.
    position
        How many rows are done, bad ones included.
    bad
        How many of them were left out.
    added, changed, unchanged
        Reviews.
    """

    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=255)
    reader = models.CharField(max_length=40)
    size = models.BigIntegerField()
    position = models.BigIntegerField(default=0)
    bad = models.BigIntegerField(default=0)
    added = models.BigIntegerField(default=0)
    changed = models.BigIntegerField(default=0)
    unchanged = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.RUNNING)
    started = models.DateTimeField(auto_now_add=True)
    finished = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name}: {self.position} ({self.state})"


class MarkupPage(models.Model):
    """The ClaimReview markup of one page of a publisher that a desk trusts, as the publisher handed it in.

    What of it answers stands in `checks.ExternalReview`; nothing in either tells who made or passed on a claim.

    Attributes
    ----------
    code
        Its name in addresses.
    desk
        Whose token it came with.
    publisher_name, publisher_site
        Of that token.
    url
        Of the page; one markup each while it stands.
    published
        When the publisher published the page, as far as it says so.
    markups
        List of objects with `url`, `claim`, `claim_date` and `rating` (see `exchange.pages.PageMarkup`).
    keys, gone
        Keys of the reviews that it gives, and of those that it gave and took back.
    version
        Raised by every change: who changes another version than they read is refused.
    deleted
        When the publisher took all of it back.
    """

    code = models.CharField(max_length=32, unique=True)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="markup_pages")
    publisher_name = models.CharField(max_length=300)
    publisher_site = models.CharField(max_length=255, db_index=True)
    url = models.CharField(max_length=4000)
    published = models.DateField(null=True)
    markups: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)
    keys: models.JSONField[list[str]] = models.JSONField(default=list)
    gone: models.JSONField[list[str]] = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    created = models.DateTimeField(default=timezone.now, editable=False)
    changed = models.DateTimeField(default=timezone.now)
    deleted = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One a page, newest first."""

        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=["url"], condition=Q(deleted__isnull=True), name="one_markup_a_page"),
        )

    def __str__(self) -> str:
        return self.url


class ReviewSource(models.Model):
    """A publisher whose reviews a desk follows: chosen and named by an editor.

    Attributes
    ----------
    name
        What the desk calls it.
    publisher
        The name under which its reviews are shown. Of a collection each review keeps its own publisher's.
    address
        Where it is fetched from; of single pages and tables one a line.
    site
        The publisher's host, with its port if that is not the usual one: only reviews that stand there count.
    is_collection
        Whether it holds reviews of many publishers, wherever they stand.
    within
        What the addresses of its pages have in common (`/fact-check/`), so that not a whole newspaper is read.
    licence, language
        Of its reviews, where they do not say it themselves.
    every
        Seconds between two looks.
    version
        Raised by every change of what is shown of its reviews, so that all of it is read again.
    etag, last_modified
        What the server gave with the content that is here.
    content
        Digest of the import that is here or under way.
    is_cut_short
        Whether that content broke off, or is not read to its end yet: what it lacks may only not have been read.
    round
        Number of the content: a review that a round did not bring is missing.
    due, lease
        When it is looked at next; until when somebody looks at it just now.
    failures
        So many looks in a row came to nothing.
    outcome, failure, detail
        What came of the last look: in a word, why it failed, and counts.
    tried, succeeded
        When it was looked at last, and when with success.
    """

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="review_sources")
    name = models.CharField(max_length=200)
    publisher = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=20, choices=SourceKind.choices)
    address = models.TextField(max_length=20_000)
    site = models.CharField(max_length=255, blank=True)
    is_collection = models.BooleanField(default=False)
    within = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=1000)
    language = models.CharField(max_length=35, blank=True)
    every = models.PositiveIntegerField(choices=Schedule.choices, default=Schedule.HOUR)
    state = models.CharField(max_length=10, choices=SourceState.choices, default=SourceState.ACTIVE)
    version = models.PositiveIntegerField(default=1)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    content = models.CharField(max_length=64, blank=True)
    is_cut_short = models.BooleanField(default=True)
    round = models.PositiveBigIntegerField(default=0)
    due = models.DateTimeField(default=timezone.now)
    lease = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True, default=Outcome.NONE)
    failure = models.CharField(max_length=20, choices=Failure.choices, blank=True)
    detail = models.JSONField(default=dict)
    tried = models.DateTimeField(null=True, blank=True)
    succeeded = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """An address is followed once: two who follow it would change its reviews against each other."""

        constraints = (models.UniqueConstraint(fields=["kind", "address"], name="one_source_an_address"),)
        indexes = (models.Index(fields=["due"], condition=Q(state="active"), name="source_due"),)

    def __str__(self) -> str:
        return f"{self.name} ({self.kind})"


class SourcePage(models.Model):
    """One page of a source that is read page by page.

    Attributes
    ----------
    lastmod
        What the site map says of it, as it is written there.
    read_lastmod
        What it said when the page was last read.
    misses
        So many times in a row the page was gone, or held no review any more.
    due
        When it is read next.
    """

    source = models.ForeignKey(ReviewSource, on_delete=models.CASCADE, related_name="pages")
    url = models.CharField(max_length=4000)
    lastmod = models.CharField(max_length=40, blank=True)
    read_lastmod = models.CharField(max_length=40, blank=True)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    misses = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=20, choices=Failure.choices, blank=True)
    read = models.DateTimeField(null=True, blank=True)
    due = models.DateTimeField(default=timezone.now)

    class Meta:
        """Once a source."""

        constraints = (models.UniqueConstraint(fields=["source", "url"], name="one_page_a_source"),)
        indexes = (models.Index(fields=["source", "due"], name="source_page_due"),)

    def __str__(self) -> str:
        return self.url


class SourcedReview(models.Model):
    """That a review comes from a source: the first that brought it, which alone changes and withdraws it.

    Attributes
    ----------
    key
        The key that the source's own content gives it now. A claim that is worded anew has another one; the review
        keeps its own.
    url
        Where it stands.
    page
        The page it was read from, of a source that is read page by page.
    round
        The last content that had it.
    is_gone
        Whether its publisher has withdrawn it.
    """

    source = models.ForeignKey(ReviewSource, on_delete=models.PROTECT, related_name="reviews")
    review = models.OneToOneField(ExternalReview, on_delete=models.PROTECT, related_name="sourced")
    key = models.CharField(max_length=300)
    url = models.CharField(max_length=4000, blank=True)
    page = models.ForeignKey(SourcePage, null=True, blank=True, on_delete=models.SET_NULL, related_name="reviews")
    round = models.PositiveBigIntegerField(default=0)
    is_gone = models.BooleanField(default=False)

    class Meta:
        """A key is one review of a source."""

        constraints = (models.UniqueConstraint(fields=["source", "key"], name="one_review_a_key"),)
        indexes = (
            models.Index(fields=["source", "round"], condition=Q(is_gone=False), name="sourced_missing"),
            models.Index(fields=["source", "url"], name="sourced_url"),
        )

    def __str__(self) -> str:
        return f"{self.source_id}: {self.key}"
