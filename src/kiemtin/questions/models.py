"""What is asked, and the desk's work on it. Askers are anonymous: nothing tells who asked or who spread a message.

A `Message` holds masked text only. A `Request` knows a receipt code. Where to reply lies encrypted in `ReplyAddress`
and is deleted 30 days after the last answer.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kiemtin.accounts.models import Desk
from kiemtin.checks.enums import Nature
from kiemtin.checks.models import ExternalReview, FactCheck, Revision
from kiemtin.questions.enums import (
    Answered,
    CaseState,
    ChangeKind,
    Decider,
    Decision,
    Language,
    ReplyKind,
    ReplyState,
)
from kiemtin.questions.link_models import Indicator, LinkPage, Sighting
from kiemtin.questions.picture_models import PhotoMark, Picture
from kiemtin.questions.titles import plain

__all__ = [
    "Bucket",
    "Case",
    "CaseChange",
    "CaseNote",
    "CheckDemand",
    "Conflict",
    "Demand",
    "ErrorReport",
    "Indicator",
    "LinkPage",
    "Match",
    "Message",
    "PhotoMark",
    "Picture",
    "Reply",
    "ReplyAddress",
    "Request",
    "SavedView",
    "Sighting",
]


class Case(models.Model):
    """The desk's unit of work: one claim, and all messages that make it.

    Attributes
    ----------
    title
        The claim in one sentence, as the desk words it for itself; at first the beginning of the first message.
    title_plain
        The same as it is searched: small letters without diacritics.
    nature
        The answer to the first question: is it a checkable statement of fact? Empty while nobody has said.
    nature_note
        A kind explanation to who asked, where it is not; in the desk's words.
    public_reason
        Why the desk declined; public.
    assignee
        Who works on it.
    fact_check, external_review
        What answers it: a check of ours or of another publisher. A withdrawn review stays here while the case is open
        again without a check of ours.
    merged_into
        Where its messages went.
    asked, messages_count
        How many requests and distinct messages it has.
    heat
        Demand of late: log2 of the sum over requests of 2^((t - epoch) / half-life), a forward-decayed count (Cormode
        et al. 2009), so that the order needs no recount as time goes by. See `questions.demand`.
    first_asked, last_asked
        When it was asked about.
    """

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="cases")
    state = models.CharField(max_length=20, choices=CaseState.choices, default=CaseState.OPEN)
    title = models.CharField(max_length=300)
    title_plain = models.CharField(max_length=400, blank=True, editable=False)
    language = models.CharField(max_length=35, blank=True)
    nature = models.CharField(max_length=20, choices=Nature.choices, blank=True)
    nature_note = models.TextField(blank=True)
    public_reason = models.TextField(blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="cases"
    )
    fact_check = models.OneToOneField(FactCheck, null=True, blank=True, on_delete=models.PROTECT, related_name="case")
    external_review = models.ForeignKey(
        ExternalReview, null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    asked = models.PositiveIntegerField(default=0)
    messages_count = models.PositiveIntegerField(default=0)
    heat = models.FloatField(default=0.0)
    first_asked = models.DateTimeField(default=timezone.now)
    last_asked = models.DateTimeField(default=timezone.now)
    opened = models.DateTimeField(default=timezone.now, editable=False)
    state_since = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Only facts are checked and published; refusals say why."""

        indexes = (
            models.Index(fields=["desk", "state", "-heat"], name="case_hottest"),
            models.Index(fields=["desk", "state", "-asked"], name="case_most_asked"),
            models.Index(fields=["desk", "state", "first_asked"], name="case_waiting"),
            models.Index(fields=["desk", "-last_asked"], name="case_latest"),
            models.Index(fields=["desk", "assignee", "state"], name="case_assignee"),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(state__in=[CaseState.IN_REVIEW, CaseState.PUBLISHED]) | Q(nature=Nature.FACT),
                name="only_facts_are_checked",
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.NOT_CHECKABLE) | (~Q(nature="") & ~Q(nature=Nature.FACT)),
                name="not_checkable_is_no_fact",
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.DECLINED) | ~Q(public_reason=""), name="declined_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state=CaseState.MERGED, merged_into__isnull=False)
                | (~Q(state=CaseState.MERGED) & Q(merged_into__isnull=True)),
                name="merged_says_where",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="merged_elsewhere"
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.PUBLISHED)
                | Q(fact_check__isnull=False, external_review__isnull=True)
                | Q(fact_check__isnull=True, external_review__isnull=False),
                name="published_has_one_answer",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's own signature)
        """Store it; what is searched follows the title."""
        fields = kwargs.get("update_fields")
        if fields is None or "title" in fields:
            self.title_plain = plain(self.title)[:400]
        if fields is not None and "title" in fields:
            kwargs["update_fields"] = [*fields, "title_plain"]
        super().save(*args, **kwargs)


class Message(models.Model):
    """Masked content that was asked about, stored once per distinct content.

    Attributes
    ----------
    digest
        SHA-256 of the normalised, masked text, hex.
    text
        As it was asked, masked.
    toneless
        Whether it is Vietnamese typed without diacritics, so that texts are compared fairly.
    band, guards, matched_seq
        What the matching core said, what held it back, and up to which change of the library it knew.
    case
        The case it belongs to; None until the worker has settled it, and for messages that a published check answers.
    settled
        Whether the worker has looked for a case for it.
    due
        From when the worker looks for a case: at once where nothing fits, a little later where the asker was asked
        back.
    asked, heat
        How often, and how much of late (see `Case`).
    agreed
        How many who asked agree that the text be published as open data; it may be only while one does.
    withheld
        Whether it is kept out all the same, for the masking missed something.
    seq
        Number of the last change that the index of messages must follow; 0 before it was in a case.
    """

    digest = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    toneless = models.BooleanField(default=False)
    band = models.CharField(max_length=10, choices=Answered.choices, default=Answered.NONE)
    guards = models.JSONField(default=list)
    matched_seq = models.BigIntegerField(default=-1)
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="messages")
    settled = models.BooleanField(default=False)
    due = models.DateTimeField(default=timezone.now)
    asked = models.PositiveIntegerField(default=0)
    agreed = models.PositiveIntegerField(default=0)
    withheld = models.BooleanField(default=False)
    heat = models.FloatField(default=0.0)
    first_asked = models.DateTimeField(default=timezone.now)
    last_asked = models.DateTimeField(default=timezone.now)
    seq = models.BigIntegerField(default=0, db_index=True)

    class Meta:
        """Unsettled ones and those given for open data are few and looked for often."""

        indexes = (
            models.Index(fields=["due"], condition=Q(settled=False), name="message_unsettled"),
            models.Index(fields=["case", "-asked"], name="message_of_case"),
            models.Index(fields=["id"], condition=Q(agreed__gt=0), name="message_given"),
        )

    def __str__(self) -> str:
        return self.text[:80]


class Request(models.Model):
    """One asker asking about a message, once, through one channel.

    Attributes
    ----------
    code
        The receipt code: who holds it sees where the question stands.
    channel
        Name of the channel it came through (`web`).
    language
        The language to answer in.
    asker
        Keyed hash of where it came from, with a key that changes each day, so that one asker counts once a message and
        day; emptied after a day.
    shown
        The revision that the asker was last shown or sent, or may have been; they are told when it changes.
    shown_review
        The review of another publisher that they were shown as the answer.
    decisions
        What the asker said of what they were asked back about: number of a match → `yes` or `no`.
    agreed
        Whether the asker agrees that the masked text be published as open data; they are asked, it is never assumed.
    """

    code = models.CharField(max_length=16, unique=True)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="requests")
    channel = models.CharField(max_length=30, default="web")
    language = models.CharField(max_length=10, choices=Language.choices, default=Language.VI)
    asker = models.CharField(max_length=64, blank=True)
    shown = models.ForeignKey(Revision, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    shown_review = models.ForeignKey(ExternalReview, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decisions = models.JSONField(default=dict)
    agreed = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        """One asker asks about a message once a day: their hash is another one the next day."""

        constraints = (
            models.UniqueConstraint(fields=["message", "asker"], condition=~Q(asker=""), name="one_request_an_asker"),
        )

    def __str__(self) -> str:
        return self.code


class ReplyAddress(models.Model):
    """Where one asker wishes to be told, encrypted; deleted 30 days after the last answer, or when they say so.

    Attributes
    ----------
    secret
        The address under Fernet with a key that lies outside the database.
    digest
        Keyed hash of the address, to limit how many requests may name it.
    purge_after
        None while no answer was sent.
    """

    request = models.OneToOneField(Request, on_delete=models.CASCADE, related_name="reply_address")
    channel = models.CharField(max_length=30, default="mail")
    secret = models.BinaryField()
    digest = models.CharField(max_length=64, db_index=True)
    created = models.DateTimeField(default=timezone.now, editable=False)
    purge_after = models.DateTimeField(null=True, blank=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.channel}: {self.request_id}"


class Demand(models.Model):
    """How often a message was asked about on a day."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="demand")
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        """One number a day."""

        constraints = (models.UniqueConstraint(fields=["message", "day"], name="one_demand_a_day"),)

    def __str__(self) -> str:
        return f"{self.message_id} {self.day}: {self.count}"


class CheckDemand(models.Model):
    """How often a published check was given as an answer on a day."""

    fact_check = models.ForeignKey(FactCheck, on_delete=models.CASCADE, related_name="demand")
    day = models.DateField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        """One number a day."""

        constraints = (models.UniqueConstraint(fields=["fact_check", "day"], name="one_check_demand_a_day"),)

    def __str__(self) -> str:
        return f"{self.fact_check_id} {self.day}: {self.count}"


class Match(models.Model):
    """A scored link between a message and what may answer it or be the same, and what a person said of it.

    Attributes
    ----------
    fact_check, external_review, case
        The target: exactly one of them.
    rank
        0 for the best of its message.
    probability, band, near_copy, guards
        As the matching core gave them.
    passage
        The part of a long message that matched, masked; empty where it is the whole message.
    by_indicator
        Whether the two share an indicator; if it was found by that alone, its probability is 0.
    decision, decider, decided
        What was decided, by whom (asker, desk, program), and when.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="matches")
    fact_check = models.ForeignKey(FactCheck, null=True, blank=True, on_delete=models.CASCADE, related_name="matches")
    external_review = models.ForeignKey(
        ExternalReview, null=True, blank=True, on_delete=models.CASCADE, related_name="matches"
    )
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.CASCADE, related_name="matches")
    rank = models.PositiveSmallIntegerField(default=0)
    probability = models.FloatField()
    band = models.CharField(max_length=10, choices=Answered.choices)
    near_copy = models.BooleanField(default=False)
    guards = models.JSONField(default=list)
    passage = models.TextField(blank=True)
    by_indicator = models.BooleanField(default=False)
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.OPEN)
    decider = models.CharField(max_length=10, choices=Decider.choices, blank=True)
    decided = models.DateTimeField(null=True, blank=True)
    yes_count = models.PositiveIntegerField(default=0)
    no_count = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """One target each, each target once a message."""

        indexes = (models.Index(fields=["case", "decision"], name="match_proposals"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(fact_check__isnull=False, external_review__isnull=True, case__isnull=True)
                | Q(fact_check__isnull=True, external_review__isnull=False, case__isnull=True)
                | Q(fact_check__isnull=True, external_review__isnull=True, case__isnull=False),
                name="match_has_one_target",
            ),
            models.UniqueConstraint(fields=["message", "fact_check"], name="one_match_a_check"),
            models.UniqueConstraint(fields=["message", "external_review"], name="one_match_a_review"),
            models.UniqueConstraint(fields=["message", "case"], name="one_match_a_case"),
        )

    def __str__(self) -> str:
        return f"{self.message_id}: {self.probability:.2f}"


class CaseChange(models.Model):
    """That messages went from one case to another; can be undone as long as they are where it put them.

    Attributes
    ----------
    state_before
        State of the case that was emptied by a merge.
    by
        None when the program joined them.
    """

    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    source = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="changes_out", null=True, blank=True)
    target = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="changes_in")
    messages = models.ManyToManyField(Message, related_name="case_changes")
    state_before = models.CharField(max_length=20, choices=CaseState.choices, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.kind}: {self.source_id} → {self.target_id}"


class CaseNote(models.Model):
    """What somebody at the desk wrote on a case for the others; never public."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Oldest first."""

        ordering = ("at", "id")

    def __str__(self) -> str:
        return self.text[:80]


class Conflict(models.Model):
    """A person's declaration that they have an interest in a case: they may not work on it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="conflicts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Once a person and case."""

        constraints = (models.UniqueConstraint(fields=["case", "person"], name="one_conflict_a_person"),)

    def __str__(self) -> str:
        return f"{self.case_id}: {self.person}"


class Reply(models.Model):
    """The outbox: what is to be sent to one asker.

    Attributes
    ----------
    case, revision, external_review
        What it is about. A reply goes out only while `revision` is still the last one of its fact-check.
    before
        The older revision that its asker had; kept here once they count as having `revision`, though it goes again.
    attempts, next_try, lease
        Retries with backoff; until when a worker that took it may work on it.
    error
        Why the last attempt failed, without any address.
    message_id
        Of the mail; the same at each attempt, so that a doubled mail is seen as one.
    """

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="replies")
    kind = models.CharField(max_length=20, choices=ReplyKind.choices)
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="replies")
    revision = models.ForeignKey(Revision, null=True, blank=True, on_delete=models.PROTECT, related_name="replies")
    before = models.ForeignKey(
        Revision, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    external_review = models.ForeignKey(
        ExternalReview, null=True, blank=True, on_delete=models.PROTECT, related_name="replies"
    )
    state = models.CharField(max_length=20, choices=ReplyState.choices, default=ReplyState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(default=timezone.now)
    lease = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    created = models.DateTimeField(default=timezone.now, editable=False)
    sent = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One reply a request and revision; the waiting ones are looked for often."""

        indexes = (
            models.Index(fields=["next_try"], condition=Q(state__in=["queued", "sending"]), name="reply_waiting"),
            models.Index(fields=["case", "-created"], condition=Q(state="failed"), name="reply_failed"),
        )
        constraints = (models.UniqueConstraint(fields=["request", "revision"], name="one_reply_a_revision"),)

    def __str__(self) -> str:
        return f"{self.kind}: {self.request_id} ({self.state})"


class ErrorReport(models.Model):
    """What a reader thinks is wrong with a published check; masked, anonymous.

    Attributes
    ----------
    handled, outcome
        When somebody at the desk was done with it, and what came of it.
    """

    fact_check = models.ForeignKey(FactCheck, on_delete=models.CASCADE, related_name="error_reports")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    handled = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.TextField(blank=True)

    class Meta:
        """Newest first."""

        ordering = ("-at",)

    def __str__(self) -> str:
        return self.text[:80]


class SavedView(models.Model):
    """A person's own filter of the queue."""

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=4000, blank=True)

    class Meta:
        """One of a name."""

        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["desk", "owner", "name"], name="one_view_a_name"),)

    def __str__(self) -> str:
        return self.name


class Bucket(models.Model):
    """A counter of a rate limit: a keyed hash, a window, a count. Deleted when its window is over."""

    key = models.CharField(max_length=64)
    window = models.BigIntegerField()
    count = models.PositiveIntegerField(default=0)
    ends = models.DateTimeField(db_index=True)

    class Meta:
        """One counter a window."""

        constraints = (models.UniqueConstraint(fields=["key", "window"], name="one_bucket_a_window"),)

    def __str__(self) -> str:
        return f"{self.key[:8]}…: {self.count}"
