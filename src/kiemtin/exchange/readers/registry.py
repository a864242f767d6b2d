"""All readers; the first that recognises the content reads it."""

from __future__ import annotations

from pathlib import Path

from kiemtin.exchange.exceptions import UnknownFormatError, UnreadableFileError
from kiemtin.exchange.readers.base import Reader
from kiemtin.exchange.readers.beir import BeirFolder
from kiemtin.exchange.readers.cofacts import CofactsTables
from kiemtin.exchange.readers.document import ClaimReviewDocument
from kiemtin.exchange.readers.lines import ClaimReviewLines
from kiemtin.exchange.readers.page import ClaimReviewPage

READERS: tuple[Reader, ...] = (
    BeirFolder(),
    CofactsTables(),
    ClaimReviewLines(),
    ClaimReviewDocument(),
    ClaimReviewPage(),
)


def reader_for(path: Path) -> Reader:
    """Return the reader for the content of a file or folder.

    Raises
    ------
    UnreadableFileError, UnknownFormatError
    """
    _check_readable(path)
    for reader in READERS:
        if reader.recognises(path):
            return reader
    raise UnknownFormatError(path, f"{path} is in no known format")


def _check_readable(path: Path) -> None:
    try:
        if not path.is_dir():
            path.open("rb").close()
    except (OSError, ValueError) as error:
        raise UnreadableFileError(path, f"{path} cannot be read: {error}") from error
