"""Django's backend for SQLite, for a file that may be moved, taken away or put back while processes have it open.

SQLite goes on writing into a file that has no name any more, and acknowledges it: in WAL mode it never looks. So it is
looked at here, before a statement and after a commit; what was written into a file that is gone counts as not written.
The connection is opened anew, so that a file that was put back is found without a restart, and an empty one is never
made in its place.
"""

from __future__ import annotations

import os
import sqlite3
from typing import Any, ClassVar
from urllib.parse import quote

from django.db import OperationalError
from django.db.backends.sqlite3 import base

_Identity = tuple[int, int]


class DatabaseWrapper(base.DatabaseWrapper):
    """See the module.

    Attributes
    ----------
    patience
        Seconds to wait for who writes just now; `kiemtin.database.patience` sets it.
    """

    patience: ClassVar[float] = 30.0
    _opened: _Identity | None = None

    def get_connection_params(self) -> dict[str, Any]:
        """Return what SQLite is opened with: a file that is not there is not made."""
        params: dict[str, Any] = super().get_connection_params()
        params.setdefault("timeout", self.patience)
        if not self.is_in_memory_db():
            params["database"] = f"file:{quote(str(params['database']))}?mode=rw"
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        """Open it, and remember which file it was."""
        self._opened = None if self.is_in_memory_db() else self._there()
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        return connection

    def ensure_connection(self) -> None:
        """Open it if it is not open, or if another file, or none, has its name now."""
        self._let_go_of_gone()
        super().ensure_connection()

    def close_if_unusable_or_obsolete(self) -> None:
        """See Django: it is asked before and after each request, where nobody would hear of a failure."""
        self._let_go_of_gone()
        super().close_if_unusable_or_obsolete()

    def commit(self) -> None:
        """Commit; what went into a file that is gone is not committed.

        Raises
        ------
        OperationalError
        """
        super().commit()
        if self._is_gone():
            self.run_commit_hooks_on_set_autocommit_on = False
            raise OperationalError("the file of the database is gone")

    def _let_go_of_gone(self) -> None:
        if self.connection is not None and not self.in_atomic_block and self._is_gone():
            self.close()

    def _is_gone(self) -> bool:
        return self._opened is not None and not self.is_in_memory_db() and self._opened != self._there()

    def _there(self) -> _Identity:
        """Return which file has the name of the database: device and number; zeros for none."""
        try:
            found = os.stat(self.settings_dict["NAME"])
        except OSError:
            return (0, 0)
        return (found.st_dev, found.st_ino)
