"""The data folder, the keys, the disk, the clock."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.filesize import decimal

from kiemtin.audit.clock import CLOCKS_DIFFER
from kiemtin.audit.models import Event
from kiemtin.audit.pulse import doubted_until
from kiemtin.config.backup.inventory import BEFORE, DATABASE, KEYS, look
from kiemtin.config.backup.placing import is_cut_off
from kiemtin.config.database import installation_here
from kiemtin.config.doctor.finding import Finding, Level, wrong_in_public
from kiemtin.config.terminal import printable

_LEAST_FREE: Final = 1 << 30  # bytes


def data_folder() -> Iterator[Finding]:
    """Look whether others of this machine can get into the data folder."""
    data: Path = settings.KIEMTIN_DATA
    said = {"folder": printable(str(data))}
    if connection.vendor != "sqlite" and not data.exists():
        yield Finding(
            "data-folder",
            Level.WRONG,
            _("There is no data folder %(folder)s.") % said,
            _("Set KIEMTIN_DATA to the folder of your data, or begin with: kiemtin desk create"),
        )
    elif connection.vendor == "sqlite" and not (data / DATABASE).exists():
        yield Finding(
            "data-folder",
            Level.WRONG,
            _("There is no database in %(folder)s.") % said,
            _("Set KIEMTIN_DATA to the folder of your data, or begin with: kiemtin desk create"),
        )
    elif stat.S_IMODE(data.stat().st_mode) & 0o077:
        yield Finding(
            "data-folder",
            Level.WRONG,
            _("Other users of this machine can get into the data folder %(folder)s.") % said,
            f"chmod 700 {said['folder']}",
        )
    else:
        yield Finding("data-folder", Level.GOOD, _("Only its owner can get into the data folder %(folder)s.") % said)


def user() -> Iterator[Finding]:
    """Look whether the program has more rights than it needs."""
    if os.geteuid() == 0:
        yield Finding(
            "user",
            wrong_in_public(),
            _("This runs as root: a fault in it would open the whole machine."),
            _("Make a user for it, give that one the data folder, and start it as that user."),
        )
    else:
        yield Finding("user", Level.GOOD, _("This runs as an ordinary user."))


def keys() -> Iterator[Finding]:
    """Look whether others of this machine can read the keys."""
    data: Path = settings.KIEMTIN_DATA
    there = [data / name for name in KEYS if (data / name).exists()]
    for path in there:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            said = {"file": path.name}
            yield Finding(
                "keys",
                Level.WRONG,
                _("The key %(file)s can be read by others than its owner.") % said,
                f"chmod 600 {printable(str(path))}",
            )
            return
    names = ", ".join(path.name for path in there) or "–"
    yield Finding("keys", Level.GOOD, _("Only their owner can read the keys: %(names)s") % {"names": names})


def leftovers() -> Iterator[Finding]:
    """Look for what does not belong into the data folder, or no longer."""
    data: Path = settings.KIEMTIN_DATA
    if is_cut_off(data):
        yield Finding(
            "leftovers",
            Level.WRONG,
            _("A restoration was cut off while it put things in place."),
            _("Whatever opens the data finishes it, such as: kiemtin desk list"),
        )
    for path in sorted(data.glob(f"{BEFORE}*")):
        yield Finding(
            "leftovers",
            Level.NOTE,
            _("%(name)s holds what was there before a restoration, personal data too.") % {"name": path.name},
            _("Delete it when you need it no more."),
        )
    unknown = look(data, database=installation_here().database.member).unknown
    if unknown:
        said = {"names": printable(", ".join(unknown[:5])) + (" …" if len(unknown) > 5 else "")}
        yield Finding(
            "leftovers",
            Level.NOTE,
            _("In the data folder there is what is not ours, and goes into no backup: %(names)s") % said,
            _("Move it elsewhere."),
        )


def disk() -> Iterator[Finding]:
    """Look whether there is room for another copy of the database: a backup or an upgrade needs it."""
    data: Path = settings.KIEMTIN_DATA
    yield _room(
        data,
        max(_LEAST_FREE, _size_of_another(data)),
        _("Only %(free)s are free on the disk of the data folder; %(needed)s should be."),
        _("Make room, or move the data folder to a larger disk."),
        _("%(free)s are free on the disk of the data folder."),
    )


def disk_of_indexes() -> Iterator[Finding]:
    """Look whether there is room to write indexes that lie on another disk than the data folder."""
    data, folder = settings.KIEMTIN_DATA, settings.KIEMTIN_INDEX
    if not folder or not folder.exists() or folder.stat().st_dev == data.stat().st_dev:
        return
    yield _room(
        folder,
        max(_LEAST_FREE, 2 * sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())),
        _("Only %(free)s are free on the disk of the indexes; %(needed)s should be."),
        _("Make room, or set KIEMTIN_INDEX to a folder on a larger disk."),
        _("%(free)s are free on the disk of the indexes."),
    )


def _room(folder: Path, needed: int, wanting: str, advice: str, enough: str) -> Finding:
    """Say whether so many bytes are free where a folder lies."""
    free = shutil.disk_usage(folder).free
    said = {"free": decimal(free), "needed": decimal(needed)}
    if free < needed:
        return Finding("disk", Level.WRONG, wanting % said, advice)
    return Finding("disk", Level.GOOD, enough % said)


def _size_of_another(data: Path) -> int:
    """Return how many bytes a backup beside the database takes, or what is unpacked of one."""
    if connection.vendor == "sqlite":
        return 2 * (data / DATABASE).stat().st_size
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def clock() -> Iterator[Finding]:
    """Look whether something happened later than now, and whether the clock has gone on evenly."""
    newest = Event.objects.order_by("-pk").values_list("at", flat=True).first()
    if newest is not None and newest > timezone.now() + CLOCKS_DIFFER:
        yield Finding(
            "clock",
            Level.WRONG,
            _("By the clock of this machine, the newest entry of the log comes from the future (%(time)s).")
            % {"time": f"{timezone.localtime(newest):%Y-%m-%d %H:%M}"},
            _("Set the clock right and keep it so (NTP)."),
        )
    elif until := doubted_until():
        yield Finding(
            "clock",
            Level.WRONG,
            _("The clock jumped, or nobody has watched it for a day. Nothing is deleted by it before %(time)s.")
            % {"time": f"{timezone.localtime(until):%Y-%m-%d %H:%M}"},
            _("See that it is right, and set it if it is not: what is deleted by a wrong clock does not come back."),
        )
    else:
        yield Finding("clock", Level.GOOD, _("The clock agrees with the log."))
