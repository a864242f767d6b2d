"""Memory of the processes of a server over time."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from types import TracebackType
from typing import Any, Self

import numpy as np

from benchmarks.desk.server import Serving

_EVERY = 5.0  # seconds
_WARM_UP = 300.0  # seconds left out at least, if that is not more than half of the time
_LIVED = 60.0  # seconds that a process must have been there: not what is started for one picture
FLAT = 1.0
"""Megabytes a minute below which memory counts as flat."""


class Watch:
    """Looks every five seconds. A context manager."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._stop = threading.Event()
        self._rows: list[dict[str, Any]] = []
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stop.wait(_EVERY):
            at = time.time()
            self._rows += [{"at": at, **row} for row in self._serving.memory()]

    def between(self, start: float, end: float) -> list[dict[str, Any]]:
        """Return what each process held then, and how that grew after warming up."""
        series: dict[tuple[str, int], list[tuple[float, int, int]]] = defaultdict(list)
        for row in self._rows:
            if start <= row["at"] <= end:
                series[row["process"], row["pid"]].append((row["at"], row["rss_mb"], row["own_mb"]))
        since = start + warm_up(end - start)
        return [
            {"process": name, "pid": pid, **growth(rows, since)}
            for (name, pid), rows in series.items()
            if rows[-1][0] - rows[0][0] >= _LIVED
        ]


def warm_up(seconds: float) -> float:
    """Return how much of a run of so many seconds is left out: until what is kept at hand is full.

    A third, for the fewer questions come in a second the longer that takes.
    """
    return min(max(_WARM_UP, seconds / 3), seconds / 2)


def growth(rows: list[tuple[float, int, int]], since: float) -> dict[str, Any]:
    """Return first, last and highest megabytes and the slope a minute of what is its own (Theil–Sen, 1968).

    Parameters
    ----------
    rows
        Seconds, megabytes, of these its own.
    since
        When the warm-up is over.
    """
    late = [row for row in rows if row[0] >= since]
    found: dict[str, Any] = {
        "rss_first_mb": rows[0][1],
        "rss_last_mb": rows[-1][1],
        "rss_max_mb": max(row[1] for row in rows),
        "own_series_mb": [row[2] for row in rows],
    }
    if len(late) > 2:
        at, own = np.array([row[0] for row in late]), np.array([row[2] for row in late], float)
        first, second = np.triu_indices(len(late), 1)
        slope = 60 * float(np.median((own[second] - own[first]) / (at[second] - at[first])))
        found |= {"own_mb_a_minute": round(slope, 2), "is_flat": slope < FLAT}
    return found
