"""Files of copies: what is stored of one that is handed in, and how one is given out."""

from __future__ import annotations

from django.http import FileResponse

from kiemtin.checks.copy_models import LARGEST_COPY
from kiemtin.checks.copy_store import path_of
from kiemtin.checks.exceptions import WorkError
from kiemtin.checks.models import StoredCopy
from kiemtin.media.copies.kinds import PDF, is_pdf
from kiemtin.media.copies.warc import MEDIA_TYPE as WARC
from kiemtin.media.pictures import Limits, Opened, PictureError, open_picture

EXTENSIONS = {WARC: "warc.gz", PDF: "pdf", Opened.media_type: "webp"}


class NotACopyError(WorkError):
    """The file is neither a PDF nor a picture that can be opened."""

    code = "not-a-copy"


def as_stored(content: bytes) -> tuple[bytes, str]:
    """Return a file as it is stored, with its media type. Its content decides what it is, whatever it is called.

    A PDF stays as it is, so that its SHA-256 is that of the file its publisher gives out. A picture is drawn afresh:
    what a camera or a telephone wrote into it is left behind.

    Raises
    ------
    NotACopyError
    """
    return (content, PDF) if is_pdf(content) else _redrawn(content)


def file_name(copy: StoredCopy) -> str:
    """Return the name under which a copy is downloaded."""
    return f"kiemtin-{copy.sha256[:12]}.{EXTENSIONS.get(copy.media_type, 'bin')}"


def download(copy: StoredCopy) -> FileResponse:
    """Answer with the file of a copy, so that no browser shows or runs it in our name.

    Raises
    ------
    FileNotFoundError
        It is not in the store.
    """
    stream = path_of(copy.sha256).open("rb")
    response = FileResponse(stream, content_type=copy.media_type, as_attachment=True, filename=file_name(copy))
    response["Content-Length"] = str(copy.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _redrawn(content: bytes) -> tuple[bytes, str]:
    try:
        return open_picture(content, limits=Limits(size=LARGEST_COPY)).data, Opened.media_type
    except PictureError as error:
        raise NotACopyError(f"it is no picture that can be opened: {error.code}") from error
