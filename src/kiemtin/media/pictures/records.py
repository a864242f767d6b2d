"""What the picture room hands out: plain values, safe to keep and to compare."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar


class Format(StrEnum):
    """The kinds of pictures that are taken, known by their first bytes and never by a name."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    GIF = "gif"


@dataclass(frozen=True, slots=True)
class Limits:
    """What opening one picture may cost.

    Attributes
    ----------
    size
        Bytes of the file.
    pixels
        Width times height, once unpacked.
    seconds
        Until the process is ended; waiting for a free place counts.
    memory
        Bytes of address space of the process that unpacks it.
    """

    size: int = 10 * 1024 * 1024
    pixels: int = 50_000_000
    seconds: float = 15.0
    memory: int = 1024 * 1024 * 1024


DEFAULT = Limits()


@dataclass(frozen=True, slots=True)
class Opened:
    """A picture that was opened safely: its pixels, encoded afresh, and nothing else of what was sent.

    Attributes
    ----------
    data
        WebP without metadata, upright, without transparency; at most 8 MiB.
    width, height
        In pixels, of `data`.
    format
        What was sent.
    sent_width, sent_height
        In pixels, of what was sent, upright; larger than `width` and `height` if it was made smaller.
    """

    media_type: ClassVar[str] = "image/webp"

    data: bytes = field(repr=False)
    width: int
    height: int
    format: Format
    sent_width: int
    sent_height: int


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of the opened picture, from its upper left corner."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text as read.

    Attributes
    ----------
    text
        NFC, without white space at its ends.
    confidence
        0 to 1: the mean of its words, weighted by their letters.
    box
        Where it stands.
    """

    text: str
    confidence: float
    box: Box


@dataclass(frozen=True, slots=True)
class Read:
    """What was read from a picture.

    Attributes
    ----------
    text
        All that counts, in reading order: one paragraph a bubble or block, with an empty line between them. Empty if
        the picture has no text.
    confidence
        0 to 1: mean over all letters; 0 without text.
    lines
        The lines that `text` was made of, in the same order.
    left_out
        Lines that were read but left out as surely no content: the clock of the phone, times and signs of receipt.
    """

    text: str
    confidence: float
    lines: tuple[Line, ...] = ()
    left_out: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether text can be read from pictures here.

    Attributes
    ----------
    missing
        What is not there: `tesseract`, or its data `vie`, `eng`.
    command
        The one command that brings it, on Debian; empty if nothing is missing.
    """

    missing: tuple[str, ...] = ()
    command: str = ""

    def __bool__(self) -> bool:
        return not self.missing


@dataclass(frozen=True, slots=True)
class PhotoHash:
    """Fingerprint of a photograph's looks. Compare with `is_same_photo`; store as `str(...)`, read with `parse`.

    Attributes
    ----------
    views
        Of the whole picture first, then of parts of it: a perceptual and a difference hash, 64 bits each.
    """

    views: tuple[tuple[int, int], ...]

    def __str__(self) -> str:
        """Give it as hexadecimal digits, 32 a view."""
        return "".join(f"{perceptual:016x}{difference:016x}" for perceptual, difference in self.views)

    @classmethod
    def parse(cls, text: str) -> PhotoHash:
        """Read what `str` gave; `ValueError` if it is something else."""
        if not text or len(text) % 32:
            raise ValueError("not a photo hash")
        halves = [int(text[at : at + 16], 16) for at in range(0, len(text), 16)]
        return cls(tuple(zip(halves[::2], halves[1::2], strict=True)))
