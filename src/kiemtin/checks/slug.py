"""The readable end of an address."""

from __future__ import annotations

import re
import unicodedata

LENGTH = 80
_OTHER = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """Return a text in the letters a to z, digits and hyphens; Vietnamese letters lose their signs, đ becomes d.

    At most `LENGTH` characters, cut between words. A text without such letters gives `check`.
    """
    plain = unicodedata.normalize("NFKD", text.lower().replace("đ", "d"))
    words = _OTHER.sub("-", "".join(sign for sign in plain if not unicodedata.combining(sign))).strip("-")
    if len(words) > LENGTH:
        whole = words[: LENGTH + 1].rpartition("-")[0]
        words = whole or words[:LENGTH]
    return words or "check"
