"""Pictures of strangers: opened safely, read, and known again. Knows no Django and keeps nothing.

    opened = open_picture(data)          # PictureError with a code, or clean pixels
    read = read_text(opened)             # seconds of work: belongs into a job
    if not has_text(read):
        photo = photo_hash(opened)       # never alone for a picture that has text

The importing of this package is light; what is heavy is imported by the functions that need it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from kiemtin.media.pictures import comparing, opening
from kiemtin.media.pictures.errors import Code, PictureError
from kiemtin.media.pictures.records import DEFAULT, Availability, Box, Format, Limits, Line, Opened, PhotoHash, Read

__all__ = [
    "Availability",
    "Box",
    "Code",
    "Format",
    "Limits",
    "Line",
    "Opened",
    "PhotoHash",
    "PictureError",
    "Read",
    "availability",
    "distance",
    "has_text",
    "is_same_photo",
    "open_picture",
    "photo_hash",
    "read_text",
    "reopen",
    "same_photos",
]

_SURE = 0.6
_LETTERS = 8
Key = TypeVar("Key")


def open_picture(data: bytes, *, limits: Limits = DEFAULT) -> Opened:
    """Open the bytes of a stranger: JPEG, PNG, WebP, HEIC or GIF (its first frame).

    They are unpacked in a process of their own, bounded in time, memory and pixels. Only pixels come back: no EXIF, no
    GPS, no XMP, no colour profile, nothing that stands before, behind or between them. The picture is turned upright,
    put on white where it is transparent, and made smaller if its shorter side has more than 2,160 pixels.

    Safe to call from several threads and processes. At most two pictures are opened at once in each process; others
    wait, as long as `limits.seconds`.

    Raises
    ------
    PictureError
        Codes too-large, not-a-picture, unsupported, too-many-pixels, broken, too-slow, busy.
    """
    return opening.open_picture(data, limits=limits)


def reopen(data: bytes) -> Opened:
    """Return the picture whose `Opened.data` was stored, without opening it afresh.

    Only for bytes that came from `open_picture`: they are taken as they are.

    Raises
    ------
    PictureError
        Code broken, if these are no such bytes.
    """
    return opening.reopen(data)


def availability() -> Availability:
    """Say whether text can be read here, and if not, what is missing and the command that brings it.

    Asks the program itself, some hundredths of a second; the answer is not kept, so that installing helps at once.
    """
    from kiemtin.media.pictures.reading import program  # noqa: PLC0415

    return program.is_available()


def read_text(opened: Opened, *, seconds: float = 40.0) -> Read:
    """Read the text of a picture, Vietnamese and English.

    Light on dark and dark on light, bubbles of a chat on both sides, columns. Takes one core and about a second for a
    screenshot, so it belongs into a job. A picture without text gives an empty text.

    Parameters
    ----------
    opened
        What to read.
    seconds
        After which it is ended, for all passes together.

    Raises
    ------
    PictureError
        Codes no-reader, too-slow, not-read.
    """
    from kiemtin.media.pictures import reading  # noqa: PLC0415

    return reading.read_text(opened, seconds=seconds)


def has_text(read: Read) -> bool:
    """Say whether a picture has text by which it must be matched, and so never by its looks alone.

    A few stray letters, as a reader sees them in leaves and fences, are no text.
    """
    words = [word for line in read.lines if line.confidence >= _SURE for word in line.text.split()]
    return sum(char.isalpha() for word in words if len(word) > 1 for char in word) >= _LETTERS


def photo_hash(opened: Opened) -> PhotoHash | None:
    """Return the fingerprint of a photograph's looks; None if the picture is too plain to be told from others.

    Of forms and light only: no faces are looked for, and nobody can be known by it.
    """
    from kiemtin.media.pictures import hashing  # noqa: PLC0415

    return hashing.photo_hash(opened)


def distance(first: PhotoHash, second: PhotoHash) -> int:
    """Return how far two photographs are apart: differing bits of 64, of their closest views."""
    return comparing.distance(first, second)


def is_same_photo(first: PhotoHash, second: PhotoHash) -> bool:
    """Say whether two pictures are copies of one photograph: encoded anew, resized, a little cropped, with a border."""
    return comparing.is_same_photo(first, second)


def same_photos(photo: PhotoHash, known: Iterable[tuple[Key, PhotoHash]]) -> list[Key]:
    """Return the keys of those among `known` that are the same photograph, closest first."""
    return comparing.same_photos(photo, known)
