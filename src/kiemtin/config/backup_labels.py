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
    NoRoomError,
    OccupiedError,
)
from kiemtin.config.terminal import printable


def backup_sentence(error: BackupError, *, data: Path) -> str:
    """Return the sentence in the reader's language."""
    reason = _(error.message) + (f" ({printable(error.name[:100])})" if error.name else "")
    return _SENTENCES[type(error)](error) % {"folder": printable(str(data)), "reason": reason}


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


_SENTENCES: dict[type[BackupError], Callable[[BackupError], str]] = {
    NoDatabaseError: lambda _error: _("There is no database in %(folder)s, so there is nothing to keep."),
    BadDatabaseError: lambda _error: _("The database is damaged: %(reason)s. Restore it from an older backup."),
    BusyError: lambda _error: _("Another process is using it: %(reason)s. Stop it first, or wait for its end."),
    ForeignFileError: lambda _error: _("This is no backup of Kiểm Tin: %(reason)s."),
    DamagedBackupError: lambda _error: _("The backup is damaged: %(reason)s. Nothing was changed; take another one."),
    NewerBackupError: _newer,
    OccupiedError: _occupied,
    NoRoomError: lambda _error: _("There is not enough room on the disk of %(folder)s. Nothing was changed."),
    MigrationError: lambda _error: _("The database could not be brought to this version's form. Nothing was changed."),
}
