"""Puts marks in the place of personal data."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kiemtin.questions.masking.addresses import addresses
from kiemtin.questions.masking.branches import branches
from kiemtin.questions.masking.cards import cards
from kiemtin.questions.masking.dwellings import dwellings
from kiemtin.questions.masking.folding import folded
from kiemtin.questions.masking.foreigners import foreigners
from kiemtin.questions.masking.identity import citizens, health_cards
from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.labelled import claims
from kiemtin.questions.masking.links import in_links, links
from kiemtin.questions.masking.mail import disguised_mail, plain_mail
from kiemtin.questions.masking.names import names
from kiemtin.questions.masking.passports import passports
from kiemtin.questions.masking.phones import figures_of, phones
from kiemtin.questions.masking.plates import plates
from kiemtin.questions.masking.profiles import handles
from kiemtin.questions.masking.stray import stray_numbers
from kiemtin.questions.masking.view import Detector, Find, View
from kiemtin.questions.masking.virtual import virtual_accounts

# The order matters: what an earlier one settles, a later one does not see.
_FIRST: tuple[Detector, ...] = (plain_mail, handles, branches)
_SPOKEN_OF: tuple[Detector, ...] = (passports, health_cards)
_BESIDE: tuple[Detector, ...] = (plates, cards)
_BY_FORM: tuple[Detector, ...] = (
    citizens,
    phones,
    stray_numbers,
    virtual_accounts,
    dwellings,
    addresses,
    foreigners,
    names,
)
# What is found can uncover what stood beside it; more than twice is rare.
_ROUNDS = 8
_OF_FIGURES = frozenset({Kind.PHONE, Kind.ACCOUNT})
_BEFORE = 64  # characters before a piece that are given with it


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of personal data before it is masked. Not to be stored or logged.

    Attributes
    ----------
    text, before
        It, and what stands before it, folded: small letters without tones.
    figures
        Those of a number, however they are written; `LEFT_OUT` for each that is not told.
    """

    kind: Kind
    text: str = field(repr=False)
    before: str = field(repr=False)
    figures: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Masked:
    """A text that may be stored, and what was taken out of it, which may not.

    Attributes
    ----------
    text
        In NFC, with a mark for every piece of personal data.
    counts
        How many pieces of each kind were replaced; kinds without any are left out, and marks that were there before
        do not count.
    spans
        What was replaced: characters `start` up to `end` of what was sent, in NFC, in the order of the text.
    pieces
        The same as it was written, for who must recognise it again.
    is_whole
        False where pieces stand so close, many times over, that some may be left: then nothing of it may be stored.
    """

    text: str
    counts: Mapping[Kind, int]
    spans: tuple[Find, ...] = ()
    pieces: tuple[Piece, ...] = field(default=(), repr=False)
    is_whole: bool = True


def mask(text: str) -> Masked:
    """Replace personal data by marks such as ``[phone]``.

    Links stay, apart from personal data in them. Masking what is masked changes nothing, where it is whole.

    Parameters
    ----------
    text
        As it was sent, in any Unicode form.
    """
    sent = unicodedata.normalize("NFC", text)
    spans, is_whole = _settled(sent)
    parts: list[str] = []
    last = 0
    for span in spans:
        parts += [sent[last : span.start], span.kind.mark]
        last = span.end
    counts = Counter(span.kind for span in spans)
    pieces = tuple(_piece(sent, span) for span in spans)
    return Masked("".join([*parts, sent[last:]]), MappingProxyType(dict(counts)), spans, pieces, is_whole)


def _piece(sent: str, span: Find) -> Piece:
    plain = folded(sent[span.start : span.end])
    figures = figures_of(plain) if span.kind in _OF_FIGURES else ""
    return Piece(span.kind, plain, folded(sent[max(0, span.start - _BEFORE) : span.start]), figures)


def _settled(sent: str) -> tuple[tuple[Find, ...], bool]:
    """Find personal data again and again until nothing is found in what is left; and say whether it came so far."""
    settled: list[Find] = []
    for _ in range(_ROUNDS):
        found = _examined(View(sent, settled))
        if not found:
            return tuple(settled), True
        settled = sorted([*settled, *found])
    return tuple(settled), not _examined(View(sent, settled))


def _examined(view: View) -> list[Find]:
    """Find what can be found at once."""

    def detect(detectors: tuple[Detector, ...]) -> None:
        for detector in detectors:
            view.take(detector(view))

    view.take(disguised_mail(view))
    found = links(view)
    view.take(in_links(view.plain, found))
    view.hide(link.span() for link in found)
    detect(_FIRST)
    # Of two words that say something of one number the stronger counts.
    said = sorted(claims(view), key=lambda claim: not claim.label.is_strong)
    view.take(find for claim in said if claim.label.is_sure for find in claim.finds())
    detect(_SPOKEN_OF)
    view.hide((claim.start, claim.end) for claim in said if not claim.label.kind)
    detect(_BESIDE)
    view.take(find for claim in said for find in claim.finds())
    detect(_BY_FORM)
    return view.found()
