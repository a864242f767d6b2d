"""Pictures like photographs, made by arithmetic: sky, land, things in front, grain; and copies as people make them."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

Chance = np.random.Generator


def scene(seed: int, width: int = 960, height: int = 720) -> Image.Image:
    """Return a scene; the same seed gives the same one, in any size."""
    chance = np.random.default_rng(seed)
    base = Image.fromarray(_clouds(chance, 96, 128)).resize((width, height), Image.Resampling.BICUBIC)
    low, high = _colour(chance), _colour(chance)
    image = ImageOps.colorize(base.convert("L"), low, high)
    draw = ImageDraw.Draw(image)
    for _ in range(int(chance.integers(1, 4))):
        _ridge(draw, chance, width, height)
    for _ in range(int(chance.integers(3, 16))):
        _thing(draw, chance, width, height)
    strength = Image.new("L", (width, height), int(chance.integers(150, 230)))
    image = Image.composite(image, _texture(chance, width, height), strength)
    return image.filter(ImageFilter.GaussianBlur(width / 900))


def _colour(chance: Chance) -> tuple[int, int, int]:
    red, green, blue = (int(value) for value in chance.integers(0, 256, 3))
    return red, green, blue


def _clouds(chance: Chance, rows: int, columns: int) -> NDArray[np.uint8]:
    """Return noise whose strength falls with its frequency, as in photographs of nature (Field, 1987)."""
    across, down = np.fft.fftfreq(columns)[None, :], np.fft.fftfreq(rows)[:, None]
    frequency = np.sqrt(across**2 + down**2)
    frequency[0, 0] = 1
    phase = np.exp(2j * np.pi * chance.random((rows, columns)))
    field = np.real(np.fft.ifft2(phase / frequency ** chance.uniform(1.0, 1.8)))
    field = (field - field.min()) / np.ptp(field)
    return (255 * field).astype(np.uint8)


def _texture(chance: Chance, width: int, height: int) -> Image.Image:
    field = Image.fromarray(_clouds(chance, 180, 240)).resize((width, height), Image.Resampling.BICUBIC)
    return ImageOps.colorize(field, _colour(chance), _colour(chance))


def _ridge(draw: ImageDraw.ImageDraw, chance: Chance, width: int, height: int) -> None:
    """Draw land below a line of hills or roofs."""
    count = int(chance.integers(4, 12))
    level = chance.uniform(0.4, 0.85)
    heights = level + 0.2 * (chance.random(count) - 0.5)
    points = [(width * number / (count - 1), height * value) for number, value in enumerate(heights)]
    draw.polygon([*points, (width, height), (0, height)], fill=_colour(chance))


def _thing(draw: ImageDraw.ImageDraw, chance: Chance, width: int, height: int) -> None:
    x, y = chance.uniform(-0.1, 1.0) * width, chance.uniform(0.0, 1.0) * height
    across, down = chance.uniform(0.04, 0.35) * width, chance.uniform(0.05, 0.45) * height
    shape: Callable[..., None] = draw.ellipse if chance.random() < 0.5 else draw.rectangle
    shape((x, y, x + across, y + down), fill=_colour(chance))


def _jpeg(image: Image.Image, quality: int) -> Image.Image:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality)
    return Image.open(file)


def _cut(image: Image.Image, left: float, top: float, right: float, bottom: float) -> Image.Image:
    width, height = image.size
    box = (round(left * width), round(top * height), round((1 - right) * width), round((1 - bottom) * height))
    return image.crop(box)


def _brighter(image: Image.Image) -> Image.Image:
    return ImageEnhance.Contrast(ImageEnhance.Brightness(image).enhance(1.15)).enhance(1.15)


COPIES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "JPEG 40": lambda image: _jpeg(image, 40),
    "JPEG 15": lambda image: _jpeg(image, 15),
    "half the size": lambda image: image.reduce(2),
    "a sixth of the size, JPEG 60": lambda image: _jpeg(image.reduce(6), 60),
    "brighter, more contrast": _brighter,
    "3 % cropped on each side": lambda image: _cut(image, 0.03, 0.03, 0.03, 0.03),
    "8 % cropped on each side": lambda image: _cut(image, 0.08, 0.08, 0.08, 0.08),
    "10 % cropped at the bottom": lambda image: _cut(image, 0, 0, 0, 0.1),
    "15 % cropped on the left": lambda image: _cut(image, 0.15, 0, 0, 0),
    "white border of 6 %": lambda image: ImageOps.expand(image, round(0.06 * image.width), "white"),
    "black bars above and below": lambda image: ImageOps.expand(image, (0, round(0.2 * image.height)), "black"),
}
