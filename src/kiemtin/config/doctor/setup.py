"""What the environment sets: address, proxies, mail; and what Django itself checks before a site goes public."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.utils.translation import gettext as _

from kiemtin.config.doctor.finding import Finding, Level, is_trial
from kiemtin.config.terminal import printable

_REDIRECT = "security.W008"  # follows from the number of proxies, of which another line tells


def debug() -> Iterator[Finding]:
    """Look whether errors are shown to everybody with all that the program has in hand."""
    if settings.DEBUG:
        yield Finding(
            "debug", Level.WRONG, _("DEBUG is on: errors are shown with everything in them."), "DEBUG = False"
        )
    else:
        yield Finding("debug", Level.GOOD, _("DEBUG is off."))


def address() -> Iterator[Finding]:
    """Look whether the public comes by TLS."""
    said = {"address": printable(settings.KIEMTIN_ADDRESS)}
    if is_trial():
        yield Finding(
            "address",
            Level.NOTE,
            _("The address is %(address)s: only this machine reaches it.") % said,
            _("For the public, set KIEMTIN_ADDRESS to its https address."),
        )
    elif settings.KIEMTIN_ADDRESS.startswith("https://"):
        yield Finding("address", Level.GOOD, _("The public comes by https: %(address)s") % said)
    else:
        yield Finding(
            "address",
            Level.WRONG,
            _("The address %(address)s is not https: what is asked, and passwords, can be read on the way.") % said,
            _("Put a proxy with TLS in front, and set KIEMTIN_ADDRESS to https://…"),
        )


def proxies() -> Iterator[Finding]:
    """Look whether the proxy that TLS needs is counted."""
    if settings.KIEMTIN_ADDRESS.startswith("https://") and not settings.KIEMTIN_PROXIES:
        yield Finding(
            "proxies",
            Level.WRONG,
            _("The address is https, but KIEMTIN_PROXIES is 0: all askers share one limit."),
            _("Set KIEMTIN_PROXIES to how many proxies stand in front, 1 most often."),
        )
    elif is_trial() and settings.KIEMTIN_PROXIES:
        yield Finding(
            "proxies",
            Level.NOTE,
            _("KIEMTIN_PROXIES is set, but only this machine reaches the site: what X-Forwarded-For says is believed."),
            _("Set it only where a proxy of yours stands in front, and nobody gets past it."),
        )
    else:
        said = {"count": settings.KIEMTIN_PROXIES}
        yield Finding("proxies", Level.GOOD, _("Proxies that are believed: %(count)d") % said)


def mail() -> Iterator[Finding]:
    """Look whether mail can go out, and whether it goes out under TLS."""
    host = settings.EMAIL_HOST
    if not settings.KIEMTIN_SENDS_MAIL:
        yield Finding(
            "mail",
            Level.NOTE,
            _("No mail server is set: replies by mail wait, and invitations are handed over by you."),
            _("Set KIEMTIN_MAIL."),
        )
    elif not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL) and host not in ("localhost", "127.0.0.1", "::1"):
        yield Finding(
            "mail",
            Level.WRONG,
            _("Mail goes to %(host)s without TLS: addresses and the password can be read on the way.")
            % {"host": printable(host)},
            _("Take ?tls=none out of KIEMTIN_MAIL."),
        )
    else:
        yield Finding("mail", Level.GOOD, _("Mail goes out through %(host)s.") % {"host": printable(host)})


def exceptions() -> Iterator[Finding]:
    """Name the hosts of private networks that may be fetched from."""
    if settings.KIEMTIN_FETCH_ALLOW:
        yield Finding(
            "fetch-allow",
            Level.NOTE,
            _("Reviews may be fetched from hosts of private networks (KIEMTIN_FETCH_ALLOW)."),
            _("Leave it so only if you know each of them."),
        )


def deployment() -> Iterator[Finding]:
    """Run the checks of `manage.py check --deploy`: they mean a public site, and need the key that signs."""
    if is_trial() or not settings.KIEMTIN_ADDRESS.startswith("https://"):
        return
    if not (Path(settings.KIEMTIN_DATA) / "secret-key").exists():
        return
    found = [one for one in checks.run_checks(include_deployment_checks=True) if one.level >= checks.WARNING]
    heard = [one for one in found if not one.is_silenced() and (one.id != _REDIRECT or settings.KIEMTIN_PROXIES)]
    for one in heard:
        yield Finding("deployment", Level.WRONG, f"{one.id}: {one.msg}", one.hint or "")
    if not heard:
        yield Finding("deployment", Level.GOOD, _("Django's own checks of a public site find nothing."))
