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


class NoTablesError(BackupError):
    """The database on a server, `name`, has no tables of ours."""

    code = "no-tables"


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


class OccupiedDatabaseError(BackupError):
    """The database on a server, `name`, holds tables already."""

    code = "occupied-database"


class OtherKindError(BackupError):
    """The backup is of the other kind of database.

    Attributes
    ----------
    is_of_server
        Whether the backup is of a database on a server.
    """

    code = "other-kind"

    def __init__(self, message: str, *, is_of_server: bool) -> None:
        super().__init__(message)
        self.is_of_server = is_of_server


class NoRoomError(BackupError):
    """There is not enough room on the disk."""

    code = "no-room"


class MigrationError(BackupError):
    """The database could not be brought to this version's form."""

    code = "migration"


class ServerError(BackupError):
    """The server of the database does not do what is needed; the message is its own, or says what it lacks."""

    code = "server"


class RightsError(BackupError):
    """Our role in the database on a server, `name`, may not do what is needed; the message is the server's."""

    code = "rights"


class NoProgramError(BackupError):
    """A program of PostgreSQL, `name`, is missing.

    Attributes
    ----------
    needed
        The oldest version that would do; 0: not known.
    """

    code = "no-program"

    def __init__(self, message: str, *, name: str, needed: int = 0) -> None:
        super().__init__(message, name=name)
        self.needed = needed


class OldProgramError(NoProgramError):
    """A program of PostgreSQL, `name`, is older than the server, or than what wrote the backup."""

    code = "old-program"


class UnfinishedError(BackupError):
    """A restoration that is ready cannot be put in place now; whatever opens the data tries again."""

    code = "unfinished"


class OtherDatabaseError(BackupError):
    """A restoration that was ready and cut off belongs to another database, `name`."""

    code = "other-database"
