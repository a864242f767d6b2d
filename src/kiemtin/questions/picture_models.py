"""Pictures that are asked about, on their way to a question, and by what a photograph is known again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kiemtin.questions.enums import Language, PictureState


class Picture(models.Model):
    """A picture that somebody asks about: read, shown to them for correction, and asked about as the text it holds.

    The picture itself is deleted with the answer. Where the desk must look first it is kept a week, and until thirty
    days after it was sent once a checker needs it. Nothing here tells who sent it.

    Attributes
    ----------
    code
        The receipt code: the question that comes of it gets the same, unless this asker has asked it before.
    secret
        The picture (WebP, clean) under Fernet, with the key of reply addresses; empty once it is deleted.
    text
        What was read, masked, until it is asked about.
    typed
        What the asker wrote beside it, masked.
    seen
        What both were recognised by before they were masked (`questions.seen.Seen`), until it is asked about.
    photo
        Fingerprint of its looks, of a picture without text (`kiemtin.media.pictures.PhotoHash`).
    failure
        Why its text was not read, by code.
    request
        The question that came of it.
    attempts, lease
        How often it was tried to read it, and until when somebody does.
    needed
        Since when a checker needs it.
    delete_after
        When the picture, and with it a row that nothing was asked with, is deleted.
    """

    code = models.CharField(max_length=16, unique=True)
    secret = models.BinaryField(default=bytes)
    language = models.CharField(max_length=10, choices=Language.choices, default=Language.VI)
    state = models.CharField(max_length=10, choices=PictureState.choices, default=PictureState.WAITING)
    text = models.TextField(blank=True)
    typed = models.TextField(blank=True)
    seen: models.JSONField[list[list[str]]] = models.JSONField(default=list)
    photo = models.CharField(max_length=1_000, blank=True)
    failure = models.CharField(max_length=20, blank=True)
    request = models.ForeignKey(
        "questions.Request", null=True, blank=True, on_delete=models.CASCADE, related_name="pictures"
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    lease = models.DateTimeField(null=True, blank=True)
    needed = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)
    delete_after = models.DateTimeField()

    class Meta:
        """Those that wait are few and looked for often; one that was asked about names its question."""

        indexes = (
            models.Index(fields=["at"], condition=Q(state__in=["waiting", "reading"]), name="picture_unread"),
            models.Index(fields=["delete_after"], name="picture_over"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(state=PictureState.ASKED, request__isnull=False)
                | (~Q(state=PictureState.ASKED) & Q(request__isnull=True)),
                name="asked_picture_has_its_question",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} ({self.state})"


class PhotoMark(models.Model):
    """What a message came with: the fingerprint of a photograph without text, so that the next copy of it is known."""

    message = models.ForeignKey("questions.Message", on_delete=models.CASCADE, related_name="photos")
    photo = models.CharField(max_length=1_000)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Once a message."""

        constraints = (models.UniqueConstraint(fields=["message", "photo"], name="one_photo_mark"),)

    def __str__(self) -> str:
        return f"{self.message_id}: {self.photo[:16]}"
