"""What was tried and what was acknowledged, kept outside of the program."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

TRIED, DONE = "tried", "done"


@dataclass(frozen=True)
class Entry:
    """One thing that was tried, or that the program acknowledged: what, on which object, and more."""

    number: int
    stage: str
    what: str
    more: dict[str, Any]

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401  (whatever was written)
        return self.more[name]


class Journal:
    """Entries in their order; many threads may write. What is `tried` is written before the request, `done` after."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock, self._numbers = Lock(), itertools.count()
        self._file = path.open("w", encoding="utf-8")
        self._counts: Counter[tuple[str, str]] = Counter()

    def tried(self, what: str, **more: object) -> None:
        """Write that something is about to be asked of the program."""
        self._write(TRIED, what, more)

    def done(self, what: str, **more: object) -> None:
        """Write that the program acknowledged something (HTTP 2xx or 3xx)."""
        self._write(DONE, what, more)

    def counts(self, stage: str = DONE) -> dict[str, int]:
        """Return how often each thing was done, or tried."""
        with self._lock:
            return {what: count for (kind, what), count in sorted(self._counts.items()) if kind == stage}

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _write(self, stage: str, what: str, more: dict[str, object]) -> None:
        with self._lock:
            line = {"number": next(self._numbers), "stage": stage, "what": what, "more": more}
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
            self._file.flush()
            self._counts[stage, what] += 1


def read(path: Path) -> list[Entry]:
    """Return the entries of a file."""
    return [Entry(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
