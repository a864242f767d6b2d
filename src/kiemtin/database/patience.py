"""How long is waited for who writes just now, on either database."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from kiemtin.database.sqlite.base import DatabaseWrapper


def wait_at_most(seconds: float) -> None:
    """Have all connections of this process that are opened from now on give up after so long: an `OperationalError`.

    Else they wait as long as commands may. Web processes wait less: somebody waits there, and so do those behind them.
    """

    def limit(connection: BaseDatabaseWrapper, **_: Any) -> None:  # noqa: ANN401  (a signal's)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{seconds * 1000:.0f}ms"])

    DatabaseWrapper.patience = seconds
    connection_created.connect(limit, weak=False, dispatch_uid="patience")
