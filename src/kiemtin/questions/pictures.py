"""Pictures by their receipt code."""

from __future__ import annotations

from kiemtin.questions.codes import parse_code
from kiemtin.questions.models import Picture


def picture_of(typed: str) -> Picture | None:
    """Return the picture that has a receipt code, as somebody typed it."""
    code = parse_code(typed)
    return next(iter(Picture.objects.select_related("request").filter(code=code)), None) if code else None
