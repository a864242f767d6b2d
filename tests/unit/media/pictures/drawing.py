"""Pictures for the tests: encoded in each format, and chats with text in them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pillow_heif
from PIL import Image, ImageDraw, ImageFont

from kiemtin.media.pictures import Format, Opened
from kiemtin.public.cards.characters import FONTS

PAGE, THEIRS, MINE = {False: "#e3e8f0", True: "#14171b"}, {False: "#ffffff", True: "#24292f"}, "#0a7cff"
INK = {False: "#0f1b2d", True: "#e1e4e8"}


@dataclass(frozen=True)
class Bubble:
    text: str
    mine: bool = False
    time: str = ""
    name: str = ""


def encoded(image: Image.Image, form: str, **settings: object) -> bytes:
    file = io.BytesIO()
    if form == "HEIF":
        pillow_heif.from_pillow(image).save(file, **settings)
    else:
        image.save(file, form, **settings)
    return file.getvalue()


def opened(image: Image.Image) -> Opened:
    """Return a picture as if it had been opened, without a process."""
    data = encoded(image.convert("RGB"), "WEBP", lossless=True)
    return Opened(data, image.width, image.height, Format.PNG, image.width, image.height)


def font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / "BeVietnamPro-400.ttf", size)


def chat(bubbles: Sequence[Bubble], *, dark: bool = False, title: str = "Gia đình", width: int = 1080) -> Image.Image:
    """Draw a chat: clock, bar with a title, bubbles of lines divided by line ends, a field at the bottom."""
    image = Image.new("RGB", (width, 1600), PAGE[dark])
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width, 170), fill="#1976d2")
    draw.text((40, 15), "9:41", "white", font(32))
    draw.text((180, 85), title, "white", font(44))
    y = 260
    for bubble in bubbles:
        y = _bubble(draw, bubble, y, dark=dark, width=width)
    draw.rounded_rectangle((110, 1490, width - 110, 1570), 36, fill=THEIRS[dark], outline="#8b949e")
    draw.text((150, 1505), "Tin nhắn", "#8b949e", font(36))
    return image


def _bubble(draw: ImageDraw.ImageDraw, bubble: Bubble, y: int, *, dark: bool, width: int) -> int:
    lines = bubble.text.split("\n")
    across = max(font(42).getlength(line) for line in lines) + 60
    down = 60 + 56 * len(lines) + (36 if bubble.time else 0) + (48 if bubble.name else 0)
    left = width - across - 30 if bubble.mine else 30
    draw.rounded_rectangle((left, y, left + across, y + down), 26, fill=MINE if bubble.mine else THEIRS[dark])
    top = y + 26
    if bubble.name:
        draw.text((left + 30, top), bubble.name, "#6b7684", font(30))
        top += 48
    for line in lines:
        draw.text((left + 30, top), line, "white" if bubble.mine else INK[dark], font(42))
        top += 56
    if bubble.time:
        draw.text((left + across - 30, top), bubble.time, "#6b7684", font(27), anchor="ra")
    return y + down + 40
