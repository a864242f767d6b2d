"""Opens the database of the data folder and brings it to this version's form."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from kiemtin.config.backup.database import Installation, database_of
from kiemtin.config.backup.inventory import DATABASE
from kiemtin.config.backup.placing import finish
from kiemtin.database.alone import alone
from kiemtin.questions.actions.begin_log import begin_log


def installation_here(data: Path | None = None) -> Installation:
    """Return the installation of the settings, or that of another data folder, whose indexes are all in there."""
    here: Path = settings.KIEMTIN_DATA
    folder = data or here
    index: Path | None = settings.KIEMTIN_INDEX if folder == here else None
    return Installation(folder, database_of(folder, connection.settings_dict), index)


def open_database() -> bool:
    """Make the data folder if it is not there (for its owner only), run the migrations that are missing, begin the log.

    A restoration that was cut off while it put things in place is finished first.

    Returns
    -------
    bool
        Whether there was one.

    Raises
    ------
    OSError
        The folder cannot be made or written.
    django.db.DatabaseError
        The file in it is not a database of ours, or the server cannot be reached.
    UnfinishedError, OtherDatabaseError
        The restoration could not be finished.
    """
    data: Path = settings.KIEMTIN_DATA
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    is_finished = finish(installation_here())
    if connection.vendor == "sqlite" and not (data / DATABASE).exists():
        (data / DATABASE).touch(mode=0o600)  # only here: where it is gone, nobody makes an empty one in its place
    if not _is_current():
        with alone("migrate", wait=True):  # two commands started at once on a new folder
            call_command("migrate", verbosity=0, interactive=False)
    begin_log()
    return is_finished


def _is_current() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
