"""Makes the folder of a month: the package, and the same in one zip."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from kiemtin.exchange.opendata.catalogue import PACKAGE, DataFile, Month, month_folder, write_month
from kiemtin.exchange.opendata.package import NAME, Written, sha256_of
from kiemtin.exchange.opendata.swap import built

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can tell: nothing of when it was made


def make_month(name: str, write: Callable[[Path], Written]) -> Month:
    """Make or replace a month, whole or not at all; `write` fills the package's folder."""
    with built(month_folder(name)) as draft:
        package = draft / PACKAGE
        package.mkdir()
        written = write(package)
        archive = draft / f"{NAME}-{name}.zip"
        paths = sorted(path for path in package.rglob("*") if path.is_file())
        _zip(archive, package, paths)
        files = tuple(_file(path, path.relative_to(package).as_posix()) for path in paths)
        date = written.date.isoformat() if written.date else ""
        month = Month(name, date, dict(written.rows), files, _file(archive, archive.name))
        write_month(draft, month)
    return month


def _file(path: Path, name: str) -> DataFile:
    return DataFile(name, path.stat().st_size, sha256_of(path))


def _zip(archive: Path, package: Path, paths: list[Path]) -> None:
    """Pack the files so that the same ones give the same bytes; Parquet is compressed already."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for path in paths:
            entry = zipfile.ZipInfo(f"{archive.stem}/{path.relative_to(package).as_posix()}", _EPOCH)
            entry.compress_type = zipfile.ZIP_STORED if path.suffix == ".parquet" else zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            entry.file_size = path.stat().st_size
            with path.open("rb") as source, file.open(entry, "w") as target:
                shutil.copyfileobj(source, target, 1 << 20)
