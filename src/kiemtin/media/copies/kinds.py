"""What a file that is handed in as a copy is, by its first bytes and never by its name."""

from __future__ import annotations

from kiemtin.media.copies.warc import MEDIA_TYPE as WARC

PDF = "application/pdf"
EXTENSIONS = {WARC: "warc.gz", PDF: "pdf", "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
"""What the stored files are called when they are given out, by media type."""


def is_pdf(data: bytes) -> bool:
    """Whether it is a PDF: its header stands at the very beginning (ISO 32000-2, 7.5.2)."""
    return data.startswith(b"%PDF-")
