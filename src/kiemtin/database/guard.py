"""Triggers that refuse what must never happen, in the words of each database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState

Change = Literal["INSERT", "UPDATE", "DELETE"]

_SQLITE: Final = """
CREATE TRIGGER {name} BEFORE {change} {columns}ON {table} {condition}
BEGIN SELECT RAISE(ABORT, '{message}'); END
"""
# The error is one of integrity, as it is in SQLite, so that Django raises the same for both.
_POSTGRESQL: Final = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {condition} THEN
        RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER {name} BEFORE {change} {columns}ON {table} FOR EACH ROW EXECUTE FUNCTION {name}();
"""
_POSTGRESQL_WHOLE: Final = """
CREATE TRIGGER {name}_all BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}();
"""


@dataclass(frozen=True)
class Guard:
    """A trigger that refuses a change of rows with an `IntegrityError`.

    Attributes
    ----------
    name, table
        Of the trigger, and of the table it guards.
    change
        What is refused. A guard against every DELETE also refuses TRUNCATE, which PostgreSQL has.
    message
        What the error says.
    columns
        Of an UPDATE: only changes of these columns; none means all.
    condition
        By the vendor's name, the SQL condition over NEW and OLD under which it is refused; none means always.
    """

    name: str
    table: str
    change: Change
    message: str
    columns: Sequence[str] = ()
    condition: Mapping[str, str] | None = None

    def names(self, vendor: str) -> list[str]:
        """Return the names of the triggers that it is made of."""
        return [self.name, f"{self.name}_all"] if vendor == "postgresql" and self._refuses_all else [self.name]

    @property
    def _refuses_all(self) -> bool:
        return self.change == "DELETE" and not self.condition

    def statements(self, vendor: str) -> str:
        """Return the SQL that makes it."""
        parts = {
            "name": self.name,
            "table": self.table,
            "change": self.change,
            "message": self.message,
            "columns": f"OF {', '.join(self.columns)} " if self.columns else "",
        }
        given = self.condition[vendor] if self.condition else ""
        if vendor == "sqlite":
            return _SQLITE.format(**parts, condition=f"WHEN {given}" if given else "")
        template = _POSTGRESQL + (_POSTGRESQL_WHOLE if self._refuses_all else "")
        return template.format(**parts, condition=given or "true")

    def removal(self, vendor: str) -> str:
        """Return the SQL that takes it away if it is there."""
        if vendor == "sqlite":
            return f"DROP TRIGGER IF EXISTS {self.name}"
        return f"DROP FUNCTION IF EXISTS {self.name}() CASCADE"


def append_only(table: str, message: str) -> list[Guard]:
    """Return the guards of a table whose rows are neither changed nor deleted."""
    return [
        Guard(f"{table}_no_update", table, "UPDATE", message),
        Guard(f"{table}_no_delete", table, "DELETE", message),
    ]


def guard_names(vendor: str) -> set[str]:
    """Return the names of all triggers that the migrations make in a database of a vendor."""
    operations = (one for migration in MigrationLoader(None).disk_migrations.values() for one in migration.operations)
    guards = (guard for one in operations if isinstance(one, AddGuards) for guard in one.guards)
    return {name for guard in guards for name in guard.names(vendor)}


class AddGuards(Operation):
    """A migration that makes guards.

    In SQLite a later migration that alters a guarded table makes it anew and loses its guards: it must add them again
    (a test looks for them after all migrations). One that alters a table which the condition of a guard names must
    take that guard away before.
    """

    reversible = True
    category = OperationCategory.SQL

    def __init__(self, guards: Sequence[Guard]) -> None:
        self.guards = list(guards)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Return what a squashed migration writes down."""
        return (type(self).__qualname__, [], {"guards": self.guards})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing: guards are no part of the models."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Make them; those of the same name are made anew."""
        vendor = schema_editor.connection.vendor
        for guard in self.guards:
            schema_editor.execute(guard.removal(vendor), params=None)
            schema_editor.execute(guard.statements(vendor), params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Take them away."""
        for guard in self.guards:
            schema_editor.execute(guard.removal(schema_editor.connection.vendor), params=None)

    def describe(self) -> str:
        """Return what it does, for the list of migrations."""
        return f"Guard {', '.join(guard.name for guard in self.guards)}"
