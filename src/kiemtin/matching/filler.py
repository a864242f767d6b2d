"""Whether a text says anything of its own."""

from __future__ import annotations

from kiemtin.retrieval.text import analyse
from kiemtin.retrieval.text.filler import telling


def only_asks(text: str) -> bool:
    """Whether a text without its links has no words but those that ask about something: “cái này có thật không?”."""
    return not telling(analyse(text).words)
