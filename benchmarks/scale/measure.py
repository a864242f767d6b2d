"""Clocks, memory and disk."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numpy as np

T = TypeVar("T")
P = ParamSpec("P")


def latencies(run: Callable[[T], Any], queries: Sequence[T], *, budget: float = 60.0) -> dict[str, float]:
    """Run every query once, after a few to warm up, for `budget` seconds at most; milliseconds."""
    for query in queries[:3]:
        run(query)
    taken: list[float] = []
    until = time.perf_counter() + budget
    for query in queries:
        start = time.perf_counter()
        run(query)
        end = time.perf_counter()
        taken.append(1000 * (end - start))
        if end > until and len(taken) >= 20:
            break
    p50, p99 = np.percentile(taken, [50, 99])
    return {"p50_ms": round(p50, 3), "p99_ms": round(p99, 3), "max_ms": round(max(taken), 3), "queries": len(taken)}


def memory() -> dict[str, int]:
    """Peak and present memory of this process in MB (10^6 bytes); mapped files are part of peak and of `mapped`."""
    fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines() if ":" in line)

    def megabytes(name: str) -> int:
        return round(int(fields[name].split()[0]) * 1024 / 1e6)

    return {
        "peak_mb": megabytes("VmHWM"),
        "now_mb": megabytes("VmRSS"),
        "own_mb": megabytes("RssAnon"),
        "mapped_mb": megabytes("RssFile"),
    }


def disk(path: Path) -> float:
    """Size of a file, or of all files below a folder, in MB (10^6 bytes)."""
    files = [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file()]
    return round(sum(p.stat().st_size for p in files) / 1e6, 2)


class Stopwatch:
    """Adds up the seconds spent in calls, by name."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def timed(self, name: str, call: Callable[P, T]) -> Callable[P, T]:
        """Return `call` with its time taken."""

        def wrapped(*args: P.args, **kwargs: P.kwargs) -> T:
            start = time.perf_counter()
            try:
                return call(*args, **kwargs)
            finally:
                self.add(name, time.perf_counter() - start)

        return wrapped

    def add(self, name: str, seconds: float) -> None:
        """Count seconds."""
        self.seconds[name] = self.seconds.get(name, 0.0) + seconds

    def rounded(self) -> dict[str, float]:
        """Return the seconds by name."""
        return {name: round(value, 2) for name, value in self.seconds.items()}


def batches(items: Iterator[T], size: int) -> Iterator[list[T]]:
    """Yield lists of `size`, the last one shorter."""
    batch: list[T] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
