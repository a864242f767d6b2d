"""The key that signs what the program hands out: made once, kept in the data folder."""

from __future__ import annotations

import secrets
from functools import partial
from pathlib import Path

from kiemtin.audit.key_file import kept_key

_NAME = "secret-key"


def secret_key(data: Path) -> str:
    """Return the key of a data folder; the first call makes it (readable by the owner only)."""
    return kept_key(data / _NAME, partial(secrets.token_urlsafe, 48))
