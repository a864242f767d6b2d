"""Checks that were published. Nothing here tells who made or passed on a claim."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kiemtin.accounts.models import Desk
from kiemtin.checks.alert_models import AlertRevision, ScamAlert
from kiemtin.checks.copy_models import CitedSource, CopyRequest, StoredCopy
from kiemtin.checks.enums import Interest, Part, PublicState, RevisionKind, SourceKind, Stage, Topic, Verdict
from kiemtin.checks.work_models import PublishedVersion, Work

__all__ = [
    "AlertRevision",
    "ChangeCounter",
    "CitedSource",
    "CopyRequest",
    "ExternalReview",
    "FactCheck",
    "Hand",
    "Revision",
    "ScamAlert",
    "Source",
    "StoredCopy",
    "Wording",
]


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
    reworded, rating_before
        When its publisher last changed what is shown of it as an answer, and its words for the finding until then.
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
    reworded = models.DateTimeField(null=True, blank=True)
    rating_before = models.TextField(blank=True)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        """All of one publisher are listed, newest first."""

        indexes = (models.Index(fields=["publisher_site", "-published", "-id"], name="review_publisher"),)

    def __str__(self) -> str:
        return f"{self.publisher_name}: {self.claim}"


class FactCheck(Work):
    """A desk's own work on a claim.

    Attributes
    ----------
    desk
        Who publishes it.
    work
        Fact-checks with the same work are translations of one another; empty when it stands alone.
    claim, verdict, summary, body, topic, wordings
        The working copy: the claim in one sentence, the finding, why in short, the whole text in Markdown, and other
        wordings of the claim, which are searched and not shown.
    round
        Counts first publication and corrections; a person is author or approver in a round, never both (`Hand`).
    approver
        Who approved the working copy of this round.
    latest
        The last published revision; None until there is one.
    recheck_on
        The day on which the earliest of its sources is due to be looked at again.
    seq
        Number of the last change that a reader can find (see `ChangeCounter`); 0 before it is published.
    """

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="fact_checks")
    work = models.CharField(max_length=300, blank=True, db_index=True)
    claim = models.TextField(blank=True)
    verdict = models.CharField(max_length=20, choices=Verdict.choices, blank=True)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    topic = models.CharField(max_length=20, choices=Topic.choices, blank=True)
    wordings = models.JSONField(default=list, blank=True)
    round = models.PositiveIntegerField(default=1)
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    latest = models.ForeignKey("Revision", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recheck_on = models.DateField(null=True, blank=True, db_index=True)
    seq = models.BigIntegerField(default=0, db_index=True)

    class Meta:
        """What must hold, whatever writes to the table."""

        indexes = (
            models.Index(fields=["desk", "stage", "-edited"], name="check_desk_stage"),
            models.Index(fields=["public_state", "language", "-changed"], name="check_public"),
        )
        constraints = (
            models.UniqueConstraint(fields=["work", "language"], condition=~Q(work=""), name="one_version_a_language"),
            models.CheckConstraint(
                condition=~Q(stage=Stage.APPROVED)
                | (Q(author__isnull=False) & Q(approver__isnull=False) & ~Q(approver=F("author"))),
                name="approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.APPROVED) | Q(approver__isnull=True), name="approval_only_while_approved"
            ),
            models.CheckConstraint(
                condition=Q(public_state=PublicState.UNPUBLISHED, latest__isnull=True)
                | (~Q(public_state=PublicState.UNPUBLISHED) & Q(latest__isnull=False) & Q(seq__gt=0)),
                name="public_has_revision",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.SETTLED) | ~Q(public_state=PublicState.UNPUBLISHED),
                name="settled_is_public",
            ),
            models.CheckConstraint(
                condition=~Q(public_state=PublicState.WITHDRAWN) | Q(stage=Stage.SETTLED), name="withdrawn_is_settled"
            ),
        )

    def __str__(self) -> str:
        return f"{self.desk}: {self.claim}"


class Source(models.Model):
    """One piece of evidence of a working copy; copies of it are `StoredCopy`s.

    Attributes
    ----------
    kind, interest
        Primary or secondary; independent of whoever the claim is about, or party to it.
    shows
        What it shows, in one sentence.
    accessed
        The day it was read.
    recheck_on
        The day it is due to be looked at again.
    """

    fact_check = models.ForeignKey(FactCheck, on_delete=models.CASCADE, related_name="sources")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=500, blank=True)
    publisher = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=4000, blank=True)
    kind = models.CharField(max_length=20, choices=SourceKind.choices, default=SourceKind.SECONDARY)
    interest = models.CharField(max_length=20, choices=Interest.choices, blank=True)
    shows = models.TextField(blank=True)
    accessed = models.DateField(null=True, blank=True)
    recheck_on = models.DateField(null=True, blank=True)

    class Meta:
        """In the order of the page."""

        ordering = ("position", "id")

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}"


class Hand(models.Model):
    """That a person had a hand in a round: as author or as approver, by the table's own rule never as both."""

    fact_check = models.ForeignKey(FactCheck, on_delete=models.CASCADE, related_name="hands")
    round = models.PositiveIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=20, choices=Part.choices)

    class Meta:
        """One part a person and round."""

        constraints = (
            models.UniqueConstraint(fields=["fact_check", "round", "person"], name="author_or_approver_never_both"),
        )

    def __str__(self) -> str:
        return f"{self.fact_check_id}/{self.round}: {self.person} ({self.part})"


class Revision(PublishedVersion):
    """A published version of a fact-check.

    Attributes
    ----------
    claim, verdict, summary, body, topic, wordings
        As in `FactCheck`.
    sources
        The evidence as it was cited: a list of objects with the fields of `Source`, and `copied` and `copy_sha256`
        where there was a copy.
    source_count, independent_count
        How many sources, and how many of them are independent.
    changed_fields
        Names of what differs from the revision before.
    """

    fact_check = models.ForeignKey(FactCheck, on_delete=models.PROTECT, related_name="revisions")
    claim = models.TextField()
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    summary = models.TextField()
    body = models.TextField()
    topic = models.CharField(max_length=20, choices=Topic.choices)
    wordings = models.JSONField(default=list)
    sources = models.JSONField(default=list)
    source_count = models.PositiveIntegerField()
    independent_count = models.PositiveIntegerField()
    changed_fields = models.JSONField(default=list)

    class Meta:
        """Evidence, two people and a public reason are rules of the table."""

        ordering = ("fact_check", "number")
        constraints = (
            models.UniqueConstraint(fields=["fact_check", "number"], name="one_revision_a_number"),
            models.CheckConstraint(condition=~Q(author=F("approver")), name="revision_by_two_people"),
            models.CheckConstraint(
                condition=Q(source_count__gte=2) & Q(independent_count__gte=1), name="revision_has_evidence"
            ),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="revision_has_verdict"),
            models.CheckConstraint(condition=Q(kind=RevisionKind.FIRST) | ~Q(note=""), name="revision_says_why"),
        )

    def __str__(self) -> str:
        return f"{self.fact_check_id} r{self.number}: {self.claim}"


class Wording(models.Model):
    """A masked text that a person decided to be a published claim: copies of it are answered by near match.

    Attributes
    ----------
    digest
        SHA-256 of the normalised text, hex.
    """

    fact_check = models.ForeignKey(FactCheck, on_delete=models.CASCADE, related_name="known_wordings")
    text = models.TextField()
    digest = models.CharField(max_length=64)
    added = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        """Once a fact-check."""

        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["fact_check", "digest"], name="one_wording_a_check"),)

    def __str__(self) -> str:
        return self.text
