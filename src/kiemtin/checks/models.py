"""Checks that were published. Nothing here tells who made or passed on a claim."""

from __future__ import annotations

from django.db import models


class ChangeCounter(models.Model):
    """Numbers the changes of what is searchable, so that an index can follow them.

    A row is locked while a transaction takes numbers from it, so numbers become visible in their order: who has
    seen change N has seen every change before it.
    """

    name = models.CharField(max_length=40, primary_key=True)
    last = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.last}"


class ExternalReview(models.Model):
    """A fact-check of another publisher, as its ClaimReview tells it; shown under that publisher's name.

    Attributes
    ----------
    key
        Stable name of the review across imports.
    publisher_name, publisher_site
        Who published it; the site without protocol and without `www.`.
    url
        Where it was published.
    claim, summary, wordings
        The claim in one sentence, the finding in short, and other wordings of the claim.
    rating
        The publisher's own words for its finding, never translated into a verdict of ours.
    rating_value, rating_best, rating_worst
        The publisher's scale, where it gives one.
    language
        BCP 47 tag; empty when unknown.
    published, claim_date
        When the review and when the claim were published.
    licence
        Of the review's text: an address or a name; empty when unknown.
    sources
        Evidence, a list of objects with `title`, `publisher`, `url`, `kind`, `interest` and, where given,
        `accessed` and `shows`.
    work
        Reviews with the same work are translations of one review; empty when it stands alone.
    sample
        Whether it belongs to the sample library.
    digest
        SHA-256 of the content, hex: equal means that nothing changed.
    seq
        Number of the last change (see `ChangeCounter`).
    withdrawn
        Whether it must no longer be given as an answer.
    """

    key = models.CharField(max_length=300, unique=True)
    publisher_name = models.CharField(max_length=300)
    publisher_site = models.CharField(max_length=255, blank=True)
    url = models.CharField(max_length=4000, blank=True)
    claim = models.TextField()
    summary = models.TextField(blank=True)
    wordings = models.JSONField(default=list)
    rating = models.TextField(blank=True)
    rating_value = models.FloatField(null=True)
    rating_best = models.FloatField(null=True)
    rating_worst = models.FloatField(null=True)
    language = models.CharField(max_length=35, blank=True)
    published = models.DateField(null=True)
    claim_date = models.DateField(null=True)
    licence = models.CharField(max_length=1000, blank=True)
    sources = models.JSONField(default=list)
    work = models.CharField(max_length=300, blank=True, db_index=True)
    sample = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)
    seq = models.BigIntegerField(db_index=True)
    withdrawn = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.publisher_name}: {self.claim}"
