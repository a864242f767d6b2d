"""How many were turned away, as a line on standard error each minute; of whom it knows nothing."""

from __future__ import annotations

import sys
import threading
from collections import Counter
from collections.abc import Callable

from kiemtin.config.admission.kinds import Kind

_EVERY = 60.0  # seconds


def _later(act: Callable[[], None]) -> None:
    timer = threading.Timer(_EVERY, act)
    timer.daemon = True
    timer.start()


class Tally:
    """Counts for one process. `later` runs what it is given in a minute."""

    def __init__(self, later: Callable[[Callable[[], None]], None] = _later) -> None:
        self._later = later
        self._counts: Counter[Kind] = Counter()
        self._lock = threading.Lock()

    def count(self, kind: Kind) -> None:
        """Count one."""
        with self._lock:
            is_first = not self._counts
            self._counts[kind] += 1
        if is_first:
            self._later(self._tell)

    def _tell(self) -> None:
        with self._lock:
            counts, self._counts = self._counts, Counter()
        told = ", ".join(f"{kind} {count}" for kind, count in sorted(counts.items()))
        total = sum(counts.values())
        print(f"web: {total} requests turned away in a minute ({told})", file=sys.stderr, flush=True)  # noqa: T201
