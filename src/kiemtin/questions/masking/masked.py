"""Puts marks in the place of personal data."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kiemtin.questions.masking.addresses import addresses
from kiemtin.questions.masking.cards import cards
from kiemtin.questions.masking.identity import citizens, health_cards
from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.labelled import labelled_numbers, likely_numbers
from kiemtin.questions.masking.links import in_links, links
from kiemtin.questions.masking.mail import disguised_mail, plain_mail
from kiemtin.questions.masking.names import names
from kiemtin.questions.masking.passports import passports
from kiemtin.questions.masking.phones import phones
from kiemtin.questions.masking.plates import plates
from kiemtin.questions.masking.profiles import handles
from kiemtin.questions.masking.spelt import spelt_phones
from kiemtin.questions.masking.view import Detector, Find, View

# The order matters: what an earlier one settles, a later one does not see.
_DETECTORS: tuple[Detector, ...] = (
    plain_mail,
    handles,
    labelled_numbers,
    passports,
    health_cards,
    plates,
    cards,
    phones,
    spelt_phones,
    citizens,
    likely_numbers,
    addresses,
    names,
)
# A mark can uncover what stood in the shadow of the piece it replaced; more than twice is rare.
_ROUNDS = 8
_BEFORE = 64  # characters before a piece that are given with it


@dataclass(frozen=True, slots=True)
class Masked:
    """A text that may be stored.

    Attributes
    ----------
    text
        In NFC, with a mark for every piece of personal data.
    counts
        How many pieces of each kind were replaced; kinds without any are left out, and marks that were there before
        do not count.
    spans
        What was replaced: characters `start` up to `end` of what was sent, in NFC, in the order of the text.
    is_whole
        False where pieces stand so close, many times over, that some may be left: then nothing of it may be stored.
    """

    text: str
    counts: Mapping[Kind, int]
    spans: tuple[Find, ...] = ()
    is_whole: bool = True


def mask(text: str) -> Masked:
    """Replace personal data by marks such as ``[phone]``.

    Links stay, apart from personal data in them. Masking what is masked changes nothing, where it is whole.

    Parameters
    ----------
    text
        As it was sent, in any Unicode form.
    """
    masked = unicodedata.normalize("NFC", text)
    spans: list[Find] = []
    is_whole = True
    for _ in range(_ROUNDS):
        masked, finds = _once(masked)
        if not finds:
            break
        spans = sorted([*spans, *_as_sent(finds, spans)])
    else:
        is_whole = not _once(masked)[1]
    counts = Counter(span.kind for span in spans)
    return Masked(masked, MappingProxyType(dict(counts)), tuple(spans), is_whole)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of personal data before it is masked. Not to be stored or logged.

    Attributes
    ----------
    text, before
        It, and what stands before it, folded: small letters without tones.
    """

    kind: Kind
    text: str = field(repr=False)
    before: str = field(repr=False)


def pieces(text: str) -> tuple[Piece, ...]:
    """Return what masking finds in a text, in its order, for who must recognise it again.

    Parameters
    ----------
    text
        As it was sent, in any Unicode form.
    """
    view = _examined(unicodedata.normalize("NFC", text))
    plain = View(unicodedata.normalize("NFC", text)).plain
    return tuple(
        Piece(one.kind, plain[one.start : one.end], plain[max(0, one.start - _BEFORE) : one.start])
        for one in view.found()
    )


def _as_sent(finds: list[Find], earlier: list[Find]) -> Iterator[Find]:
    """Move places in a text with the marks of earlier rounds to where they were before; both are in order."""
    shift, settled = 0, iter(earlier)
    mark = next(settled, None)
    for find in finds:
        while mark is not None and mark.start <= find.start + shift:
            shift += mark.end - mark.start - len(mark.kind.mark)
            mark = next(settled, None)
        yield Find(find.start + shift, find.end + shift, find.kind)


def _once(text: str) -> tuple[str, list[Find]]:
    return _examined(text).masked()


def _examined(text: str) -> View:
    view = View(text)
    view.take(disguised_mail(view))
    found = links(view)
    view.take(in_links(view.plain, found))
    view.hide(link.span() for link in found)
    for detector in _DETECTORS:
        view.take(detector(view))
    return view
