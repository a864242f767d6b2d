"""People who work here, the desks they work in, and what a desk says of itself. Askers have no account."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, NoReturn

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from kiemtin.accounts.enums import PageKind, Role, Scope


class UserManager(BaseUserManager["User"]):
    """Makes people by their mail address."""

    def create_user(self, *, email: str, name: str, password: str | None = None) -> User:
        """Store a person; without a password nobody can sign in as them yet."""
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """Find by mail address, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who works at a desk.

    Attributes
    ----------
    email
        For signing in; never public.
    name
        The byline under which their work is published.
    sign_outs
        How often all their sessions were ended at once. Sessions hold this number: see `sessions.end_sessions`.
    """

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100)
    is_active = models.BooleanField(default=True)
    sign_outs = models.PositiveIntegerField(default=0)
    joined = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """Return what a session must hold to go on: another one after a new password, or after all were ended."""
        return f"{super().get_session_auth_hash()}.{self.sign_outs}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Return the same by keys that were in use before."""
        return (f"{known}.{self.sign_outs}" for known in super().get_session_auth_fallback_hash())

    @property
    def actor(self) -> str:
        """How the audit log calls this person: a number, no name and no address."""
        return f"user-{self.pk}"


class Desk(models.Model):
    """An organisation that works here.

    Attributes
    ----------
    slug, name
        In addresses; as published.
    language
        BCP 47 tag of what it publishes in first.
    is_intake
        Whether new questions come to it; true for at most one desk.
    is_sample
        Whether what it publishes is sample content, and is marked so.
    contact
        Public mail address, may be empty.
    opens_links
        Whether the program fetches pages that it is asked about; a desk decides that for itself.
    """

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=35, default="vi")
    is_intake = models.BooleanField(default=False)
    is_sample = models.BooleanField(default=False)
    contact = models.EmailField(blank=True)
    opens_links = models.BooleanField(default=False)
    created = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        """At most one desk takes in questions."""

        constraints = (
            models.UniqueConstraint(fields=["is_intake"], condition=models.Q(is_intake=True), name="one_intake_desk"),
        )

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person's role in a desk: one each."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    since = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        """One role a desk."""

        constraints = (models.UniqueConstraint(fields=["user", "desk"], name="one_role_a_desk"),)

    def __str__(self) -> str:
        return f"{self.user} @ {self.desk}: {self.role}"


class Invitation(models.Model):
    """A place kept in a desk for who holds the secret link that was mailed.

    Attributes
    ----------
    digest
        SHA-256 of the secret, hex: the secret itself is only in the mail.
    """

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=20, choices=Role.choices)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(default=timezone.now, editable=False)
    expires = models.DateTimeField()
    accepted = models.DateTimeField(null=True, blank=True)
    revoked = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.desk}: {self.role}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be accepted."""
        return self.accepted is None and self.revoked is None and self.expires > timezone.now()


class ApiToken(models.Model):
    """What a program shows to be let in, for one desk. Never a person's: nobody's role comes with it.

    Attributes
    ----------
    name
        What it is for, in the desk's words.
    prefix, digest
        Its first signs, to tell it from others, and its SHA-256, hex: the token itself is stored nowhere.
    scopes
        Words of `Scope`, with a space between.
    publisher_name, publisher_site
        With the scope `pages`: whose reviews it hands in, and the host that they stand on, without `www.`.
    last_used
        The day, and no more: it tells whether somebody still needs it.
    """

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.CharField(max_length=100, blank=True)
    publisher_name = models.CharField(max_length=300, blank=True)
    publisher_site = models.CharField(max_length=255, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(default=timezone.now, editable=False)
    expires = models.DateTimeField()
    revoked = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    last_used = models.DateField(null=True, blank=True)

    class Meta:
        """Reviews come under a publisher's name or not at all."""

        ordering = ("-created", "-id")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(scopes__contains=Scope.PAGES.value)
                | (~models.Q(publisher_name="") & ~models.Q(publisher_site="")),
                name="pages_have_a_publisher",
            ),
        )

    def __str__(self) -> str:
        return f"{self.desk}: {self.name}"

    @property
    def actor(self) -> str:
        """How the audit log calls it."""
        return f"token-{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it lets anybody in."""
        return self.revoked is None and self.expires > timezone.now()

    def has(self, scope: Scope) -> bool:
        """Whether it includes a scope."""
        return scope.value in self.scopes.split()

    def scope_labels(self) -> list[str]:
        """Return what it lets do, in words."""
        return [str(scope.label) for scope in Scope if self.has(scope)]


class DeskPage(models.Model):
    """One version of a page that a desk writes about itself; the highest number is the current one."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="pages")
    kind = models.CharField(max_length=20, choices=PageKind.choices)
    language = models.CharField(max_length=35)
    number = models.PositiveIntegerField()
    body = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        """Versions are numbered from 1."""

        ordering = ("desk", "kind", "language", "-number")
        constraints = (
            models.UniqueConstraint(fields=["desk", "kind", "language", "number"], name="one_page_a_number"),
        )

    def __str__(self) -> str:
        return f"{self.desk}: {self.kind} ({self.language}) {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's own signature)
        """Add a version; a version that is there stays as it is (a trigger in the database holds it too)."""
        if not self._state.adding:
            raise TypeError("a version of a page is not changed: add the next one")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ANN401
        """Refuse: versions stay public."""
        raise TypeError("a version of a page is not deleted")


class Attempt(models.Model):
    """What is counted against guessing passwords and codes, for all processes together: see `attempts`.

    The table of Django's cache in the database. It culls what is over first, and it adds a row once, whoever tries at
    the same moment: both fail with a cache in files.

    Attributes
    ----------
    cache_key
        Keyed hash of whose attempts they are: of a network address or a mail address.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.cache_key[:8]}…"
