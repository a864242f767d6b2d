"""Messages to ask about, drawn by chance; the same seed gives the same ones."""

from __future__ import annotations

import io
import random
from threading import Lock

from PIL import Image, ImageDraw

from benchmarks.scale.syllables import syllables

_WORDS = (12, 30)
_KNOWN = 400


class Texts:
    """New texts, and some of those that were asked before. Many threads may draw."""

    def __init__(self, seed: int) -> None:
        self._random, self._lock = random.Random(seed), Lock()
        self._syllables = syllables()
        self._known: list[str] = []

    def new(self) -> str:
        """Return a text that nobody has asked about."""
        with self._lock:
            words = self._random.choices(self._syllables, k=self._random.randint(*_WORDS))
            text = " ".join(words).capitalize()
            if len(self._known) < _KNOWN:
                self._known.append(text)
            return text

    def known(self) -> str:
        """Return a text that somebody has asked about, or a new one if there is none."""
        with self._lock:
            if self._known:
                return self._random.choice(self._known)
        return self.new()

    def near(self) -> str:
        """Return a text that is nearly one of those that were asked."""
        text = self.known()
        with self._lock:
            words = text.split()
            words[self._random.randrange(len(words))] = self._random.choice(self._syllables)
            return f"Mọi người ơi, {' '.join(words)}"


def picture(number: int) -> bytes:
    """Return a picture with a number on it, as PNG."""
    image = Image.new("RGB", (480, 160), "white")
    ImageDraw.Draw(image).text((20, 40), f"tin {number}", fill="black", font_size=60)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
