"""Files that askers send: held in memory, never in a temporary file, and bounded before anything is read."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest

from kiemtin.media.pictures import Limits
from kiemtin.questions.refusals import PictureRefusedError

_AROUND = 128 * 1024  # the other fields, and what lies between them
_SIZE = Limits().size
_LARGEST = _SIZE + _AROUND


class _InMemory(MemoryFileUploadHandler):
    def handle_raw_input(
        self,
        input_data: Any,  # noqa: ANN401  (Django's own signature)
        META: dict[str, Any],  # noqa: N803
        content_length: Any,  # noqa: ANN401  (an int, whatever the types say)
        boundary: bytes,
        encoding: str | None = None,
    ) -> None:
        self.activated = content_length <= _LARGEST


def sent_picture(request: HttpRequest, name: str = "picture") -> bytes:
    """Return the picture in a form, empty if there is none. To be called before anything else of the form is read.

    Raises
    ------
    PictureRefusedError
        It is too large.
    """
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    if request.content_type == "multipart/form-data" and length.isdecimal() and int(length) > _LARGEST:
        raise PictureRefusedError("too-large")
    request.upload_handlers = [_InMemory(request)]
    file = request.FILES.get(name)
    if file is None:
        return b""
    if (file.size or 0) > _SIZE:
        raise PictureRefusedError("too-large")
    return bytes(file.read())
