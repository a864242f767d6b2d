"""Screenshots of a message, plain but as large as phones make them, with the font that the product brings along."""

from __future__ import annotations

import io
import textwrap
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

import kiemtin.public.cards

_FONT = Path(kiemtin.public.cards.__file__).parent / "fonts" / "BeVietnamPro-400.ttf"
_SIZE = (1080, 1920)
_LETTERS = 42  # a line


def screenshot(text: str) -> bytes:
    """Return a picture of a message (JPEG)."""
    image = Image.new("RGB", _SIZE, "#e8eef2")
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(_FONT), 42)
    lines = [line for part in text.splitlines() for line in textwrap.wrap(part, _LETTERS)][:24]
    draw.rounded_rectangle((40, 160, 1040, 220 + 60 * len(lines)), 36, fill="white")
    for at, line in enumerate(lines):
        draw.text((80, 190 + 60 * at), line, "#111111", font)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=92)
    return out.getvalue()
