"""What the public site offers of open data, month by month: read at each visit, so it loads no Parquet."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

_NAME: Final = re.compile(r"[0-9]{4}-[0-9]{2}")
_FILE: Final = "month.json"
PACKAGE: Final = "package"


@dataclass(frozen=True, slots=True)
class DataFile:
    """One file of a month; `path` is below the month's folder on the site."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Month:
    """The export of one month.

    Attributes
    ----------
    name
        `YYYY-MM`, of when it was made.
    date
        Day of the latest change in it, ISO 8601; empty without any.
    rows
        How many rows each table has.
    files, zip
        The files of the package, and all of them in one.
    """

    name: str
    date: str
    rows: Mapping[str, int]
    files: tuple[DataFile, ...]
    zip: DataFile

    def file(self, path: str) -> DataFile | None:
        """Return the file that stands at a path; None if there is none."""
        return next((file for file in (*self.files, self.zip) if file.path == path), None)

    def place(self, file: DataFile) -> Path:
        """Return where a file of the month lies on disk."""
        return month_folder(self.name) / (file.path if file == self.zip else f"{PACKAGE}/{file.path}")


def data_folder() -> Path:
    """Return the folder of all months."""
    return Path(settings.KIEMTIN_DATA) / "open-data"


def month_folder(name: str) -> Path:
    """Return the folder of one month."""
    return data_folder() / name


def months() -> tuple[Month, ...]:
    """Return what is offered, newest first."""
    found = sorted(data_folder().glob(f"*-*/{_FILE}"), reverse=True)
    return tuple(month for path in found if (month := month_of(path.parent.name)) is not None)


def month_of(name: str) -> Month | None:
    """Return the month of a name, which may come from anywhere; None if there is none."""
    if not _NAME.fullmatch(name):
        return None
    try:
        found = json.loads((month_folder(name) / _FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    files = tuple(DataFile(**one) for one in found["files"])
    return Month(found["name"], found["date"], found["rows"], files, DataFile(**found["zip"]))


def write_month(folder: Path, month: Month) -> None:
    """Store what a month offers in its folder, which is put in its place as a whole."""
    text = json.dumps(asdict(month), ensure_ascii=False, indent=1)
    (folder / _FILE).write_text(text + "\n", encoding="utf-8")
