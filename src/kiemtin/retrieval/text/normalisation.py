"""Normalising: one form for every way in which the same text reaches us.

NFKC and NFC are Unicode Standard Annex #15. Tone placement follows the two customs in use for Vietnamese: hòa and
hoà are the same word; the form with the tone on the first vowel is kept.
"""

from __future__ import annotations

import re
import unicodedata

from kiemtin.retrieval.errors import EmptyMessageError, MessageTooLongError, NotTextError

MAX_MESSAGE = 100_000
"""Longest message that is matched, in characters; longer ones are refused with a clear error."""

# Control characters other than tab and line breaks, lone surrogates, and characters that show nothing.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)
_QUOTES = str.maketrans(
    {"‘": "'", "’": "'", "‛": "'", "′": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "…": "..."}
)

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_LATE_TONE = re.compile(rf"(?i)((?<!q)u(?=y)|o(?=[ae]))([aey])([{_TONES}])(?![\w{_TONES}])")


def check_message(message: str) -> None:
    """Raise a `MessageError` if `message` cannot be matched at all.

    Raises
    ------
    MessageTooLongError
        Longer than `MAX_MESSAGE` characters.
    NotTextError
        More than a tenth of it are control characters or halves of characters: a file, not a text.
    EmptyMessageError
        Nothing but blanks, control characters and invisible signs.
    """
    if len(message) > MAX_MESSAGE:
        raise MessageTooLongError(
            f"the message has {len(message)} characters; at most {MAX_MESSAGE} are read",
            length=len(message),
            limit=MAX_MESSAGE,
        )
    broken = len(_CONTROL.findall(message)) + message.count("\ufffd")
    if broken > 3 and broken * 10 > len(message):
        raise NotTextError("the message is binary data, not text")
    if not _INVISIBLE.sub("", _CONTROL.sub("", message)).strip():
        raise EmptyMessageError("the message is empty")


def place_tones(text: str) -> str:
    """Move the tone mark of a final oa, oe, uy to its first vowel (hoà → hòa, khoẻ → khỏe, thuý → thúy).

    `text` in any form; the result is NFC.
    """
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", _LATE_TONE.sub(r"\1\3\2", apart))


def normalise(text: str) -> str:
    """Return `text` in the one form that everything else works on.

    Control and invisible characters go, look-alikes (full width, mathematical bold) become plain letters (NFKC), quotes
    become straight, tones move to one place, the result is NFC. Idempotent; never raises.
    """
    text = _CONTROL.sub(" ", _INVISIBLE.sub("", text))
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    return place_tones(_CONTROL.sub(" ", _INVISIBLE.sub("", text)))
