"""Makes a data folder of a backup: unpacks, checks, brings to this version's form, puts in place, compares."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext_noop as _

from kiemtin.config.backup.database import Database, Installation, State
from kiemtin.config.backup.errors import DamagedBackupError, MigrationError, NewerBackupError
from kiemtin.config.backup.inventory import DATABASES
from kiemtin.config.backup.manifest import Manifest
from kiemtin.config.backup.placing import Aside, check_empty, put, staging
from kiemtin.config.backup.reading import unpack
from kiemtin.database.guard import guard_names

_CHILD: Final = "kiemtin.config.backup.child"
Step = Callable[[str], None]
"""Told what is being done: `unpack`, `lay`, `migrate`, `put`, `index`."""


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
    aside
        Where what was there before is now.
    unguarded
        Names of guards of tables that are not there.
    has_index
        Whether the index could be made; what serves or works makes it else.
    """

    manifest: Manifest
    rows: dict[str, int]
    differing: tuple[str, ...]
    migrated: int
    aside: Aside
    unguarded: tuple[str, ...]
    has_index: bool

    @property
    def is_same(self) -> bool:
        """Whether everything is as it was and is guarded; tables that migrations changed cannot be compared."""
        return not (self.differing or self.unguarded) and (bool(self.migrated) or self.rows == dict(self.manifest.rows))


def restore(
    source: IO[bytes], installation: Installation, *, replace: bool, step: Step = lambda name: None
) -> Restored:
    """Put a backup in place. Whatever goes wrong before the last step, data folder and database stay as they were.

    Parameters
    ----------
    replace
        Put aside what is there; else there must be nothing.

    Raises
    ------
    BackupError, OSError
    """
    data, database = installation.data, installation.database
    if not replace:
        check_empty(installation)
    with staging(installation) as new:
        database.check_unused()  # before hours of work, and again when it counts
        step("unpack")
        manifest = unpack(source, new, database=database.member)
        step("lay")
        missing = _missing(database.lay(new), manifest, database.member)
        if missing:
            step("migrate")
            _migrate(database, new)
        step("put")
        aside = put(installation, replace=replace, now=dt.datetime.now())
    differing = _differing(manifest, data)
    state = database.state()
    unguarded = tuple(sorted(guard_names(database.vendor) - state.guards))
    step("index")
    has_index = _child({"KIEMTIN_DATA": str(data)}, "settle", "--made", manifest.made.isoformat()) == 0
    return Restored(manifest, state.rows, differing, len(missing), aside, unguarded, has_index)


def _missing(state: State, manifest: Manifest, name: str) -> set[str]:
    """Compare a database with what the backup says of it; returns the migrations that it lacks.

    Raises
    ------
    DamagedBackupError, NewerBackupError
    """
    known = _known_migrations()
    if set(state.migrations) - known:
        raise NewerBackupError("its database has a newer form", version=manifest.version)
    if state.rows != dict(manifest.rows) or state.migrations != manifest.migrations:
        raise DamagedBackupError(_("a file is not what its list of contents says"), name=name)
    return known - set(state.migrations)


def _known_migrations() -> set[str]:
    loader = MigrationLoader(None)
    return {f"{app}.{name}" for app, name in loader.disk_migrations}


def _migrate(database: Database, new: Path) -> None:
    if _child(database.environment(new), "migrate"):
        raise MigrationError("the migrations did not run")
    database.close(new)


def _child(environment: Mapping[str, str], *arguments: str) -> int:
    """Work in a process of its own: this one's settings may name another folder. Returns its exit status."""
    command = [sys.executable, "-m", _CHILD, *arguments]
    done = subprocess.run(command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, check=False)  # noqa: S603
    return done.returncode


def _differing(manifest: Manifest, data: Path) -> tuple[str, ...]:
    """Return the files, besides the database, that are not there as the backup has them."""
    return tuple(_not_same(manifest, data))


def _not_same(manifest: Manifest, data: Path) -> Iterable[str]:
    for member in manifest.members:
        path = data / member.name
        if member.name not in DATABASES and not (path.is_file() and _hash(path) == member.sha256):
            yield member.name


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
