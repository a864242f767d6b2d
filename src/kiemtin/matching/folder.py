"""Where an index is, and who may write to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from kiemtin.database.alone import alone_with
from kiemtin.matching.published import PUBLISHED
from kiemtin.matching.shelf import Shelf
from kiemtin.retrieval.errors import IndexLockedError


def index_folder(shelf: Shelf = PUBLISHED) -> Path:
    """Return the folder of a shelf's index, of this machine."""
    return Path(settings.KIEMTIN_INDEX or settings.KIEMTIN_DATA) / shelf.folder


@contextmanager
def writing(shelf: Shelf = PUBLISHED) -> Iterator[Path]:
    """Hold the right to change the index folder or to make it anew; yields the folder.

    Raises
    ------
    IndexLockedError
        Another process holds it. A process that dies gives it back.
    """
    folder = index_folder(shelf)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with alone_with(folder.with_suffix(".lock")) as is_mine:
        if not is_mine:
            raise IndexLockedError("another process is writing to the index", path=str(folder))
        yield folder
