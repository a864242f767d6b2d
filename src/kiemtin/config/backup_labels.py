"""What goes wrong with backups, as a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext as _

from kiemtin.config.backup.errors import (
    BackupError,
    BadDatabaseError,
    BusyError,
    DamagedBackupError,
    ForeignFileError,
    MigrationError,
    NewerBackupError,
    NoDatabaseError,
    NoProgramError,
    NoRoomError,
    NoTablesError,
    OccupiedDatabaseError,
    OccupiedError,
    OldProgramError,
    OtherDatabaseError,
    OtherKindError,
    RightsError,
    ServerError,
    UnfinishedError,
)
from kiemtin.config.terminal import printable, shortened


def backup_sentence(error: BackupError, *, data: Path) -> str:
    """Return the sentence in the reader's language."""
    name, said = printable(error.name[:100]), _(shortened(error.message))
    needed = error.needed if isinstance(error, NoProgramError) else 0
    return _SENTENCES[type(error)](error) % {
        "folder": printable(str(data)),
        "name": name,
        "said": said,
        "reason": said + (f" ({name})" if name else ""),
        "version": needed,
        "package": f"postgresql-client-{needed}" if needed else "postgresql-client",
    }


def _newer(error: BackupError) -> str:
    version = printable(error.version[:40]) if isinstance(error, NewerBackupError) else ""
    if version:
        said = {"version": version.replace("%", "%%")}
        return _("The backup was made by a newer version (%(version)s). Install that one, then restore.") % said
    return _("The backup was made by a newer version. Install that one, then restore.")


def _occupied(error: BackupError) -> str:
    names = ", ".join(error.names[:5]) if isinstance(error, OccupiedError) else ""
    return _("%(folder)s is not empty. Name an empty folder with --data, or --replace.") + (
        f" ({printable(names)})".replace("%", "%%") if names else ""
    )


def _other_kind(error: BackupError) -> str:
    if isinstance(error, OtherKindError) and error.is_of_server:
        return _("The backup is of a database on PostgreSQL: name an empty one by DATABASE_URL. Nothing was changed.")
    return _("The backup is of a database of SQLite: restore it without DATABASE_URL. Nothing was changed.")


def _old_program(error: BackupError) -> str:
    if isinstance(error, OldProgramError) and error.needed:
        return _("%(name)s is older than the server. Install version %(version)d: apt-get install %(package)s")
    return _("%(name)s is older than what wrote the backup. Install a newer one: apt-get install %(package)s")


_SENTENCES: dict[type[BackupError], Callable[[BackupError], str]] = {
    NoDatabaseError: lambda _error: _("There is no database in %(folder)s, so there is nothing to keep."),
    BadDatabaseError: lambda _error: _("The database is damaged: %(reason)s. Restore it from an older backup."),
    BusyError: lambda _error: _("Another process is using it: %(reason)s. Stop it first, or wait for its end."),
    ForeignFileError: lambda _error: _("This is no backup of Kiểm Tin: %(reason)s."),
    DamagedBackupError: lambda _error: _("The backup is damaged: %(reason)s. Nothing was changed; take another one."),
    NewerBackupError: _newer,
    OccupiedError: _occupied,
    NoRoomError: lambda _error: _("There is not enough room on the disk of %(folder)s. Nothing was changed."),
    NoTablesError: lambda _error: _("There is nothing of ours in the database %(name)s yet."),
    OccupiedDatabaseError: lambda _error: _(
        "The database %(name)s is not empty. Name an empty one by DATABASE_URL, or --replace."
    ),
    OtherKindError: _other_kind,
    ServerError: lambda _error: _("The server of the database does not do it: %(reason)s. Nothing was changed."),
    RightsError: lambda _error: _(
        "Our role in the database %(name)s may not do what is needed (%(said)s). Nothing was changed. "
        "Make it the owner of the database: ALTER DATABASE … OWNER TO …"
    ),
    NoProgramError: lambda _error: _(
        "%(name)s is not there. It is one of PostgreSQL's own programs: apt-get install %(package)s"
    ),
    OldProgramError: _old_program,
    UnfinishedError: lambda _error: _(
        "The restoration into %(folder)s is not finished: %(reason)s. "
        "Mend that; then whatever opens the data finishes it, such as: kiemtin desk list"
    ),
    OtherDatabaseError: lambda _error: _(
        "A restoration into %(folder)s was cut off. It belongs to the database %(name)s: set DATABASE_URL to that, and "
        "whatever opens the data finishes it. To give it up, delete the folder .restoring in there."
    ),
    MigrationError: lambda _error: _("The database could not be brought to this version's form. Nothing was changed."),
}
