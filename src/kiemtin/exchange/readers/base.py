"""What a reader of one format is, and how it reads bytes."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from kiemtin.exchange.rows import Fault, Row

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

GZIP = b"\x1f\x8b"
BOM = b"\xef\xbb\xbf"


@dataclass(slots=True)
class Meter:
    """How many bytes of the files were read so far; a reader moves it, a progress bar reads it."""

    done: int = 0


class Reader(Protocol):
    """One format. To add one: a file here, its name in `readers.registry`, its tests."""

    name: str

    def recognises(self, path: Path) -> bool:
        """Return whether the content is of this format."""
        ...

    def files(self, path: Path) -> list[Path]:
        """Return the files that make up the content, in reading order."""
        ...

    def rows(self, path: Path, meter: Meter) -> Iterator[Row]:
        """Yield every row in the order of the content; the same content gives the same rows."""
        ...


class _Metered(io.FileIO):
    """A file that tells a meter how far it was read (compressed bytes, if it is compressed)."""

    meter: Meter

    def readinto(self, buffer: WriteableBuffer, /) -> int | None:
        count = super().readinto(buffer)
        self.meter.done += count or 0
        return count


@contextmanager
def open_bytes(path: Path, meter: Meter | None = None) -> Iterator[BinaryIO]:
    """Open a file for reading, through gzip if its content says so.

    Raises
    ------
    OSError
        When it cannot be opened; a damaged compressed file raises later, from reading.
    """
    with _Metered(path) as raw, io.BufferedReader(raw, 1 << 16) as buffered:
        raw.meter = meter or Meter()
        if buffered.peek(2)[:2] == GZIP:
            with gzip.GzipFile(fileobj=buffered) as unpacked:
                yield cast("BinaryIO", io.BufferedReader(unpacked, 1 << 16))
        else:
            yield cast("BinaryIO", buffered)


READ_ERRORS = (OSError, EOFError, zlib.error)


def fault_of(error: Exception) -> Fault:
    """Return what one of `READ_ERRORS` means: damage in the file stays, another error may pass."""
    return Fault.BROKEN_GZIP if isinstance(error, gzip.BadGzipFile | EOFError | zlib.error) else Fault.UNREADABLE


def sizes(files: list[Path]) -> int:
    """Return the bytes of all files together."""
    return sum(os.stat(file).st_size for file in files)
