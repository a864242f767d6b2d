"""The public log: signed, and saying of everything that is published what is published."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kiemtin.audit.exceptions import LogKeyError
from kiemtin.audit.models import LogEntry
from kiemtin.audit.publiclog.log_key import log_key
from kiemtin.audit.publiclog.stored import latest_head, next_index, raw
from kiemtin.config.doctor.finding import Finding, Level
from kiemtin.config.terminal import printable
from kiemtin.questions.logged import public_entries

_NAMED = 3


def signed() -> Iterator[Finding]:
    """Look whether the newest entry of the public log is signed, and whether the next one can be."""
    head, size = latest_head(), next_index()
    if head is None and not size:
        return
    try:
        log_key(may_make=False)
    except LogKeyError:
        yield Finding(
            "public-log",
            Level.WRONG,
            _("The key of the public log (log-key) is missing or broken: nothing new can be signed."),
            _("Put it back from a backup. A new one would look like a swindle to whoever has checked the log before."),
        )
        return
    if unsigned := size - (head.size if head is not None else 0):
        yield Finding(
            "public-log",
            Level.WRONG,
            ngettext(
                "%(count)d entry of the public log is not signed.",
                "%(count)d entries of the public log are not signed.",
                unsigned,
            )
            % {"count": unsigned},
            _("Look for log.not-signed in the log: it says why. Then see what kiemtin verify says of this site."),
        )
    else:
        yield Finding("public-log", Level.GOOD, _("All of the public log is signed."))


def fits() -> Iterator[Finding]:
    """Compare everything that is public in the database with its entry: the newest one, of a case."""
    logged = {about: raw(leaf) for about, leaf in LogEntry.objects.order_by("index").values_list("about", "leaf")}
    if not logged:
        return
    wrong = [entry.subject for entry in public_entries() if logged.get(entry.about) != entry.leaf()]
    if wrong:
        names = printable(", ".join(dict.fromkeys(wrong[:_NAMED]))) + (" …" if len(wrong) > _NAMED else "")
        yield Finding(
            "public-log-fits",
            Level.WRONG,
            ngettext(
                "%(count)d version in the database is not what the public log says: %(names)s",
                "%(count)d versions in the database are not what the public log says: %(names)s",
                len(wrong),
            )
            % {"count": len(wrong), "names": names},
            _("Somebody changed it past the program. Compare with a backup, and see: %(command)s")
            % {"command": f"kiemtin verify {printable(settings.KIEMTIN_ADDRESS)}"},
        )
    else:
        yield Finding("public-log-fits", Level.GOOD, _("What is published is what the public log says."))
