"""Errors of import. Each has a stable `code`; `path` is the file that it is about."""

from __future__ import annotations

from pathlib import Path

from kiemtin.checks.exceptions import WorkError


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


class SourceExistsError(WorkError):
    """The address is followed already; `params["desk"]` is the desk that follows it."""

    code = "source-exists"


class SourceAddressError(WorkError):
    """An address cannot be fetched from; `params["address"]` is it."""

    code = "source-address"


class OwnAddressError(WorkError):
    """The address leads to this installation itself."""

    code = "source-own"


class TooOftenError(WorkError):
    """A source of this kind is not looked at so often; `params["every"]` is the least pause."""

    code = "source-too-often"


class SourceBusyError(WorkError):
    """Somebody fetches this source just now."""

    code = "source-busy"


class ExportFolderError(Exception):
    """The export cannot be written into this folder, `path`."""

    code = "export-folder"

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(message)
        self.path = path


class FolderOccupiedError(ExportFolderError):
    """There is something else than an export in the folder."""

    code = "export-folder-occupied"
