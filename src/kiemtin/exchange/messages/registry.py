"""Formats of files of messages, by the end of the name."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from kiemtin.exchange.messages.base import MessageReader, ResultWriter

# Loaded when used: Parquet's library alone takes longer to load than a file of CSV to match.
_MODULES = {
    ".csv": ("csv_table", "CsvMessages", "CsvResults"),
    ".jsonl": ("jsonl_table", "JsonlMessages", "JsonlResults"),
    ".parquet": ("parquet_table", "ParquetMessages", "ParquetResults"),
}

SUFFIXES = tuple(_MODULES)


def is_known(path: Path) -> bool:
    """Return whether the name ends as a known format."""
    return path.suffix.lower() in _MODULES


def reader_of(path: Path) -> MessageReader:
    """Return the reader for a known name."""
    module, name, _ = _MODULES[path.suffix.lower()]
    reader: MessageReader = getattr(import_module(f"kiemtin.exchange.messages.{module}"), name)()
    return reader


def writer_of(path: Path, *, target: Path) -> ResultWriter:
    """Return a writer for the format of `path` that writes to `target`."""
    module, _, name = _MODULES[path.suffix.lower()]
    writer: ResultWriter = getattr(import_module(f"kiemtin.exchange.messages.{module}"), name)(target)
    return writer
