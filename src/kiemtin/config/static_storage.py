"""Static files as they lie in the package, with addresses that change with their content."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class HashedStaticFiles(StaticFilesStorage):
    """Adds the beginning of the content's hash to the address, so that browsers may keep a file for a year.

    Nothing has to be collected or copied before the program starts.
    """

    def url(self, name: str | None) -> str:
        """Return the address of a file."""
        address = super().url(name)
        digest = _digest(name or "")
        return f"{address}?v={digest}" if digest else address


@cache
def _digest(name: str) -> str:
    path = finders.find(name)
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:10] if isinstance(path, str) else ""
