"""A shelf's index held open for questions: by many threads, for as long as the process lives."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from time import monotonic

from kiemtin.matching.caution import held_back
from kiemtin.matching.folder import index_folder
from kiemtin.matching.opening import EncoderSource, installed_encoder, open_index
from kiemtin.matching.shelf import Shelf
from kiemtin.retrieval import AT_HAND, Answer, Band, Encoder, Index, Matcher, Options
from kiemtin.retrieval.errors import StoredIndexError
from kiemtin.retrieval.manifest import FILE

_LOG = logging.getLogger(__name__)
LOOK_EACH = 0.1
"""Seconds between two looks at whether another process has committed."""

NO_MARK = -1
"""Mark of an index that is not there."""

_Seen = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Searched:
    """An answer, and up to which change the index knew when it was given."""

    answer: Answer
    mark: int


class Search:
    """Asks the index of a shelf. Opens it at the first question and sees what other processes commit.

    An index that is not there or cannot be read yet finds nothing; it is looked for again.

    Parameters
    ----------
    shelf
        Whose index.
    use_encoder
        Use vectors, if the index has them and the encoder is installed.
    source
        Gives the encoder.
    look_each
        Seconds between two looks at what is new.
    """

    def __init__(
        self,
        shelf: Shelf,
        *,
        use_encoder: bool = True,
        source: EncoderSource = installed_encoder,
        look_each: float = LOOK_EACH,
    ) -> None:
        self.shelf = shelf
        self._folder = index_folder(shelf)
        self._use_encoder = use_encoder
        self._source = source
        self._look_each = look_each
        self._looked = float("-inf")
        self._seen: _Seen | None = None
        self._index: Index | None = None
        self._matcher: Matcher | None = None
        self._lock = RLock()

    def open(self) -> None:
        """Open the index now.

        Raises
        ------
        IndexMissingError, IndexFormatError
            It must be made (again).
        """
        with self._lock:
            self._open()

    def close(self) -> None:
        """Let go of the index; the next question opens it again."""
        with self._lock:
            if self._index is not None:
                self._index.close()
            self._index = self._matcher = self._seen = None
            self._looked = float("-inf")

    @property
    def encoder(self) -> Encoder | None:
        """The encoder for its index: None if it is not wanted or not installed."""
        return self._source() if self._use_encoder else None

    @property
    def mark(self) -> int:
        """Up to which change the index knows; `NO_MARK` if there is none."""
        with self._lock:
            self._refresh()
            return self._index.mark if self._index is not None else NO_MARK

    def ask(self, message: str, *, limit: int = 5) -> Searched:
        """Ask one message.

        Raises
        ------
        MessageError
            The message is empty, not text, or too long.
        """
        with self._lock:
            self._refresh()
            if self._matcher is None or self._index is None:
                return Searched(Answer(Band.NONE, encoder=False), NO_MARK)
            answer = self._matcher.ask(message, limit=limit)
            return Searched(held_back(answer, records=len(self._index)), self._index.mark)

    def look(self) -> None:
        """See at once what was committed, without waiting for the next look."""
        with self._lock:
            self._looked = float("-inf")
            self._refresh()

    def _refresh(self) -> None:
        now = monotonic()
        if now - self._looked < self._look_each:
            return
        self._looked = now
        seen = _state(self._folder)
        if seen is None or seen == self._seen:
            return
        try:
            self._follow(seen)
            self._seen = seen
        except (StoredIndexError, OSError) as error:
            # Somebody is making it anew: until they are done, what is open goes on to answer.
            _LOG.warning("the index of %s cannot be read yet: %s", self.shelf.name, type(error).__name__)

    def _follow(self, seen: _Seen) -> None:
        """Take over what was committed; a folder that was made anew, or an index of another encoder, is opened anew."""
        is_same_folder = self._seen is not None and self._seen[0] == seen[0]
        if self._index is None or not is_same_folder:
            self._open()
        else:
            self._index.reload()

    def _open(self) -> None:
        seen = _state(self._folder)
        index = open_index(self._folder, use_encoder=self._use_encoder, source=self._source)
        if self._index is not None:
            self._index.close()
        self._index = index
        most = AT_HAND if self.shelf.at_hand is None else self.shelf.at_hand
        self._matcher = Matcher(index, options=Options(encoder=self._use_encoder, at_hand=most))
        self._seen, self._looked = seen, monotonic()


def _state(folder: Path) -> _Seen | None:
    """Return what tells one commit from another: which folder, which file, when; None if there is no index."""
    try:
        manifest = (folder / FILE).stat()
        return folder.stat().st_ino, manifest.st_ino, manifest.st_mtime_ns
    except FileNotFoundError:
        return None
