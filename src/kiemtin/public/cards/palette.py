"""The cards' colours: the site's light tokens, the verdicts' grounds a little fuller so that they carry when small."""

from __future__ import annotations

from dataclasses import dataclass

from kiemtin.public.cards.content import WITHDRAWN

PAPER = "#faf7f0"
SUNK = "#f1ece1"
INK = "#1b2125"
INK_2 = "#4b5156"
BRAND = "#0d4f63"
WHITE = "#ffffff"

GROUNDS = {
    "false": "#ae2418",
    "misleading": "#9c4a00",
    "missing-context": "#705700",
    "altered": "#762b6b",
    "scam": "#860f3a",
    "unproven": "#46525c",
    "true": "#2a6b20",
    "withdrawn": "#3d3a34",
}


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one card."""

    ground: str  # behind sign, word and meaning
    texture: str  # the faint large sign, or the stripes, on the ground
    strip: str  # behind the note
    claim: str

    def ramps(self) -> list[str]:
        """Give all colours that the card can hold: its own, and what softened edges make between two of them."""
        pairs = [(base, WHITE) for base in (self.ground, self.texture, self.strip)]
        pairs += [(self.ground, self.texture), (self.ground, PAPER), (self.strip, PAPER), (PAPER, self.claim)]
        pairs += [(SUNK, ink) for ink in (INK, INK_2, BRAND)]
        steps = 256 // len(pairs) - 1
        return [mix(one, other, step / steps) for one, other in pairs for step in range(steps + 1)]


def colours(verdict: str) -> Colours:
    """Give the colours of a card by its verdict."""
    ground = GROUNDS.get(verdict, INK)
    withdrawn = verdict == WITHDRAWN
    return Colours(
        ground=ground,
        texture=mix(ground, WHITE, 0.07) if withdrawn else mix(ground, "#000000", 0.12),
        strip=mix(ground, "#000000", 0.36),
        claim=INK_2 if withdrawn else INK,
    )


def mix(colour: str, other: str, share: float) -> str:
    """Give `colour` with a share (0 to 1) of `other` in it."""
    pairs = zip(channels(colour), channels(other), strict=True)
    return "#" + "".join(f"{round(a * (1 - share) + b * share):02x}" for a, b in pairs)


def contrast(one: str, other: str) -> float:
    """Contrast of two colours as WCAG 2.2 defines it, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def channels(colour: str) -> tuple[int, int, int]:
    """Give red, green and blue of "#rrggbb", 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    linear = [v / 12.92 if (v := c / 255) <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for c in channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
