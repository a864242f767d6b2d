"""Errors of files of messages."""

from __future__ import annotations

from pathlib import Path


class MessageFileError(Exception):
    """Base; `path` is the file."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(message)
        self.path = path


class UnreadableMessagesError(MessageFileError):
    """The file cannot be opened or is not in the format that its name says."""


class MissingColumnError(MessageFileError):
    """There is no column of this name; `column`, and `columns` that there are."""

    def __init__(self, path: Path, column: str, columns: tuple[str, ...]) -> None:
        super().__init__(path, f"{path} has no column {column}")
        self.column = column
        self.columns = columns
