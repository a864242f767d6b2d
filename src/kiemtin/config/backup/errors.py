"""Why there is no backup, or nothing can be put back from one; `kiemtin.config.backup_labels` has the sentences."""

from __future__ import annotations


class BackupError(Exception):
    """The base of all; nothing was changed.

    Attributes
    ----------
    name
        Of the file inside the backup that it is about; foreign text.
    """

    code = "backup"

    def __init__(self, message: str, *, name: str = "") -> None:
        super().__init__(f"{message}: {name!r}" if name else message)
        self.message = message
        self.name = name


class NoDatabaseError(BackupError):
    """The data folder has no database."""

    code = "no-database"


class BadDatabaseError(BackupError):
    """SQLite finds the database damaged."""

    code = "bad-database"


class BusyError(BackupError):
    """Another process is at the same work, or is still using the data folder."""

    code = "busy"


class ForeignFileError(BackupError):
    """The file is no backup of this program."""

    code = "foreign"


class DamagedBackupError(BackupError):
    """The file is cut off, was altered, or holds what no backup holds."""

    code = "damaged"


class NewerBackupError(BackupError):
    """The backup was made by a newer version, whose form this one does not know.

    Attributes
    ----------
    version
        Of the program that made it; empty if it does not say.
    """

    code = "newer"

    def __init__(self, message: str, *, version: str) -> None:
        super().__init__(message)
        self.version = version


class OccupiedError(BackupError):
    """The data folder holds data already.

    Attributes
    ----------
    names
        Of what is there.
    """

    code = "occupied"

    def __init__(self, message: str, *, names: tuple[str, ...]) -> None:
        super().__init__(message)
        self.names = names


class NoRoomError(BackupError):
    """There is not enough room on the disk."""

    code = "no-room"


class MigrationError(BackupError):
    """The database could not be brought to this version's form."""

    code = "migration"
