"""Errors of the picture room. Each has a stable `code`, so that a caller can say it in the reader's language."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """Why a picture could not be opened or read."""

    TOO_LARGE = "too-large"
    """More bytes than are taken."""
    NOT_A_PICTURE = "not-a-picture"
    """Empty, or nothing that is known as a picture."""
    UNSUPPORTED = "unsupported"
    """A known kind of file that is not taken: SVG, PDF, AVIF, TIFF, BMP, a video, a ZIP file."""
    TOO_MANY_PIXELS = "too-many-pixels"
    """Small as a file, but larger than is taken once unpacked."""
    BROKEN = "broken"
    """Begins as a picture, but is cut off or damaged."""
    TOO_SLOW = "too-slow"
    """Took longer than it may, and was ended."""
    BUSY = "busy"
    """Too many pictures at once: trying again a little later helps."""
    NO_READER = "no-reader"
    """The program that reads text, or its Vietnamese data, is not installed (`availability()` says what to do)."""
    NOT_READ = "not-read"
    """The program that reads text failed on this picture."""


class PictureError(Exception):
    """A picture could not be opened or read; nothing was changed.

    Parameters
    ----------
    code
        Stable name of the reason.
    detail
        English text for logs. Never anything of the picture's content.
    **params
        Values that a translated text needs (a limit, a format).
    """

    def __init__(self, code: Code, detail: str = "", **params: object) -> None:
        super().__init__(f"{code}: {detail}" if detail else str(code))
        self.code = code
        self.params = params
