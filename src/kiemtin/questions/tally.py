"""Counters that many processes raise at once: one statement, nothing lost."""

from __future__ import annotations

from django.db import connection, models


def add_one(model: type[models.Model], *, key: dict[str, object], fresh: dict[str, object] | None = None) -> int:
    """Raise `count` of the row with this key by one, making the row at the first time; returns the count.

    Parameters
    ----------
    key
        Values of the fields of a unique constraint of the model.
    fresh
        Further values of a row that is made.
    """
    values = {"count": 1, **key, **(fresh or {})}
    known = {field.name: field for field in model._meta.concrete_fields}
    fields = {name: known[name] for name in values}
    given = [fields[name].get_db_prep_save(value, connection) for name, value in values.items()]
    quote = connection.ops.quote_name
    named = {name: quote(str(field.column)) for name, field in fields.items()}
    columns, unique = list(named.values()), ", ".join(named[name] for name in key)
    table, count = quote(model._meta.db_table), named["count"]
    # Names come from the models, values go as parameters.
    statement = (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))}) "  # noqa: S608
        f"ON CONFLICT ({unique}) DO UPDATE SET {count} = {table}.{count} + 1 RETURNING {count}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        (number,) = cursor.fetchone()
    return int(number)
