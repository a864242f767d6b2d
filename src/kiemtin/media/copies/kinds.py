"""What a file that is handed in as a copy is, by its first bytes and never by its name."""

from __future__ import annotations

PDF = "application/pdf"


def is_pdf(data: bytes) -> bool:
    """Whether it is a PDF: its header stands at the very beginning (ISO 32000-2, 7.5.2)."""
    return data.startswith(b"%PDF-")
