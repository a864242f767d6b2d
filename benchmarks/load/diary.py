"""What was asked, when it was meant to be asked, and what came of it."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from benchmarks.desk.latency import summary

SHED = "503"


@dataclass(frozen=True)
class Entry:
    """One request: `start` is when it was meant to begin, so that a client that is held up hides nothing. Seconds."""

    kind: str
    start: float
    end: float
    status: str

    @property
    def is_good(self) -> bool:
        """Whether it was answered as it should be."""
        return self.status[0] in "23"


@dataclass
class Diary:
    """All entries of a run."""

    entries: list[Entry] = field(default_factory=list)

    def write(self, kind: str, start: float, status: str) -> None:
        """Note a request that has just ended."""
        self.entries.append(Entry(kind, start, time.perf_counter(), status))

    def between(self, start: float, end: float) -> list[Entry]:
        """Return the requests that were meant to begin then."""
        return [entry for entry in self.entries if start <= entry.start < end]


def by_kind(entries: Iterable[Entry], seconds: float) -> dict[str, Any]:
    """Return figures of each kind: rate, latencies of good answers, statuses, errors (to be turned away is none)."""
    kinds: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        kinds[entry.kind].append(entry)
    return {kind: figures(rows, seconds) for kind, rows in sorted(kinds.items())}


def figures(rows: list[Entry], seconds: float) -> dict[str, Any]:
    """Return the figures of one kind."""
    good = [row for row in rows if row.is_good]
    shed = [1000 * (row.end - row.start) for row in rows if row.status == SHED]
    found: dict[str, Any] = {
        "requests": len(rows),
        "per_second": round(len(rows) / seconds, 2),
        "good_per_second": round(len(good) / seconds, 2),
        "shed": len(shed),
        "errors": len(rows) - len(good) - len(shed),
        "statuses": dict(sorted(Counter(row.status for row in rows).items())),
    }
    if good:
        found |= summary([1000 * (row.end - row.start) for row in good])
    if shed:
        found |= {f"shed_{name}": summary(shed)[name] for name in ("p50_ms", "p95_ms")}
    return found
