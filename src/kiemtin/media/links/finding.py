"""Where links are in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Endings that are ordinary syllables too (me, co) make a link only with a path.
_SURE_ENDINGS = r"com|vn|net|org|info|xyz|top|gov|edu|io|asia|biz|vip|shop|online|site|club|news"
_PATH_ENDINGS = (
    r"me|co|tv|cc|ly|gl|app|link|live|cn|us|uk|eu|ru|jp|kr|sg|th|la|fm|gg|to|be|id|store|cloud|page|dev|ai|so|"
    r"at|gd|ee|im|do|sh|ws|icu|click|life|win|fun|bond|tk|ml|vc|pro|world"
)
# Letters of other scripts too: they are written into names of hosts to look like Latin ones.
_LETTERS = (
    "a-z0-9\u00c0-\u024f\u0250-\u02af\u0370-\u058f\u13a0-\u13ff\u1e00-\u1eff"
    "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff"
)
_DOT = r"(?:\.|\[\.\]|\(\.\))"
_LABELS = rf"(?:[{_LETTERS}-]{{1,63}}{_DOT}){{1,6}}"
LINK = re.compile(
    rf"(?:h(?:tt|xx)ps?://(?:[^\s/@]{{1,64}}@)?(?:[{_LETTERS}._-]|\[\.\]|\(\.\))+"
    rf"|(?<![\w@.+%-])(?:{_LABELS}(?:{_SURE_ENDINGS})|{_LABELS}(?:{_PATH_ENDINGS})(?=/)))"
    rf"(?![\w@-]|{_DOT}[a-z0-9])(?::\d{{1,5}})?(?P<rest>[/?#][^\s<>\"]*)?",
    re.IGNORECASE,
)
"""A link, or a host that is named without a scheme; `rest` is what comes after the host. Linear in the text."""

_TAIL = ".,;:!?…'”’»*_`"
_PAIRS = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True)
class Found:
    """A link in a text: from `start` to `end`, without the punctuation that ends the sentence around it."""

    start: int
    end: int
    text: str


def find_links(text: str) -> tuple[Found, ...]:
    """Find links, also with `hxxp` and `[.]` in them, in the order of the text."""
    found = []
    for match in LINK.finditer(text):
        end = _end(match[0])
        found.append(Found(match.start(), match.start() + end, match[0][:end]))
    return tuple(found)


def _end(link: str) -> int:
    """Return where the link ends: a bracket at its end belongs to it if it was opened in it."""
    end = len(link)
    while end and (link[end - 1] in _TAIL or _is_alone(link, end)):
        end -= 1
    return end


def _is_alone(link: str, end: int) -> bool:
    last = link[end - 1]
    return last in _PAIRS and link.count(last, 0, end) > link.count(_PAIRS[last], 0, end)
