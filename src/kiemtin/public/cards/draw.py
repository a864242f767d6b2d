"""Puts a card together: a ground in the verdict's colour with sign, word and meaning; the claim; the foot."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw

from kiemtin.public.cards import palette
from kiemtin.public.cards.characters import clean, quotable
from kiemtin.public.cards.content import WITHDRAWN, CardContent, Shape
from kiemtin.public.cards.lines import Block, Box, fit, fit_line
from kiemtin.public.cards.signs import sign
from kiemtin.public.cards.typeface import Style, Weight, ink, set_line, width

SCALE = 2  # drawn twice as large, then halved: finer edges and finer places for letters
CAPITAL = 0.74  # height of a capital, in ems


@dataclass(frozen=True, slots=True)
class Layout:
    """Measures of one shape, in pixels of the finished card."""

    margin: int
    band: int  # height of the coloured ground
    sign: int
    stacked: bool  # the word stands under the sign, not beside it
    word: tuple[int, int]  # largest and smallest size
    line: tuple[int, int]
    note: tuple[int, int]  # room above and below the text of the strip, size of the text
    claim: tuple[int, int]
    gap: int  # free room above and below the claim
    foot: int  # height of the foot
    foot_text: int


LAYOUTS = {
    Shape.WIDE: Layout(72, 256, 140, False, (98, 60), (32, 27), (16, 27), (66, 33), 40, 104, 31),
    Shape.SQUARE: Layout(72, 484, 132, True, (120, 72), (38, 32), (21, 33), (84, 40), 54, 140, 34),
}


class _Canvas:
    """A picture to draw on in pixels of the finished card."""

    def __init__(self, shape: Shape) -> None:
        self.width, self.height = shape.value
        self.image = Image.new("RGB", (self.width * SCALE, self.height * SCALE), palette.PAPER)
        self.draw = ImageDraw.Draw(self.image)

    def box(self, left: float, top: float, right: float, bottom: float, fill: str) -> None:
        self.draw.rectangle((left * SCALE, top * SCALE, right * SCALE - 1, bottom * SCALE - 1), fill=fill)

    def shape(self, points: list[tuple[float, float]], fill: str) -> None:
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def sign(self, left: float, top: float, size: int, verdict: str, fill: str) -> None:
        mask = sign(verdict, size * SCALE)
        box = mask.getbbox() or (0, 0)  # its ink begins at `left`, on one edge with the text below
        self.image.paste(fill, (round(left * SCALE) - box[0], round(top * SCALE)), mask)

    def line(self, x: float, baseline: float, text: str, style: Style, fill: str) -> None:
        set_line(self.draw, (x * SCALE, baseline * SCALE), text, style.at(style.size * SCALE), fill)

    def block(self, x: float, top: float, block: Block, fill: str) -> None:
        for number, line in enumerate(block.lines):
            self.line(x, top + block.above + number * block.pitch, line, block.style, fill)

    def png(self, colours: palette.Colours) -> bytes:
        stream = io.BytesIO()
        ramps = Image.new("P", (1, 1))
        ramps.putpalette([channel for colour in colours.ramps() for channel in palette.channels(colour)])
        # the few colours of a card and what lies between them: a third of the bytes, in a tenth of the time
        small = self.image.reduce(SCALE).quantize(palette=ramps, dither=Image.Dither.NONE)
        small.save(stream, "PNG", compress_level=6)
        return stream.getvalue()


def draw_card(content: CardContent, shape: Shape) -> bytes:
    """Draw a card as PNG.

    The same content gives the same bytes, with the same version of Pillow.

    Raises
    ------
    CardError
        `unknown-verdict`, if the verdict has no sign.
    """
    layout = LAYOUTS[shape]
    canvas = _Canvas(shape)
    colours = palette.colours(content.verdict)
    _draw_ground(canvas, layout, content.verdict, colours)
    _draw_verdict(canvas, layout, content)
    top = _draw_note(canvas, layout, content, colours)
    _draw_claim(canvas, layout, content, top, colours)
    _draw_foot(canvas, layout, content)
    return canvas.png(colours)


def _draw_ground(canvas: _Canvas, layout: Layout, verdict: str, colours: palette.Colours) -> None:
    canvas.box(0, 0, canvas.width, layout.band, colours.ground)
    if verdict == WITHDRAWN:
        _draw_stripes(canvas, layout, colours.texture)
    else:
        size = round(layout.band * 1.6)
        canvas.sign(canvas.width - size * 0.78, (layout.band - size) / 2, size, verdict, colours.texture)
        canvas.box(0, layout.band, canvas.width, canvas.height, palette.PAPER)


def _draw_stripes(canvas: _Canvas, layout: Layout, fill: str) -> None:
    """Draw slanting stripes: the ground of what no longer stands."""
    stripe = 28
    for start in range(-layout.band, canvas.width, stripe * 2):
        canvas.shape(
            [
                (start, layout.band),
                (start + layout.band, 0),
                (start + layout.band + stripe, 0),
                (start + stripe, layout.band),
            ],
            fill,
        )


def _draw_verdict(canvas: _Canvas, layout: Layout, content: CardContent) -> None:
    left = layout.margin if layout.stacked else layout.margin + layout.sign + layout.sign // 4
    room = canvas.width - layout.margin - left
    word, style = fit_line(
        clean(content.verdict_label), Style(Weight.HEAVY, layout.word[0], -0.02), room, smallest=layout.word[1]
    )
    line = Style(Weight.REGULAR, layout.line[0])
    meaning = fit(
        clean(content.verdict_line), line, Box(room, layout.band, 1.36, most_lines=2), smallest=layout.line[1]
    )
    reach = ink(word, style).above
    between = max(layout.line[0] * 0.9, ink(word, style).below + layout.line[0] * 0.45)
    text_height = reach + between + meaning.height
    if layout.stacked:
        # tones may stand in the gap below the sign: measured from the capitals, it stays the same for all words
        space = max(layout.sign * 0.34, reach - style.size * CAPITAL + layout.sign * 0.12)
        above = layout.sign + space - (reach - style.size * CAPITAL)
        sign_top = (layout.band - above - text_height) / 2
        top = sign_top + above
    else:
        sign_top, top = (layout.band - layout.sign) / 2, (layout.band - text_height) / 2
    canvas.sign(layout.margin, sign_top, layout.sign, content.verdict, palette.WHITE)
    canvas.line(left - style.size * 0.05, top + reach, word, style, palette.WHITE)
    canvas.block(left, top + reach + between, meaning, palette.WHITE)


def _draw_note(canvas: _Canvas, layout: Layout, content: CardContent, colours: palette.Colours) -> float:
    """Draw the strip that tells what happened later, and the band's tail; give where the claim's room begins."""
    bottom: float = layout.band
    colour = colours.ground
    if note := clean(content.note):
        padding, size = layout.note
        room = Box(canvas.width - 2 * layout.margin, canvas.height, most_lines=2)
        text = fit(note, Style(Weight.BOLD, size), room, smallest=round(size * 0.85))
        colour = colours.strip
        capital = text.style.size * CAPITAL
        height = round(2 * padding + capital + text.pitch * (len(text.lines) - 1))
        canvas.box(0, bottom, canvas.width, bottom + height, colour)
        canvas.block(layout.margin, bottom + padding + capital - text.above, text, palette.WHITE)
        bottom += height
    tail = layout.gap * 0.5
    canvas.shape(
        [(layout.margin, bottom), (layout.margin + tail * 1.9, bottom), (layout.margin, bottom + tail)], colour
    )
    return bottom


def _draw_claim(canvas: _Canvas, layout: Layout, content: CardContent, band: float, colours: palette.Colours) -> None:
    top, bottom = band + layout.gap, canvas.height - layout.foot - layout.gap * 0.8
    style = Style(Weight.BOLD, layout.claim[0], -0.008)
    box = Box(canvas.width - 2 * layout.margin, bottom - top)
    block = fit(f"{quotable(content.claim)}”", style, box, smallest=layout.claim[1], step=2)
    start = top + (bottom - top - block.height) / 2
    canvas.block(layout.margin, start, block, colours.claim)
    # the opening mark hangs in the margin, so that all lines begin on one edge
    hang = width("“", block.style) + block.style.size * 0.03
    canvas.line(layout.margin - hang, start + block.above, "“", block.style, colours.claim)


def _draw_foot(canvas: _Canvas, layout: Layout, content: CardContent) -> None:
    """Draw publisher and date at the left with the address at the right or, if they do not fit, the address on top."""
    top = canvas.height - layout.foot
    canvas.box(0, top, canvas.width, canvas.height, palette.SUNK)
    room = canvas.width - 2 * layout.margin
    bold, small = Style(Weight.BOLD, layout.foot_text), Style(Weight.REGULAR, round(layout.foot_text * 0.76))
    publisher, address, date = clean(content.publisher), clean(content.address), clean(content.date)
    capital, line_gap = bold.size * CAPITAL, bold.size * 1.2
    upper = top + (layout.foot - capital - line_gap) / 2 + capital
    if width(publisher, bold) + width(address, bold) + layout.margin * 0.6 <= room:
        canvas.line(layout.margin, upper, publisher, bold, palette.INK)
        canvas.line(layout.margin, upper + line_gap, date, small, palette.INK_2)
        right = canvas.width - layout.margin - width(address, bold)
        canvas.line(right, top + (layout.foot + capital) / 2, address, bold, palette.BRAND)
        return
    address, style = fit_line(address, bold, room, smallest=small.size)
    canvas.line(layout.margin, upper, address, style, palette.BRAND)
    dated = f" · {date}" if date else ""
    publisher, small_bold = fit_line(
        publisher, Style(Weight.BOLD, small.size), room - width(dated, small), smallest=small.size
    )
    canvas.line(layout.margin, upper + line_gap, publisher, small_bold, palette.INK)
    canvas.line(layout.margin + width(publisher, small_bold), upper + line_gap, dated, small, palette.INK_2)
