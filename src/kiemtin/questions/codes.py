"""Receipt codes: ten signs of Crockford's base 32 (crockford.com/base32.html), 50 bits, read back with goodwill."""

from __future__ import annotations

import re
import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
_HALF = LENGTH // 2
_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BETWEEN = re.compile(r"[\s\-_.‐‑‒–—−]+")
_CODE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


def new_code() -> str:
    """Return a code that cannot be guessed."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def parse_code(typed: str) -> str:
    """Return the code that somebody typed, empty if it is none.

    Case, spaces and hyphens do not matter, and letters that look like digits are taken for them.
    """
    if len(typed) > 64:
        return ""
    plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", typed)).upper().translate(_LOOK_ALIKES)
    return plain if _CODE.fullmatch(plain) else ""


def shown_code(code: str) -> str:
    """Return a code as it is shown: two halves."""
    return f"{code[:_HALF]}-{code[_HALF:]}"
