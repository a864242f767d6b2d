"""What one process holds open for as long as it lives: indexes, and one encoder for all of them."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from threading import Lock

from django.conf import settings

from kiemtin.matching.ask import Library
from kiemtin.matching.encoder import RememberingEncoder
from kiemtin.matching.opening import installed_encoder
from kiemtin.matching.searching import Search
from kiemtin.matching.shelf import Shelf
from kiemtin.retrieval import Encoder


class Live:
    """The open library, shelves and the encoder of one folder of indexes. Each is opened when it is first asked."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._shelves: dict[str, Search] = {}
        self.library = Library(source=self._shared_encoder)

    @property
    def encoder(self) -> Encoder | None:
        """The encoder that all share, loaded at the first call; None if it is not installed."""
        with self._lock:
            return self._loaded

    def search(self, shelf: Shelf) -> Search:
        """Return the open index of a shelf."""
        with self._lock:
            if shelf.name not in self._shelves:
                self._shelves[shelf.name] = Search(shelf, source=self._shared_encoder)
            return self._shelves[shelf.name]

    @cached_property
    def _loaded(self) -> Encoder | None:
        encoder = installed_encoder()
        return None if encoder is None else RememberingEncoder(encoder)

    def _shared_encoder(self) -> Encoder | None:
        return self.encoder


_lives: dict[Path, Live] = {}
_lock = Lock()


def live() -> Live:
    """Return what this process holds open of the folder of indexes."""
    with _lock:
        return _lives.setdefault(Path(settings.KIEMTIN_INDEX or settings.KIEMTIN_DATA), Live())


def live_library() -> Library:
    """Return the library that this process holds open."""
    return live().library
