"""The desks: their people, their pages, and the work that waits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, get_hashers
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kiemtin.accounts.enums import SECOND_FACTOR, Role
from kiemtin.accounts.models import Desk, Membership, User
from kiemtin.audit.pulse import SILENT, doubted_until, is_silent, last_seen
from kiemtin.checks.completeness import desk_gaps
from kiemtin.config.demonstration import DOMAIN
from kiemtin.config.doctor.finding import Finding, Level, wrong_in_public
from kiemtin.config.terminal import printable
from kiemtin.questions.actions.purge import left_over
from kiemtin.questions.enums import ReplyState
from kiemtin.questions.models import Message, Reply

_SHOWN: Final = 5


def desks() -> Iterator[Finding]:
    """Look whether there is a desk, and one that takes the questions."""
    if not Desk.objects.exists():
        yield Finding("desks", Level.WRONG, _("There is no desk."), "kiemtin desk create")
    elif not Desk.objects.filter(is_intake=True).exists():
        yield Finding(
            "desks",
            Level.WRONG,
            _("No desk takes in the questions: they wait."),
            "kiemtin desk create --intake",
        )
    else:
        names = ", ".join(Desk.objects.order_by("slug").values_list("name", flat=True)[:_SHOWN])
        yield Finding("desks", Level.GOOD, _("Desks: %(names)s") % {"names": printable(names)})


def people() -> Iterator[Finding]:
    """Look whether each desk has two people, one of whom may approve what the other wrote."""
    for desk in Desk.objects.order_by("slug"):
        roles = list(desk.memberships.filter(user__is_active=True).values_list("role", flat=True))
        writing = [role for role in roles if role in (Role.CHECKER, Role.EDITOR, Role.ADMINISTRATOR)]
        if len(writing) < 2 or not set(writing) & {Role.EDITOR, Role.ADMINISTRATOR}:
            yield Finding(
                "people",
                Level.WRONG,
                _("“%(desk)s” has nobody who could approve what another wrote.") % {"desk": printable(desk.name)},
                _("Invite at least two people, one of them as editor."),
            )


def second_factor() -> Iterator[Finding]:
    """Look for people of the roles that need a second factor who have none, and could sign in."""
    factors = Authenticator.objects.filter(
        user=OuterRef("user"), type__in=(Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    )
    without = Membership.objects.filter(~Exists(factors), role__in=SECOND_FACTOR, user__is_active=True)
    without = without.exclude(user__password__startswith=UNUSABLE_PASSWORD_PREFIX)
    names = list(without.order_by("user__name").values_list("user__name", flat=True).distinct()[: _SHOWN + 1])
    if names:
        said = {"names": printable(", ".join(names[:_SHOWN])) + (" …" if len(names) > _SHOWN else "")}
        yield Finding(
            "second-factor",
            Level.WRONG,
            _("Editors or administrators without a second factor: %(names)s") % said,
            _("Have them sign in and set it up now: until then their password alone does it for whoever has it."),
        )
    else:
        yield Finding("second-factor", Level.GOOD, _("All editors and administrators have a second factor."))


def passwords() -> Iterator[Finding]:
    """Look whether passwords are kept by today's hasher, and by none that can be undone."""
    kept = User.objects.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).exclude(password="")
    known = Q()
    for hasher in get_hashers():
        known |= Q(password__startswith=f"{hasher.algorithm}$")
    weak = kept.exclude(known).count()
    old = kept.filter(known).exclude(password__startswith=f"{get_hashers()[0].algorithm}$").count()
    if weak:
        yield Finding(
            "passwords",
            Level.WRONG,
            ngettext(
                "%(count)d password is kept in a way that is not known here: nobody gets in with it.",
                "%(count)d passwords are kept in a way that is not known here: nobody gets in with them.",
                weak,
            )
            % {"count": weak},
            _("Give those people a link for a new one: kiemtin person link"),
        )
    elif old:
        yield Finding(
            "passwords",
            Level.NOTE,
            ngettext(
                "%(count)d password is kept by an older method; its owner's next sign-in renews that.",
                "%(count)d passwords are kept by an older method; their owners' next sign-in renews that.",
                old,
            )
            % {"count": old},
        )
    else:
        yield Finding("passwords", Level.GOOD, _("All passwords are kept by Argon2."))


def retention() -> Iterator[Finding]:
    """Look whether something is still there that should have been deleted an hour ago and more.

    While the clock is in doubt nothing is deleted by it: another line tells of that.
    """
    if doubted_until():
        return
    if found := left_over():
        yield Finding(
            "retention",
            Level.WRONG,
            _("What should have been deleted is still there: %(names)s")
            % {"names": ", ".join(rule.name for rule in found)},
            _(
                "The worker deletes it every ten minutes: it is not running, or fails. "
                "Start kiemtin serve or kiemtin worker, and read what it writes."
            ),
        )
    else:
        yield Finding("retention", Level.GOOD, _("Nothing is kept longer than the privacy page says."))


def demonstration() -> Iterator[Finding]:
    """Look for people and checks of the demonstration."""
    names = User.objects.filter(email__iendswith=f"@{DOMAIN}", is_active=True, memberships__isnull=False)
    if names.exists():
        yield Finding(
            "demonstration",
            wrong_in_public(),
            _("The demonstration people are still there, and their passwords were printed."),
            _("Begin with an empty data folder, or take them out of the desk under People."),
        )
    elif Desk.objects.filter(is_sample=True).exists():
        yield Finding(
            "demonstration",
            wrong_in_public(),
            _("The sample library is among the answers."),
            _("Begin with an empty data folder."),
        )
    else:
        yield Finding("demonstration", Level.GOOD, _("Nothing of the demonstration is there."))


def pages() -> Iterator[Finding]:
    """Look for pages without which a desk publishes nothing."""
    for desk in Desk.objects.order_by("slug"):
        gaps = desk_gaps(desk)
        if gaps:
            kinds = ", ".join(str(kind.label) for kind in gaps)
            yield Finding(
                "pages",
                Level.WRONG,
                _("“%(desk)s” can publish nothing yet; pages are missing: %(kinds)s")
                % {"desk": printable(desk.name), "kinds": kinds},
                _("Have an editor write them under Pages."),
            )
        elif not desk.contact and not desk.is_sample:
            yield Finding(
                "pages",
                Level.NOTE,
                _("“%(desk)s” has no public mail address.") % {"desk": printable(desk.name)},
                _("Readers and those who find a weakness need one; put it on the page Contact."),
            )


def waiting() -> Iterator[Finding]:
    """Look whether a worker runs, and whether work waits that it would have done minutes ago."""
    seen = last_seen()
    since = timezone.now() - SILENT
    messages = Message.objects.filter(settled=False, due__lt=since).count()
    replies = Reply.objects.filter(state=ReplyState.QUEUED, next_try__lt=since).count()
    replies = replies if settings.KIEMTIN_SENDS_MAIL else 0
    if messages or replies:
        yield Finding(
            "worker",
            Level.WRONG,
            _("Work waits: messages without a case: %(messages)d, replies not sent: %(replies)d")
            % {"messages": messages, "replies": replies},
            _("The worker is not running, or fails: start kiemtin serve or kiemtin worker, and read what it writes."),
        )
    elif seen is None:
        yield Finding("worker", Level.NOTE, _("No worker has run yet."), "kiemtin serve")
    elif is_silent(seen):
        yield Finding(
            "worker",
            Level.WRONG,
            _("No worker has been there since %(time)s.") % {"time": f"{timezone.localtime(seen):%Y-%m-%d %H:%M}"},
            _("Start kiemtin serve or kiemtin worker."),
        )
    else:
        yield Finding("worker", Level.GOOD, _("The worker runs, and nothing waits for it."))
