r"""CSV tables of others, zipped or not, as they are found: one bad row costs that row.

Rows end at `\n` only. A bare `\r` inside a text, quoted or not, has corrupted rows of such tables: it is read as the
space that it stands for. What a zip file unpacks to is bounded as it is read, whatever its directory says.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kiemtin.exchange.rows import Fault

MAX_UNPACKED = 4 << 30
MAX_RATIO = 200  # texts of the world pack to a third, a table of numbers to a twentieth
_FREE = 16 << 20  # so much may unpack from whatever
_MAX_MEMBERS = 100
_FIELD = 1 << 20
_BARE_RETURN = re.compile(r"\r(?!\n)")

# ValueError: names in it that are no UTF-8.
_BROKEN = (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, ValueError)

Cells = dict[str, str]


class TableError(Exception):
    """A table cannot be read, or not further."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Table:
    """A table: a CSV file, or a CSV file inside a zip file."""

    path: Path
    member: str = ""


def tables_in(path: Path) -> dict[str, Table]:
    """Return the tables of a CSV file, a zip file or a folder of both, by the first part of their names.

    Raises
    ------
    TableError
        A zip file cannot be opened, or has too many members.
    """
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    found: dict[str, Table] = {}
    for file in files:
        if file.suffix.lower() == ".zip" or (file == path and is_zip(path)):
            for name in _members(file):
                found.setdefault(_name(name), Table(file, name))
        elif file.suffix.lower() == ".csv":
            found.setdefault(_name(file.name), Table(file))
    return found


def is_zip(path: Path) -> bool:
    """Return whether a file begins as a zip file."""
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PK\x03\x04"
    except OSError:
        return False


def rows_of(table: Table) -> Iterator[tuple[int, Cells | Fault]]:
    """Yield line number and cells by their column's name; a `Fault` in place of a row that cannot be read.

    Raises
    ------
    TableError
        It cannot be read further.
    """
    before = csv.field_size_limit(_FIELD)
    try:
        with _opened(table) as stream:
            yield from _rows(stream)
    except _BROKEN as error:
        raise TableError(Fault.BROKEN_ZIP) from error
    finally:
        csv.field_size_limit(before)


def _rows(stream: IO[bytes]) -> Iterator[tuple[int, Cells | Fault]]:
    with io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="\n") as text:
        yield from _cells_of(text)


def _cells_of(text: io.TextIOWrapper) -> Iterator[tuple[int, Cells | Fault]]:
    reader = csv.reader(map(_one_line, text))
    header: list[str] = []
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield line, Fault.BAD_ROW
            continue
        if not header:
            header = [name.strip() for name in cells]
        elif len(cells) == len(header):
            yield line, dict(zip(header, cells, strict=True))
        elif cells:
            yield line, Fault.BAD_ROW


def _one_line(line: str) -> str:
    return _BARE_RETURN.sub(" ", line).replace("\r\n", "\n").replace("\0", " ")


@contextmanager
def _opened(table: Table) -> Iterator[IO[bytes]]:
    if not table.member:
        with table.path.open("rb") as plain:
            yield plain
        return
    with zipfile.ZipFile(table.path) as archive:
        packed = archive.getinfo(table.member).compress_size
        with archive.open(table.member) as member:
            yield io.BufferedReader(_Bounded(member, min(MAX_UNPACKED, _FREE + packed * MAX_RATIO)), 1 << 16)


class _Bounded(io.RawIOBase):
    """A stream that ends with an error where it unpacks to more than it may."""

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        self._stream = stream
        self._left = limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        piece = self._stream.read(len(buffer))
        self._left -= len(piece)
        if self._left < 0:
            raise TableError(Fault.UNPACKS_TOO_LARGE)
        buffer[: len(piece)] = piece
        return len(piece)


def _members(path: Path) -> list[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except _BROKEN as error:
        raise TableError(Fault.BROKEN_ZIP) from error
    if len(names) > _MAX_MEMBERS:
        raise TableError(Fault.UNPACKS_TOO_LARGE)
    return [name for name in names if name.lower().endswith(".csv")]


def _name(file: str) -> str:
    return file.rsplit("/", 1)[-1].partition(".")[0].lower()
