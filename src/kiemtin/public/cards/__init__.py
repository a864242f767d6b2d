"""Share cards: one picture per fact-check, made for chat groups. Pure drawing; knows no models and no Django."""

from kiemtin.public.cards.content import CardContent, CardError, Shape
from kiemtin.public.cards.draw import draw_card

__all__ = ["CardContent", "CardError", "Shape", "draw_card"]
