"""Screenshots of chats with our messages in them, as they reach a desk: saved, made small, cropped, photographed."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageChops, ImageFilter

from benchmarks.pictures.chats import Chat, draw
from benchmarks.pictures.looks import LOOKS
from kiemtin.bench.beir import Query

SEED = 5
KINDS = ("plain", "jpeg 40–60", "jpeg 60–90", "small type", "cropped", "at an angle")


@dataclass(frozen=True)
class Shot:
    """One picture as an asker would send it, what it says, and the message that it is about."""

    query: str
    kind: str
    look: str
    dark: bool
    data: bytes
    text: str


def shots(queries: Sequence[Query]) -> Iterator[Shot]:
    """Draw one picture for each query, going round kinds, looks and sides. The same queries give the same pictures."""
    mixed = random.Random(SEED).sample(queries, len(queries))  # they come sorted by kind of message
    for number, query in enumerate(mixed):
        kind = KINDS[number % len(KINDS)]
        turn = number // len(KINDS)
        look, dark = LOOKS[turn % len(LOOKS)], bool(turn // len(LOOKS) % 2)
        chance = random.Random(number)
        chat = draw(query.text, look, dark=dark, measures=_measures(kind, chance), seed=number)
        yield Shot(query.id, kind, look.name, dark, _saved(chat, kind, chance), _text(chat, kind))


def _measures(kind: str, chance: random.Random) -> tuple[int, int]:
    if kind == "small type":
        return chance.choice(((540, 18), (480, 17), (720, 20)))
    return chance.choice(((1080, 42), (1170, 48), (828, 33), (720, 30)))


def _text(chat: Chat, kind: str) -> str:
    """Return what can be read: who crops leaves only the bubble that counts."""
    return chat.text.partition("\n")[0] if kind == "cropped" else chat.text


def _saved(chat: Chat, kind: str, chance: random.Random) -> bytes:
    if kind == "plain":
        return _encoded(chat.image, "PNG")
    if kind == "jpeg 40–60":
        return _encoded(chat.image, "JPEG", quality=chance.randrange(40, 61))
    if kind == "at an angle":
        return _encoded(photographed(chat.image, chance), "JPEG", quality=chance.randrange(60, 91))
    if kind == "cropped":
        return _encoded(_cropped(chat, chance), "JPEG", quality=chance.randrange(60, 91))
    return _encoded(chat.image, "JPEG", quality=chance.randrange(60, 91))


def _encoded(image: Image.Image, form: str, **settings: int) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **settings)
    return file.getvalue()


def _cropped(chat: Chat, chance: random.Random) -> Image.Image:
    """Cut out the bubble, with a hand's precision: some pixels into its padding, or some around it."""
    left, top, right, bottom = chat.message
    slip = [chance.randrange(-6, 30) for _ in range(4)]
    box = (left - slip[0], top - slip[1], right + slip[2], bottom + slip[3])
    return chat.image.crop(
        (max(0, box[0]), max(0, box[1]), min(chat.image.width, box[2]), min(chat.image.height, box[3]))
    )


def photographed(image: Image.Image, chance: random.Random) -> Image.Image:
    """Photograph a screen with another phone: turned and leaning, uneven light, a little out of focus, with noise."""
    scale = chance.uniform(1.2, 1.6)
    screen = image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.BICUBIC)
    margin = round(0.12 * screen.width)
    size = (screen.width + 2 * margin, screen.height + 2 * margin)
    photo = Image.new("RGB", size, (58, 50, 44))
    photo.paste(screen, (margin, margin))
    corners = [
        (margin, margin),
        (size[0] - margin, margin),
        (size[0] - margin, size[1] - margin),
        (margin, size[1] - margin),
    ]
    moved = [_leaning(corner, size, chance) for corner in _turned(corners, size, math.radians(chance.uniform(-4, 4)))]
    photo = photo.transform(
        size,
        Image.Transform.PERSPECTIVE,
        _coefficients(moved, corners),
        Image.Resampling.BICUBIC,
        fillcolor=(58, 50, 44),
    )
    photo = ImageChops.multiply(photo, _light(size, chance)).filter(ImageFilter.GaussianBlur(chance.uniform(0.8, 1.6)))
    noise = np.random.default_rng(chance.randrange(2**32)).normal(0, chance.uniform(3, 8), (size[1], size[0], 3))
    return Image.fromarray(np.clip(np.asarray(photo, np.float32) + noise, 0, 255).astype(np.uint8))


def _turned(corners: list[tuple[int, int]], size: tuple[int, int], angle: float) -> list[tuple[float, float]]:
    middle = (size[0] / 2, size[1] / 2)
    sin, cos = math.sin(angle), math.cos(angle)
    return [
        (
            middle[0] + (x - middle[0]) * cos - (y - middle[1]) * sin,
            middle[1] + (x - middle[0]) * sin + (y - middle[1]) * cos,
        )
        for x, y in corners
    ]


def _leaning(corner: tuple[float, float], size: tuple[int, int], chance: random.Random) -> tuple[float, float]:
    most = 0.03 * size[0]
    return corner[0] + chance.uniform(-most, most), corner[1] + chance.uniform(-most, most)


def _coefficients(to: Sequence[tuple[float, float]], of: Sequence[tuple[float, float]]) -> list[float]:
    """Return Pillow's eight numbers that lead each point of `to` back to its point of `of`."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(to, of, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    found = np.linalg.solve(np.array(rows), np.array([value for point in of for value in point]))
    return [float(number) for number in found]


def _light(size: tuple[int, int], chance: random.Random) -> Image.Image:
    """Return light that falls from one side."""
    x, y = np.meshgrid(np.linspace(-1, 1, size[0]), np.linspace(-1, 1, size[1]))
    turn, depth = chance.uniform(0, 2 * math.pi), chance.uniform(0.08, 0.18)
    light = 1 - depth + depth * (x * math.cos(turn) + y * math.sin(turn)) / math.sqrt(2)
    grey = Image.fromarray((255 * light).astype(np.uint8))
    return Image.merge("RGB", (grey, grey, grey))
