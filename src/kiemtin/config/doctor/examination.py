"""The whole examination, in the order in which its lines stand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from kiemtin.config.backup.inventory import DATABASE
from kiemtin.config.doctor import database, desks, machine, matching, public_log, server, setup
from kiemtin.config.doctor.finding import Check, Finding, Level
from kiemtin.config.terminal import shortened

ALWAYS: Final[tuple[Check, ...]] = (
    machine.data_folder,
    machine.user,
    setup.debug,
    setup.address,
    setup.proxies,
    setup.mail,
    setup.exceptions,
    matching.encoder,
    matching.pictures,
    server.tls,
    server.server,
)
WITH_DATA: Final[tuple[Check, ...]] = (
    machine.keys,
    machine.leftovers,
    machine.disk,
    machine.disk_of_indexes,
    server.role,
    server.programs,
    server.put_aside,
    database.integrity,
    database.migrations,
)
WITH_TABLES: Final[tuple[Check, ...]] = (
    database.triggers,
    database.keys_fit,
    public_log.signed,
    public_log.fits,
    database.last_backup,
    machine.clock,
    matching.index,
    desks.desks,
    desks.people,
    desks.second_factor,
    desks.passwords,
    desks.pages,
    desks.demonstration,
    desks.waiting,
    desks.retention,
    setup.deployment,
)
"""What needs tables of this version's form."""


def examine() -> Iterator[Finding]:
    """Look at everything that can be looked at. Nothing is made: not the database, no key, no migration is run."""
    found = list(_run(ALWAYS))
    yield from found
    if not _has_data() or _is_wrong(found, "server"):
        return
    found = list(_run(WITH_DATA))
    yield from found
    if not _is_wrong(found, "integrity", "migrations"):
        yield from _run(WITH_TABLES)


def _has_data() -> bool:
    data = Path(settings.KIEMTIN_DATA)
    return (data / DATABASE).exists() if connection.vendor == "sqlite" else data.exists()


def _is_wrong(found: list[Finding], *codes: str) -> bool:
    return any(one.level is Level.WRONG and one.code in codes for one in found)


def _run(checks: tuple[Check, ...]) -> Iterator[Finding]:
    for check in checks:
        try:
            yield from list(check())
        except Exception as error:
            # Whatever it is, it is what the administrator asked for; the other lines still come.
            code = check.__name__.replace("_", "-")
            said = {"what": code, "reason": shortened(f"{type(error).__name__}: {error}")}
            yield Finding(code, Level.WRONG, _("%(what)s could not be looked at: %(reason)s") % said)
