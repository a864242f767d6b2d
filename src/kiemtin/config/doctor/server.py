"""PostgreSQL, where the database is on a server: reached, fit, guarded on its way, and able to be backed up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from kiemtin.config.backup.errors import NoProgramError
from kiemtin.config.backup.inventory import BEFORE_SCHEMA, STAGING_SCHEMA
from kiemtin.config.backup.programs import DUMP, OLDEST, RESTORE, find
from kiemtin.config.backup_labels import backup_sentence
from kiemtin.config.database import installation_here
from kiemtin.config.doctor.finding import Finding, Level, wrong_in_public
from kiemtin.config.terminal import printable, shortened

_NO_ONE_READS: Final = ("require", "verify-ca")
_SURE: Final = "verify-full"


def server() -> Iterator[Finding]:
    """Look whether the server can be used, and whether our tables are there."""
    if connection.vendor != "postgresql":
        return
    name = printable(installation_here().database.name)
    try:
        connection.ensure_connection()
        version, encoding, number, tables = _one(
            "SELECT current_setting('server_version'), current_setting('server_encoding'),"
            " current_setting('server_version_num')::int / 10000, to_regclass('django_migrations') IS NOT NULL"
        )
    except Exception as error:  # whatever the driver says
        said = {"name": name, "reason": shortened(str(error))}
        advice = _("Look whether the server runs, and whether DATABASE_URL is right.")
        yield Finding("server", Level.WRONG, _("The database %(name)s cannot be used: %(reason)s") % said, advice)
        return
    said = {"name": name, "version": printable(version), "encoding": printable(encoding)}
    if number < OLDEST:
        yield Finding(
            "server",
            Level.WRONG,
            _("PostgreSQL %(version)s is older than 15.") % said,
            _("Bring the server to a newer version: pg_upgrade"),
        )
    elif encoding != "UTF8":
        yield Finding(
            "server",
            Level.WRONG,
            _("The encoding of the database %(name)s is %(encoding)s, not UTF8.") % said,
            "createdb --encoding=UTF8 --template=template0 …",
        )
    elif not tables:
        yield Finding(
            "server",
            Level.WRONG,
            _("There is nothing of ours in the database %(name)s yet.") % said,
            _("Set DATABASE_URL to your database, or begin with: kiemtin desk create"),
        )
    else:
        yield Finding("server", Level.GOOD, _("PostgreSQL %(version)s answers: %(name)s") % said)


def tls() -> Iterator[Finding]:
    """Look whether others can read or answer on the way to a server on another machine."""
    host = settings.DATABASES["default"].get("HOST") or ""
    if connection.vendor != "postgresql" or _is_here(host):
        return
    mode = (settings.DATABASES["default"].get("OPTIONS") or {}).get("sslmode", "prefer")
    said = {"host": printable(host), "mode": printable(mode)}
    advice = _("Put ?sslmode=verify-full into DATABASE_URL, and sslrootcert if the certificate is your own.")
    if mode == _SURE:
        yield Finding("tls", Level.GOOD, _("The way to %(host)s is by TLS, and its certificate is checked.") % said)
    elif mode in _NO_ONE_READS:
        yield Finding(
            "tls",
            Level.NOTE,
            _("The way to %(host)s is by TLS, but who answers there is not checked (sslmode=%(mode)s).") % said,
            advice,
        )
    else:
        yield Finding(
            "tls",
            Level.WRONG,
            _("What goes to the database at %(host)s may be read on the way (sslmode=%(mode)s).") % said,
            advice,
        )


def role() -> Iterator[Finding]:
    """Look whether our role can do too much or too little."""
    if connection.vendor != "postgresql":
        return
    name, is_super, is_enough = _one(
        "SELECT current_user, rolsuper, has_database_privilege(current_database(), 'CREATE')"
        " AND pg_has_role(nspowner, 'USAGE')"
        " FROM pg_roles, pg_namespace WHERE rolname = current_user AND nspname = current_schema()"
    )
    said = {"name": printable(name)}
    if is_super:
        yield Finding(
            "role",
            Level.NOTE,
            _("The role %(name)s may do everything on the database server: so could who breaks in here.") % said,
            _("Make one of its own that owns the database: CREATE ROLE, then ALTER DATABASE … OWNER TO …"),
        )
    elif not is_enough:
        yield Finding(
            "role",
            Level.NOTE,
            _("The role %(name)s does not own the database: it cannot restore a backup into it.") % said,
            "ALTER DATABASE … OWNER TO …",
        )


def programs() -> Iterator[Finding]:
    """Look whether PostgreSQL's programs are there that backups need."""
    if connection.vendor != "postgresql":
        return
    (number,) = _one("SELECT current_setting('server_version_num')::int / 10000")
    try:
        find(DUMP, needed=number)
        find(RESTORE)
    except NoProgramError as error:
        yield Finding("pg-dump", wrong_in_public(), backup_sentence(error, data=settings.KIEMTIN_DATA))
    else:
        yield Finding("pg-dump", Level.GOOD, _("pg_dump and pg_restore are there."))


def put_aside() -> Iterator[Finding]:
    """Look for tables that a restoration put aside, or did not put in place."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace ORDER BY nspname")
        names = [name for (name,) in cursor.fetchall()]
    for name in names:
        if name.startswith(BEFORE_SCHEMA):
            yield Finding(
                "leftovers",
                Level.NOTE,
                _("The schema %(name)s holds what was there before a restoration, personal data too.")
                % {"name": printable(name)},
                f"DROP SCHEMA {printable(name)} CASCADE",
            )
        elif name == STAGING_SCHEMA:
            yield Finding(
                "leftovers",
                Level.NOTE,
                _("The schema %(name)s holds what a restoration did not put in place.") % {"name": name},
                _("Let it end; if it was cut off: kiemtin desk list finishes it, or kiemtin restore begins it again."),
            )


def _is_here(host: str) -> bool:
    return all(one.startswith("/") or one in ("", "localhost", "127.0.0.1", "::1") for one in host.split(","))


def _one(statement: str) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return tuple(cursor.fetchone() or ())
