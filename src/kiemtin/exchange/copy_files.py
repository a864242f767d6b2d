"""What is stored of a file that is handed in: its content decides what it is, whatever it is called."""

from __future__ import annotations

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from kiemtin.checks.exceptions import WorkError
from kiemtin.media.copies.kinds import PDF, is_pdf

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_MOST_PIXELS = 50_000_000


class NotACopyError(WorkError):
    """The file is neither a PDF nor a picture that can be opened."""

    code = "not-a-copy"


def as_stored(content: bytes) -> tuple[bytes, str]:
    """Return a file as it is stored, with its media type.

    A PDF stays as it is, so that its SHA-256 is that of the file its publisher gives out. A picture is drawn afresh:
    what a camera or a telephone wrote into it is left behind.

    Raises
    ------
    NotACopyError
    """
    return (content, PDF) if is_pdf(content) else _redrawn(content)


def _redrawn(content: bytes) -> tuple[bytes, str]:
    # A seam: `kiemtin.media.pictures.open_picture` does this in a process of its own, bounded in time and memory.
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise NotACopyError("too many pixels")
            picture.seek(0)
            pixels = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise NotACopyError("it is no picture that can be opened") from error
    # A new picture of the same pixels: nothing but them comes along.
    clean = Image.frombytes("RGB", pixels.size, pixels.tobytes())
    written = io.BytesIO()
    clean.save(written, format="WEBP", quality=90, method=4)
    return written.getvalue(), "image/webp"
