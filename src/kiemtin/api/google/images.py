"""What a picture at an address says: fetched, opened, read, and forgotten at once."""

from __future__ import annotations

import tempfile
from pathlib import Path
from threading import BoundedSemaphore

from django.utils.functional import Promise

from kiemtin.api.faults import ApiError, Wrong
from kiemtin.exchange.actions.fetch_source import public_fetcher
from kiemtin.exchange.fetching.failures import FetchError
from kiemtin.exchange.fetching.fetcher import Limits
from kiemtin.media.pictures import Limits as PictureLimits
from kiemtin.media.pictures import PictureError, availability, has_text, open_picture, photo_hash, read_text
from kiemtin.questions.refusals import PictureRefusedError

_PICTURE = PictureLimits(pixels=12_000_000)  # reading takes memory of the web process
_LIMITS = Limits(size=_PICTURE.size, seconds=10.0)
_READING = 20.0  # seconds
_AGAIN = 10  # seconds
_free = BoundedSemaphore(1)  # of each web process: reading must not keep pages waiting


def seen_at(uri: str) -> tuple[str, str]:
    """Return the text of the picture at an address, and the fingerprint of its looks if it has none.

    Raises
    ------
    ApiError
        It cannot be fetched, is no picture, or pictures cannot be read here, or not just now.
    """
    if not availability():
        raise ApiError("no-reader")
    if not _free.acquire(blocking=False):
        raise ApiError("too-many", retry_after=_AGAIN)
    try:
        opened = open_picture(_fetched(uri), limits=_PICTURE)
        read = read_text(opened, seconds=_READING)
        if has_text(read):
            return read.text, ""
        photo = photo_hash(opened)
        return "", str(photo) if photo is not None else ""
    except PictureError as error:
        raise _wrong(error.code.value, PictureRefusedError(error.code.value).sentence) from None
    finally:
        _free.release()


def _fetched(uri: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="kiemtin-image-") as folder:
        path = Path(folder) / "picture"
        try:
            public_fetcher().get(uri, into=path, limits=_LIMITS)
        except FetchError as error:
            raise _wrong(error.failure.value, error.failure.label) from None
        return path.read_bytes()


def _wrong(code: str, sentence: str | Promise) -> ApiError:
    return ApiError("invalid", wrong=(Wrong("imageUri", code, sentence),))
