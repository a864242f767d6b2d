"""What a backup says of itself: first what form it has, last what is in it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_noop as _

from kiemtin.config.backup.errors import DamagedBackupError, ForeignFileError, NewerBackupError

FORMAT: Final = 2
"""Of the file. An older program refuses a newer one, so raise it when a backup can hold something new."""

HEAD: Final = "kiemtin-backup.json"
LIST: Final = "manifest.json"
_PROGRAM: Final = "kiemtin"


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a backup: its name below the data folder, its bytes, their SHA-256, hex."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in a backup.

    Attributes
    ----------
    version
        Of the program that made it.
    made
        When, in UTC.
    migrations
        Which were applied to its database, as `app.name`.
    rows
        How many rows each table has.
    members
        Its files.
    """

    version: str
    made: dt.datetime
    migrations: tuple[str, ...]
    rows: Mapping[str, int]
    members: tuple[Member, ...]

    @property
    def row_count(self) -> int:
        """How many rows all tables have together."""
        return sum(self.rows.values())

    def to_json(self) -> bytes:
        """Return it as it stands in the backup."""
        content = {
            "version": self.version,
            "made": self.made.isoformat(),
            "migrations": list(self.migrations),
            "rows": dict(self.rows),
            "members": [{"name": one.name, "size": one.size, "sha256": one.sha256} for one in self.members],
        }
        return json.dumps(content, indent=1).encode()

    @classmethod
    def of_json(cls, content: bytes) -> Manifest:
        """Read it.

        Raises
        ------
        DamagedBackupError
        """
        try:
            given = json.loads(content)
            return cls(
                str(given["version"]),
                dt.datetime.fromisoformat(given["made"]),
                tuple(map(str, given["migrations"])),
                {str(table): int(count) for table, count in given["rows"].items()},
                tuple(Member(str(one["name"]), int(one["size"]), str(one["sha256"])) for one in given["members"]),
            )
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise DamagedBackupError(_("its list of contents cannot be read")) from error


def head(version: str) -> bytes:
    """Return the first member of a backup."""
    return json.dumps({"program": _PROGRAM, "format": FORMAT, "version": version}).encode()


def check_head(content: bytes) -> None:
    """Check that a file says to be a backup of a form that is known here.

    Raises
    ------
    ForeignFileError, NewerBackupError
    """
    try:
        given = json.loads(content)
        program, number, version = given["program"], int(given["format"]), str(given.get("version", ""))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ForeignFileError(_("it does not begin as a backup does")) from error
    if program != _PROGRAM:
        raise ForeignFileError(_("another program made it"))
    if number > FORMAT:
        raise NewerBackupError(f"it has form {number}, known up to {FORMAT}", version=version)
