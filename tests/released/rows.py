"""Writes a database as lines of JSON, and makes one of them: with the tables as the migrations of then make them."""

import base64
import datetime as dt
import json
import shutil
from pathlib import Path

from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from kiemtin.config.backup.inventory import KEYS
from tests.tampering import unguarded


def dump(folder):
    """Write the database of the data folder, its keys and the copies of sources."""
    executor = MigrationExecutor(connection)
    leaves = sorted(executor.loader.graph.leaf_nodes())
    with (folder / "rows.jsonl").open("w", encoding="utf-8") as file:
        for model in _models(executor, leaves):
            fields = model._meta.concrete_fields
            _write(file, {"table": model._meta.db_table, "columns": [field.attname for field in fields]})
            for row in model._base_manager.order_by("pk"):
                _write(file, [_plain(field.value_from_object(row)) for field in fields])
    (folder / "form.json").write_text(json.dumps(leaves, indent=1) + "\n")
    for name in (*KEYS, "copies"):
        path = settings.KIEMTIN_DATA / name
        if path.is_dir():
            shutil.copytree(path, folder / "data" / name)
        else:
            shutil.copy(path, folder / "data" / name)


def load(folder):
    """Make a data folder, with its database, of what was written."""
    shutil.copytree(folder / "data", settings.KIEMTIN_DATA, dirs_exist_ok=True)
    settings.KIEMTIN_DATA.chmod(0o700)
    for name in KEYS:
        (settings.KIEMTIN_DATA / name).chmod(0o600)
    if connection.vendor == "sqlite":
        Path(connection.settings_dict["NAME"]).touch(mode=0o600)  # Our backend makes no file
    leaves = [tuple(leaf) for leaf in json.loads((folder / "form.json").read_text())]
    executor = MigrationExecutor(connection)
    executor.migrate(leaves)
    tables = {model._meta.db_table: model for model in _models(executor, leaves)}
    given = rows(folder)
    if given.keys() != tables.keys():
        raise ValueError(f"tables that differ: {given.keys() ^ tables.keys()}")
    # What was allowed once, one after the other, may not be all at once.
    with transaction.atomic(), unguarded():
        for name, (columns, lines) in given.items():
            _fill(tables[name], columns, lines)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables.values())):
            cursor.execute(statement)


def rows(folder):
    """Return columns and rows of each table, in the order in which they can be put in."""
    found = {}
    for line in (folder / "rows.jsonl").read_text(encoding="utf-8").splitlines():
        given = json.loads(line)
        if isinstance(given, dict):
            lines = []
            found[given["table"]] = (given["columns"], lines)
        else:
            lines.append(given)
    return found


def _models(executor, leaves):
    """Return the tables of then: those that others refer to come before them, as far as their migrations do."""
    apps = executor.loader.project_state(leaves).apps
    return [one for one in apps.get_models(include_auto_created=True) if one._meta.managed and not one._meta.proxy]


def _fill(model, columns, lines):
    fields = {field.attname: field for field in model._meta.concrete_fields}
    if set(columns) != fields.keys():
        raise ValueError(f"columns of {model._meta.db_table} that differ: {set(columns) ^ fields.keys()}")
    for field in fields.values():
        field.auto_now = field.auto_now_add = False  # the times are given
    if model._base_manager.exists():  # what a migration puts there
        model._base_manager.all()._raw_delete("default")
    made = [
        model(**{name: fields[name].to_python(value) for name, value in zip(columns, line, strict=True)})
        for line in lines
    ]
    model._base_manager.bulk_create(made)


def _write(file, value):
    file.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")


def _plain(value):
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    return value
