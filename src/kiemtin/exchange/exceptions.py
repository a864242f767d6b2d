"""Errors of import. Each has a stable `code`; `path` is the file that it is about."""

from __future__ import annotations

from pathlib import Path


class ImportFileError(Exception):
    """Base of everything that stops the import of one file."""

    code = "import"

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(message)
        self.path = path


class UnreadableFileError(ImportFileError):
    """The file or folder is missing or may not be read."""

    code = "import-unreadable"


class UnknownFormatError(ImportFileError):
    """No reader knows this content."""

    code = "import-unknown-format"


class ImportBusyError(ImportFileError):
    """Another process is importing the same file."""

    code = "import-busy"


class SampleError(Exception):
    """The sample library cannot be published as it is."""

    code = "sample"


class ExportFolderError(Exception):
    """The export cannot be written into this folder, `path`."""

    code = "export-folder"

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(message)
        self.path = path


class FolderOccupiedError(ExportFolderError):
    """There is something else than an export in the folder."""

    code = "export-folder-occupied"
