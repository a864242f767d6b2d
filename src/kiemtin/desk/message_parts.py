"""Masked messages as bubbles: chips where something is hidden, and marks on what differs from another message."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kiemtin.checks.word_diff import Op, Span, word_diff
from kiemtin.questions.masking import MARK
from kiemtin.questions.models import Message, Picture
from kiemtin.questions.titles import letters

_ALIKE = 0.6
"""Texts that share less than this are put in other words throughout: marks on all of it would say nothing."""

_SHOWN = 8  # words of what is missing


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a message: text as it stands, text that another has and this one has not, or what was hidden."""

    text: str = ""
    kind: str = ""
    changed: bool = False
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Bubble:
    """A message as it is shown.

    Attributes
    ----------
    is_base
        Whether the others are compared with it.
    is_other
        Whether it is worded so differently that nothing is marked.
    picture
        The picture that its text was read from, while it is kept.
    """

    message: Message
    parts: tuple[Part, ...]
    is_base: bool = False
    is_other: bool = False
    picture: Picture | None = None


def bubble(message: Message, base: Message | None) -> Bubble:
    """Return a message with what differs from another one marked; without another, or as that one, plain."""
    if base is None or base.pk == message.pk:
        return Bubble(message, parts_of(message.text), is_base=base is not None)
    spans = compared(base, message)
    same = sum(len(span.text) for span in spans if span.op is Op.SAME)
    if same < _ALIKE * max(len(message.text), len(base.text)):
        return Bubble(message, parts_of(message.text), is_other=True)
    return Bubble(message, tuple(_marked(spans)))


def compared(base: Message, message: Message) -> tuple[Span, ...]:
    """Compare two messages word by word: capitals never count, diacritics only where both are typed with them."""
    toneless = base.toneless or message.toneless
    spans = word_diff(letters(base.text, toneless=toneless), letters(message.text, toneless=toneless))
    kept = sum(len(span.text) for span in spans if span.op is not Op.REMOVED)
    small = letters(base.text, toneless=toneless)
    if kept != len(message.text) or len(small) != len(base.text):  # a letter that is one in capitals, two in small ones
        return word_diff(base.text, message.text)
    return tuple(_as_written(spans, message.text, base.text, small))


def parts_of(text: str) -> tuple[Part, ...]:
    """Return a masked text as parts."""
    return tuple(_pieces(text))


def _as_written(spans: tuple[Span, ...], text: str, base: str, small_base: str) -> Iterator[Span]:
    """Put the texts as they were sent in the place of those that were compared."""
    at = gone = 0
    for span in spans:
        size = len(span.text)
        if span.op is Op.REMOVED:
            gone = max(small_base.find(span.text, gone), 0)
            yield Span(span.op, base[gone : gone + size])
            gone += size
        else:
            yield Span(span.op, text[at : at + size])
            at += size


def _marked(spans: tuple[Span, ...]) -> Iterator[Part]:
    for span in spans:
        is_removed = span.op is Op.REMOVED
        text = _shortened(span.text) if is_removed else span.text
        yield from _pieces(text, changed=span.op is Op.ADDED, removed=is_removed)


def _shortened(text: str) -> str:
    """Return what is missing in short: it can be read in full where it is not missing."""
    words = text.split(" ")
    return text if len(words) <= _SHOWN + 2 else " ".join(words[:_SHOWN]) + " … "


def _pieces(text: str, *, changed: bool = False, removed: bool = False) -> Iterator[Part]:
    at = 0
    for mark in MARK.finditer(text):
        if mark.start() > at:
            yield Part(text[at : mark.start()], changed=changed, removed=removed)
        yield Part(kind=mark["kind"], changed=changed, removed=removed)
        at = mark.end()
    if at < len(text):
        yield Part(text[at:], changed=changed, removed=removed)
