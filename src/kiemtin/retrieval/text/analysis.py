"""Analysis: the words of a text, once, in the forms that the matchers ask for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from kiemtin.retrieval.text.folding import fold
from kiemtin.retrieval.text.kind import Kind, kind_of
from kiemtin.retrieval.text.normalisation import normalise
from kiemtin.retrieval.text.teencode import expand

# In these two every repetition is bounded or gives nothing back: a message of 100,000 dots must not take minutes.
_ENDINGS = (
    "com|net|org|vn|info|xyz|top|cc|me|io|ly|co|gl|tk|site|shop|vip|club|online|app|link"  # of hosts named without www
)
_URL = re.compile(
    r"(?i)\b(?:https?://|www\.)\S+|\bpic\.twitter\.com/\w+"
    rf"|\b(?:[a-z0-9-]{{1,63}}+\.){{1,6}}(?:{_ENDINGS})\b(?:/\S*)?"
)
# "— Name (@handle) May 1, 2020": what an embedded post carries at its end.
_BYLINE = re.compile(r"[—–-]\s?[^—–\n]{0,80}\(@\w{1,50}\)\s{0,3}(?:\w{1,12}\.? \d{1,2}, \d{4})?$")
_HASHTAG = re.compile(r"[#@](\w+)")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=[A-Z])(?=[A-Z][a-z])|_")
_WORD = re.compile(r"\d+(?:[.,]\d+)*(?:[^\W\d_]+)?|[^\W\d_]{4,}(?:'[^\W_]+)?|[^\W_]+(?:'[^\W_]+)?")
_GROUPED = re.compile(r"^\d{1,3}(?:[.,]\d{3})+(?![\d.,])")
_STRETCHED = re.compile(r"([^\W\d])\1{2,}")


def _word(token: str) -> str:
    """Lower-case form: 1.000.000đ and 1,000,000Đ are 1000000đ; "đẹppppp" is "đẹp"; a possessive 's goes."""
    token = token.lower()
    if token[0].isdigit():
        return re.sub(r"[.,]", "", token) if _GROUPED.match(token) else token.replace(",", ".")
    if token.endswith("'s"):
        token = token[:-2]
    return _STRETCHED.sub(r"\1", token.replace("'", ""))


def tokenise(text: str) -> list[str]:
    """Return the lower-case words of a normalised text; links are left out, tags and handles are split."""
    text = _URL.sub(" ", text)
    text = _HASHTAG.sub(lambda m: " " + _CAMEL.sub(" ", m[1]) + " ", text)
    return [_word(t) for t in _WORD.findall(text)]


def links(text: str) -> list[str]:
    """Return the links in a normalised text, as written."""
    return _URL.findall(text)


@dataclass(frozen=True)
class Analysis:
    """A text with its words. Build it with `analyse`.

    Attributes
    ----------
    text
        Normalised text without links and byline, as an encoder should see it.
    words
        Lower-case words, short forms written out.
    kind
        See `Kind`.
    links
        Links that stood in the text.
    """

    text: str
    words: tuple[str, ...]
    kind: Kind
    links: tuple[str, ...]

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The words without diacritics."""
        return tuple(fold(" ".join(self.words)).split(" ")) if self.words else ()

    @cached_property
    def bigrams(self) -> tuple[str, ...]:
        """Pairs of neighbouring folded words, joined by an underscore."""
        return tuple(f"{a}_{b}" for a, b in zip(self.folded, self.folded[1:], strict=False))


def _readable(text: str) -> str:
    """Take links, byline and the signs of tags out of a normalised text."""
    text = _BYLINE.sub("", text.rstrip())
    text = _URL.sub(" ", text)
    text = _HASHTAG.sub(lambda m: _CAMEL.sub(" ", m[1]), text)
    return " ".join(text.split())


def analyse(raw: str) -> Analysis:
    """Normalise and tokenise `raw`; never raises."""
    text = normalise(raw)
    words = tokenise(text)
    kind = kind_of(words)
    if kind is not Kind.OTHER:
        words = expand(words)
    return Analysis(text=_readable(text), words=tuple(words), kind=kind, links=tuple(links(text)))
