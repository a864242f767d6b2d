"""The sample library: a folder with one `SLUG.json` a check, each in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kiemtin.exchange.mapping.sample import to_reviews
from kiemtin.exchange.readers.base import BOM, Meter
from kiemtin.exchange.readers.lines import parse
from kiemtin.exchange.rows import BadRow, Fault, Item, Row, RowError


class SampleLibrary:
    """One file is one row."""

    name = "samples"

    def recognises(self, path: Path) -> bool:
        """Return whether a file in the folder is a check with a slug."""
        return path.is_dir() and any(map(_has_slug, self.files(path)))

    def files(self, path: Path) -> list[Path]:
        """Return the checks by name."""
        return sorted(file for file in path.glob("*.json") if file.is_file())

    def rows(self, path: Path, meter: Meter) -> Iterator[Row]:
        """Yield a row for each file."""
        for file in self.files(path):
            try:
                yield Item(to_reviews(_read(file, meter)))
            except RowError as error:
                yield BadRow(file, None, error.fault)


def _has_slug(file: Path) -> bool:
    try:
        return "slug" in _read(file, Meter())
    except RowError:
        return False


def _read(file: Path, meter: Meter) -> dict[str, object]:
    try:
        content = file.read_bytes()
    except OSError:
        raise RowError(Fault.UNREADABLE) from None
    meter.done += len(content)
    value = parse(content.removeprefix(BOM))
    if not isinstance(value, dict):
        raise RowError(Fault.NOT_OBJECT)
    return value
