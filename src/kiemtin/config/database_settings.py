"""From the address of a database to Django's settings."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_SCHEMES: Final = ("postgres", "postgresql")
# Of libpq (PostgreSQL documentation, 32.1.2): what a desk may need. Everything else is Django's or ours to say.
_PARAMETERS: Final = frozenset(
    {"host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "target_session_attrs"}
)


def database_settings(address: str, file: Path) -> dict[str, Any]:
    """Return the database of Django's settings for `postgresql://USER:PASSWORD@HOST:PORT/NAME?sslmode=…`.

    Parameters
    ----------
    address
        Empty: SQLite. A socket's folder may stand as `?host=/run/postgresql`.
    file
        Where SQLite's file is.

    Raises
    ------
    ImproperlyConfigured
        The address is none of a PostgreSQL database, or psycopg is not installed.
    """
    # To open a connection anew costs more than most pages, and who closes SQLite's last also clears up its log.
    kept = {"CONN_MAX_AGE": None}
    if not address:
        return kept | _sqlite(file)
    if find_spec("psycopg") is None:
        raise ImproperlyConfigured("DATABASE_URL names PostgreSQL, which needs: pip install 'kiemtin[postgresql]'")
    # A server may have been started anew since the last request.
    return kept | {"CONN_HEALTH_CHECKS": True} | _postgresql(address)


def _sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "kiemtin.database.sqlite",
        "NAME": file,
        "OPTIONS": {
            # Take the write lock at BEGIN: two writers wait for each other instead of failing half way.
            "transaction_mode": "IMMEDIATE",
            # WAL: readers never wait for the import. A committed transaction is in the operating system's hands
            # and outlives kill -9 with NORMAL too; FULL also syncs the log at each commit, so that it outlives
            # a power cut. That matters here beyond the lost batch: the index remembers up to where it has
            # followed the database, and a database that forgets a commit would leave the index ahead of it.
            # It costs one sync a batch of 500 rows.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }


def _postgresql(address: str) -> dict[str, Any]:
    wrong = ImproperlyConfigured("DATABASE_URL must look like postgresql://USER:PASSWORD@HOST:PORT/NAME")
    try:
        parts = urlsplit(address)
        port = parts.port
        given = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    except ValueError:
        raise wrong from None
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in _SCHEMES or not name or "/" in name:
        raise wrong
    if unknown := given.keys() - _PARAMETERS:
        raise ImproperlyConfigured(f"DATABASE_URL: unknown parameter {', '.join(sorted(unknown))}")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": given.pop("host", parts.hostname or ""),
        "PORT": given.pop("port", str(port or "")),
        "OPTIONS": {"connect_timeout": "10"} | given,
    }
