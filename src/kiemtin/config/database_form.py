"""The form of the database, told by its migrations: whether it is this version's, an older or a newer one's."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from kiemtin import __version__
from kiemtin.audit.models import Event
from kiemtin.audit.record import record

_VERB = "database.migrated"


@dataclass(frozen=True, slots=True)
class Form:
    """How the form of a database differs from this version's.

    Attributes
    ----------
    missing
        Migrations that were not run yet, as `app.name`, in their order.
    unknown
        Those that were run and that this version does not have: a newer one's.
    is_new
        Whether none was run at all.
    """

    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    is_new: bool


def database_form() -> Form:
    """Return the form of the database."""
    executor = MigrationExecutor(connection)
    loader = executor.loader
    plan = executor.migration_plan(loader.graph.leaf_nodes())
    unknown = set(loader.applied_migrations) - set(loader.disk_migrations) - set(loader.replacements)
    return Form(
        missing=tuple(f"{migration.app_label}.{migration.name}" for migration, _backwards in plan),
        unknown=tuple(sorted(f"{app}.{name}" for app, name in unknown)),
        is_new=not loader.applied_migrations,
    )


def note_migrated(form: Form) -> None:
    """Write into the log that a database of a form was brought to this version's."""
    detail = {"version": __version__, "migrations": len(form.missing)}
    record(by="command-line", verb=_VERB, object_type="database", desk="", detail=detail)


def last_version() -> str:
    """Return the version that gave the database its form; empty if it does not say."""
    with suppress(DatabaseError, TypeError, KeyError):  # it may be in a form that is not known here
        told = Event.objects.filter(verb=_VERB).order_by("-pk").values_list("detail", flat=True).first()
        return str(told["version"]) if told else ""
    return ""
