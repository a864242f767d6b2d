"""Files that askers send: held in memory, never in a temporary file, and bounded before anything is read."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest

from kiemtin.media.pictures import Limits
from kiemtin.questions.digest import MAX_LENGTH
from kiemtin.questions.refusals import PictureRefusedError, TooLongError

_LARGEST = Limits().size


def sent_picture(request: HttpRequest, name: str = "picture") -> bytes:
    """Return the picture in a form, empty if there is none. To be called before anything else of the form is read.

    Raises
    ------
    PictureRefusedError
        It is too large.
    TooLongError
        There is more beside it than any message has.
    """
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    is_form = request.content_type == "multipart/form-data"
    if is_form and length.isdecimal() and int(length) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
        raise PictureRefusedError("too-large")
    request.upload_handlers = [MemoryFileUploadHandler(request)]
    try:
        file = request.FILES.get(name)
    except RequestDataTooBig:
        raise TooLongError("too much was sent", limit=MAX_LENGTH) from None
    if file is None:
        return b""
    if (file.size or 0) > _LARGEST:
        raise PictureRefusedError("too-large")
    return bytes(file.read())
