"""Makes a data folder of a backup: unpacks, checks, brings to this version's form, puts in place, compares."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext_noop as _

from kiemtin.config.backup.errors import DamagedBackupError, MigrationError, NewerBackupError, OccupiedError
from kiemtin.config.backup.inventory import DATABASE, holds
from kiemtin.config.backup.manifest import Manifest
from kiemtin.config.backup.placing import check_unused, put, staging
from kiemtin.config.backup.reading import unpack
from kiemtin.config.backup.snapshot import checked, opened, rows

_CHILD: Final = "kiemtin.config.backup.child"
Step = Callable[[str], None]
"""Told what is being done: `unpack`, `migrate`, `put`, `index`."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of a restoration.

    Attributes
    ----------
    manifest
        What the backup said was in it.
    rows
        How many rows each table has now.
    differing
        Files that are not the backup's, byte for byte.
    migrated
        How many migrations were run on the database.
    old
        Where what was there before is now.
    has_index
        Whether the index could be made; what serves or works makes it else.
    """

    manifest: Manifest
    rows: dict[str, int]
    differing: tuple[str, ...]
    migrated: int
    old: Path | None
    has_index: bool

    @property
    def is_same(self) -> bool:
        """Whether everything is as it was; tables that migrations changed cannot be compared."""
        return not self.differing and (bool(self.migrated) or self.rows == dict(self.manifest.rows))


def restore(source: IO[bytes], data: Path, *, replace: bool, step: Step = lambda name: None) -> Restored:
    """Put a backup into a data folder. Whatever goes wrong before the last step, the folder stays as it was.

    Raises
    ------
    BackupError, OSError
    """
    if not replace and (there := holds(data)):
        raise OccupiedError("the data folder is not empty", names=there)
    with staging(data) as new:
        check_unused(data)  # before hours of work, and again when it counts
        step("unpack")
        manifest = unpack(source, new)
        missing = _check_database(new / DATABASE, manifest)
        if missing:
            step("migrate")
            _migrate(new)
        step("put")
        old = put(data, replace=replace, now=dt.datetime.now())
    differing = _differing(manifest, data)
    with opened(data / DATABASE) as database:
        counted = rows(database)
    step("index")
    has_index = _child(data, "settle", "--made", manifest.made.isoformat()) == 0
    return Restored(manifest, counted, differing, len(missing), old, has_index)


def _check_database(path: Path, manifest: Manifest) -> set[str]:
    """Compare the database with what the backup says of it; returns the migrations that it lacks.

    Raises
    ------
    BadDatabaseError, DamagedBackupError, NewerBackupError
    """
    with opened(path) as database:
        state = checked(database)
    known = _known_migrations()
    if set(state.migrations) - known:
        raise NewerBackupError("its database has a newer form", version=manifest.version)
    if state.rows != dict(manifest.rows) or state.migrations != manifest.migrations:
        raise DamagedBackupError(_("a file is not what its list of contents says"), name=DATABASE)
    return known - set(state.migrations)


def _known_migrations() -> set[str]:
    loader = MigrationLoader(None)
    return {f"{app}.{name}" for app, name in loader.disk_migrations}


def _migrate(new: Path) -> None:
    if _child(new, "migrate"):
        raise MigrationError("the migrations did not run")
    with opened(new / DATABASE) as database:  # one file again, without the log beside it
        database.execute("PRAGMA journal_mode=DELETE")


def _child(data: Path, *arguments: str) -> int:
    """Work on a data folder in a process of its own: this one's settings may name another. Returns its exit status."""
    environment = os.environ | {"KIEMTIN_DATA": str(data)}
    command = [sys.executable, "-m", _CHILD, *arguments]
    return subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode  # noqa: S603


def _differing(manifest: Manifest, data: Path) -> tuple[str, ...]:
    """Return the files, besides the database, that are not there as the backup has them."""
    return tuple(_not_same(manifest, data))


def _not_same(manifest: Manifest, data: Path) -> Iterable[str]:
    for member in manifest.members:
        path = data / member.name
        if member.name != DATABASE and not (path.is_file() and _hash(path) == member.sha256):
            yield member.name


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
