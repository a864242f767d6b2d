"""Draws a chat as a phone shows it."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass

from PIL import Image, ImageDraw

from benchmarks.pictures.looks import Colours, Look, font

QUESTIONS = (
    "Cái này có thật không ạ?",
    "Có ai biết tin này đúng không?",
    "Để em hỏi lại xem sao",
    "Nghe ở đâu vậy chị?",
    "Thật hả?",
    "Mọi người xem giúp với",
)
TITLES = ("Nhóm cư dân tòa B", "Gia đình", "Hội phụ huynh lớp 4A", "Cô Hạnh", "Đồng nghiệp cũ", "Chị Lan")


@dataclass(frozen=True)
class Bubble:
    """One message, theirs (on the left) or mine."""

    text: str
    mine: bool


@dataclass(frozen=True)
class Chat:
    """A drawn chat.

    Attributes
    ----------
    image
        The whole screen.
    text
        What stands in the bubbles, one a line: names, times and the bars are not in it.
    message
        Left, top, right and bottom of the bubble that counts.
    """

    image: Image.Image
    text: str
    message: tuple[int, int, int, int]


def readable(text: str) -> str:
    """Return a text without what the fonts cannot draw (emoji), with plain spaces."""
    kept = "".join(char for char in text if unicodedata.category(char) not in {"So", "Sk", "Cf", "Mn", "Cn"})
    return " ".join(unicodedata.normalize("NFC", kept).split())


def draw(message: str, look: Look, *, dark: bool, measures: tuple[int, int], seed: int) -> Chat:
    """Draw a message in a chat; half of the time somebody asks back. `measures`: pixels of the width and an em."""
    return _Screen(look, look.colours(dark=dark), *measures, random.Random(seed)).drawn(readable(message))


class _Screen:
    def __init__(self, look: Look, colours: Colours, width: int, size: int, chance: random.Random) -> None:
        self.look, self.colours, self.width, self.size, self.chance = look, colours, width, size, chance
        self.image = Image.new("RGB", (width, 200 * size), colours.page)
        self.ink = ImageDraw.Draw(self.image)
        self.y = 0

    def drawn(self, message: str) -> Chat:
        bubbles = [Bubble(message, mine=False)]
        if self.chance.random() < 0.5:
            bubbles.append(Bubble(self.chance.choice(QUESTIONS), mine=True))
        self._bars()
        boxes = [self._bubble(bubble) for bubble in bubbles]
        self.y += self.size
        self._field()
        image = self.image.crop((0, 0, self.width, max(self.y, round(self.width * 1.2))))
        return Chat(image, "\n".join(bubble.text for bubble in bubbles), boxes[0])

    def _bars(self) -> None:
        """Draw clock, signal and battery; then the bar with the name of the chat; then the day."""
        em, colours = self.size, self.colours
        self.ink.rectangle((0, 0, self.width, 4 * em), fill=colours.bar)
        small = font(self.look.font, round(0.75 * em))
        self.ink.text(
            (em, 0.35 * em), f"{self.chance.randrange(7, 23)}:{self.chance.randrange(60):02}", colours.on_bar, small
        )
        for bar in range(4):
            x = self.width - 4.4 * em + bar * 0.28 * em
            self.ink.rectangle((x, 0.9 * em - bar * 0.15 * em, x + 0.18 * em, 1.05 * em), fill=colours.on_bar)
        self.ink.rounded_rectangle(
            (self.width - 2.2 * em, 0.45 * em, self.width - 0.9 * em, 1.05 * em), 4, outline=colours.on_bar, width=2
        )
        self.ink.rectangle((self.width - 2.1 * em, 0.55 * em, self.width - 1.4 * em, 0.95 * em), fill=colours.on_bar)
        self.ink.line([(1.4 * em, 2.2 * em), (0.9 * em, 2.8 * em), (1.4 * em, 3.4 * em)], fill=colours.on_bar, width=4)
        self.ink.ellipse((2.2 * em, 2 * em, 3.8 * em, 3.6 * em), fill=colours.faint)
        self.ink.text(
            (4.3 * em, 2.1 * em), self.chance.choice(TITLES), colours.on_bar, font(self.look.font, round(1.05 * em))
        )
        self.y = 5 * em
        day = f"Hôm nay {self.chance.randrange(7, 23)}:{self.chance.randrange(60):02}"
        self.ink.text((self.width / 2, self.y), day, colours.faint, font(self.look.font, round(0.7 * em)), anchor="mt")
        self.y += 2 * em

    def _bubble(self, bubble: Bubble) -> tuple[int, int, int, int]:
        em, colours = self.size, self.colours
        letters = font(self.look.font, em)
        lines = _wrapped(bubble.text, self.width * 0.7, em, self.look)
        text_width = max(letters.getlength(line) for line in lines)
        pad, height = 0.6 * em, 1.32 * em
        named = self.look.named and not bubble.mine
        text_width = max(text_width, 5 * em if self.look.time_inside or named else 0)
        box_height = (
            2 * pad + height * len(lines) + (0.95 * em if self.look.time_inside else 0) + (1.1 * em if named else 0)
        )
        left = self.width - text_width - 2 * pad - 0.7 * em if bubble.mine else (2.6 if named else 0.7) * em
        box = (round(left), round(self.y), round(left + text_width + 2 * pad), round(self.y + box_height))
        if named:
            self.ink.ellipse((0.5 * em, self.y, 2.1 * em, self.y + 1.6 * em), fill=colours.faint)
        fill, on = (colours.mine, colours.on_mine) if bubble.mine else (colours.theirs, colours.on_theirs)
        self.ink.rounded_rectangle(box, self.look.corner * em, fill=fill)
        y = self.y + pad
        if named:
            self.ink.text((left + pad, y), "Minh Anh", colours.faint, font(self.look.font, round(0.75 * em)))
            y += 1.1 * em
        for line in lines:
            self.ink.text((left + pad, y), line, on, letters)
            y += height
        if self.look.time_inside:
            time = f"{self.chance.randrange(7, 23)}:{self.chance.randrange(60):02}"
            self.ink.text((box[2] - pad, y), time, colours.faint, font(self.look.font, round(0.65 * em)), anchor="ra")
        self.y = box[3] + (0.5 if self.look.time_inside else 1.0) * em
        return box

    def _field(self) -> None:
        """Draw the field at the bottom where one would write."""
        em, colours = self.size, self.colours
        self.y = max(self.y, round(self.width * 1.2) - 2.5 * em)
        box = (2.5 * em, self.y + 0.4 * em, self.width - 2.5 * em, self.y + 2.1 * em)
        self.ink.rounded_rectangle(box, 0.85 * em, fill=colours.theirs, outline=colours.faint)
        self.ink.text((3.2 * em, self.y + 0.65 * em), "Tin nhắn", colours.faint, font(self.look.font, round(0.9 * em)))
        self.ink.ellipse((0.7 * em, self.y + 0.6 * em, 2 * em, self.y + 1.9 * em), outline=colours.faint, width=3)
        self.y = round(self.y + 2.5 * em)


def _wrapped(text: str, width: float, size: int, look: Look) -> list[str]:
    letters, lines = font(look.font, size), [""]
    for word in text.split():
        for piece in _pieces(word, width, size, look):
            longer = f"{lines[-1]} {piece}".strip()
            if letters.getlength(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(piece)
    return [line for line in lines if line]


def _pieces(word: str, width: float, size: int, look: Look) -> list[str]:
    """Cut a word (a long link) that is wider than a line."""
    letters, pieces = font(look.font, size), [""]
    for char in word:
        if letters.getlength(pieces[-1] + char) > width:
            pieces.append("")
        pieces[-1] += char
    return pieces
