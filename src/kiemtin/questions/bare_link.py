"""Messages that are a link and nothing else, but for words that ask about it."""

from __future__ import annotations

from kiemtin.matching.filler import only_asks
from kiemtin.media.links import find_links
from kiemtin.media.links.canonical import canonical_form


def bare_link(text: str) -> str:
    """Return the canonical form of the one link that a text consists of; empty if it says anything beside it."""
    found = find_links(text)
    forms = {canonical_form(one.text) for one in found}
    if len(forms) != 1 or "" in forms:
        return ""
    around, last = [], 0
    for one in found:
        around.append(text[last : one.start])
        last = one.end
    around.append(text[last:])
    return forms.pop() if only_asks(" ".join(around)) else ""
