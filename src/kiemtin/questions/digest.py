"""From what was pasted to what may be stored, and what makes two messages the same."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field

from kiemtin.questions.bare_link import bare_link
from kiemtin.questions.masking import MARK, Piece, mask, unmarked
from kiemtin.questions.refusals import NotATextError, NothingToReadError, OnlyPersonalDataError, TooLongError
from kiemtin.questions.secrets import recognised

MAX_LENGTH = 10_000
"""Characters of a message."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LINE_END = re.compile(r"\r\n?|[\x85\u2028\u2029]")
# What shows nothing but can hide a number from masking or turn a line around. Joiners stay: emoji are made with them.
_HIDDEN = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
)
_JOINERS = re.compile(r"[\u200c\u200d\ufe00-\ufe0f]")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" *\n(?: *\n)+ *")


@dataclass(frozen=True, slots=True)
class Taken:
    """A pasted text after it was gone through, once.

    Attributes
    ----------
    raw
        As it was pasted. Not to be stored or logged.
    text
        As it may be stored: masked, in NFC, without what shows nothing, at most one empty line.
    pieces
        What was masked. Not to be stored or logged.
    """

    raw: str = field(repr=False)
    text: str
    pieces: tuple[Piece, ...] = field(repr=False)

    def readable(self) -> str:
        """Return the text if there is something in it to ask about.

        Raises
        ------
        NothingToReadError, OnlyPersonalDataError
        """
        if not _says_something(self.text):
            raise NothingToReadError("nothing readable")
        if not _says_something(unmarked(self.text)):
            raise OnlyPersonalDataError("only personal data")
        return self.text


def take(text: str) -> Taken:
    """Go through a pasted text: the only way from what was sent to what is stored.

    Raises
    ------
    TooLongError, NotATextError
    """
    if not isinstance(text, str):
        raise NotATextError("not a string")
    _check(text)
    masked = mask(_tidy(text))
    if not masked.is_whole:
        raise NotATextError("personal data upon personal data")
    clean = _tidy(masked.text)
    _check(clean)  # marks and NFC can be longer than what was there, and masking leaves more rubbish to each letter
    return Taken(text, clean, masked.pieces)


def readable(text: str) -> str:
    """Return a pasted text as it may be stored. Applied to its own result it changes nothing.

    Raises
    ------
    TooLongError, NotATextError, NothingToReadError, OnlyPersonalDataError
    """
    return take(text).readable()


def digest_of(text: str, *, raw: str = "") -> str:
    """Return what makes two readable texts the same: SHA-256 without case, spacing and invisible signs, hex.

    A text that is only a link is the same as every other that is only a link to that page, whatever asks about it
    around. Where masking took something out of the link, two pages would look the same afterwards: then the link as it
    was sent tells them apart, as a keyed hash. `raw` is the text before masking.
    """
    if link := bare_link(text):
        if MARK.search(link):
            return recognised("link", bare_link(_tidy(raw)) or link)
        return hashlib.sha256(f"link {link}".encode()).hexdigest()
    plain = unicodedata.normalize("NFC", _JOINERS.sub("", _HIDDEN.sub("", text)).casefold())
    # Folding case can take a text out of NFC and the other way round: twice is where it rests.
    plain = unicodedata.normalize("NFC", plain.casefold())
    return hashlib.sha256(" ".join(plain.split()).encode()).hexdigest()


def _check(text: str) -> None:
    if len(text) > MAX_LENGTH:
        raise TooLongError(f"{len(text)} characters", limit=MAX_LENGTH)
    broken = len(_CONTROL.findall(text)) + text.count("\ufffd")
    if broken > 3 and broken * 10 > len(text):
        raise NotATextError("binary data")


def _tidy(text: str) -> str:
    text = _CONTROL.sub(" ", _HIDDEN.sub("", _LINE_END.sub("\n", text)))
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
    return "\n".join(line.strip() for line in _LINES.sub("\n\n", text).strip().split("\n"))


def _says_something(text: str) -> bool:
    """Whether there is a letter, a digit or a sign that means something (an emoji)."""
    return any(unicodedata.category(char)[0] in "LNS" for char in text)
