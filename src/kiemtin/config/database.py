"""Opens the database of the data folder and brings it to this version's form."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from kiemtin.config.backup.inventory import DATABASE
from kiemtin.config.backup.placing import finish
from kiemtin.questions.actions.begin_log import begin_log


def open_database() -> None:
    """Make the data folder if it is not there (for its owner only), run the migrations that are missing, begin the log.

    A restoration that was cut off while it put things in place is finished first.

    Raises
    ------
    OSError
        The folder cannot be made or written.
    django.db.DatabaseError
        The file in it is not a database of ours.
    """
    data: Path = settings.KIEMTIN_DATA
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    finish(data)
    if connection.vendor == "sqlite" and not (data / DATABASE).exists():
        (data / DATABASE).touch(mode=0o600)  # only here: where it is gone, nobody makes an empty one in its place
    if not _is_current():
        with _alone(data / "migrate.lock"):
            call_command("migrate", verbosity=0, interactive=False)
    begin_log()


def _is_current() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold a lock, so that two commands started at once on a new folder do not both migrate."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
