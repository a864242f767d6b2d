"""The database: whole, of this version's form, with its triggers and keys; and its last backup."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kiemtin.audit.models import Event
from kiemtin.config.commands.backup import VERB
from kiemtin.config.database_form import database_form
from kiemtin.config.doctor.finding import Finding, Level, wrong_in_public
from kiemtin.database.guard import guard_names
from kiemtin.questions.exceptions import UnreadableAddressError
from kiemtin.questions.models import ReplyAddress
from kiemtin.questions.secrets import unseal

_OLDEST_BACKUP: Final = dt.timedelta(days=7)


def integrity() -> Iterator[Finding]:
    """Let SQLite look through the database; PostgreSQL checks its pages itself."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        found = [line for (line,) in cursor.execute("PRAGMA quick_check(5)").fetchall()]
    if found == ["ok"]:
        yield Finding("integrity", Level.GOOD, _("SQLite finds the database whole."))
    else:
        yield Finding(
            "integrity",
            Level.WRONG,
            _("SQLite finds the database damaged: %(reason)s") % {"reason": found[0] if found else "–"},
            _("Stop the program, copy the data folder, and restore from the last backup: kiemtin restore"),
        )


def migrations() -> Iterator[Finding]:
    """Look whether the database has this version's form."""
    form = database_form()
    if form.unknown:
        yield Finding(
            "migrations",
            Level.WRONG,
            _("The database was used by a newer version of the program."),
            _("Install that version, or restore a backup from before."),
        )
    elif form.missing:
        yield Finding(
            "migrations",
            Level.WRONG,
            ngettext("%(count)d migration is pending.", "%(count)d migrations are pending.", len(form.missing))
            % {"count": len(form.missing)},
            _("Make a backup, then start the program: it brings the database to its form."),
        )
    else:
        yield Finding("migrations", Level.GOOD, _("The database has this version's form."))


def triggers() -> Iterator[Finding]:
    """Look whether the triggers are there that keep the log and the revisions from being changed."""
    missing = sorted(guard_names(connection.vendor) - triggers_there())
    if missing:
        yield Finding(
            "triggers",
            Level.WRONG,
            _("Triggers are gone that keep what is in the database from being changed: %(names)s")
            % {"names": ", ".join(missing)},
            _("Somebody took them out. Find out who, and compare with a backup from before."),
        )
    else:
        yield Finding("triggers", Level.GOOD, _("The triggers that keep log and revisions from changes are there."))


def triggers_there() -> set[str]:
    """Return the names of the triggers that are in the database and in force."""
    statement = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        # Not those of tables that a restoration put aside.
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
        " AND pg_table_is_visible(tgrelid)",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return {name for (name,) in cursor.fetchall()}


def keys_fit() -> Iterator[Finding]:
    """Try the keys on the newest of what they encrypted; a key that is not there is not made."""
    data = Path(settings.KIEMTIN_DATA)
    lost = []
    address = ReplyAddress.objects.order_by("-pk").first()
    if address is not None and not ((data / "reply-key").exists() and _opens(address)):
        lost.append("reply-key")
    factor = Authenticator.objects.filter(type=Authenticator.Type.TOTP).order_by("-pk").first()
    if factor is not None and not ((data / "secret-key").exists() and _is_readable(factor)):
        lost.append("secret-key")
    if lost:
        yield Finding(
            "keys-fit",
            Level.WRONG,
            _("Keys are missing or do not fit what is in the database: %(names)s") % {"names": ", ".join(lost)},
            _("Put back those that belong to this database, from its backup."),
        )
    elif address is not None or factor is not None:
        yield Finding("keys-fit", Level.GOOD, _("The keys open what is encrypted in the database."))


def _opens(address: ReplyAddress) -> bool:
    try:
        unseal(bytes(address.secret))
    except UnreadableAddressError:
        return False
    return True


def _is_readable(factor: Authenticator) -> bool:
    try:
        get_adapter().decrypt(factor.data["secret"])
    except InvalidToken:
        return False
    return True


def last_backup() -> Iterator[Finding]:
    """Look how long ago the last backup was made."""
    made = Event.objects.filter(verb=VERB).order_by("-pk").values_list("at", flat=True).first()
    advice = _("Make one each night and keep it on another machine: kiemtin backup FOLDER")
    if made is None:
        yield Finding("backup", wrong_in_public(), _("There is no backup yet."), advice)
        return
    days = max(0, (timezone.now() - made).days)
    said = ngettext("The last backup is %(days)d day old.", "The last backup is %(days)d days old.", days)
    is_old = timezone.now() - made > _OLDEST_BACKUP
    level = wrong_in_public() if is_old else Level.GOOD
    yield Finding("backup", level, said % {"days": days}, advice if is_old else "")
