"""Latencies of one request after the other."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from benchmarks.desk.probes import Probe, ProbeError

_WARM = 3


def measure(
    probes: Iterable[Probe], *, count: int, budget: float, processor: Callable[[], float] = lambda: 0.0
) -> dict[str, Any]:
    """Run each probe `count` times, for `budget` seconds at most; milliseconds.

    Parameters
    ----------
    processor
        Returns the seconds of processor that the web processes have used: `cpu_ms` is what one run takes of it. Other
        work on the machine changes it far less than the time on the clock.
    """
    return {probe.name: _measure(probe, count, budget, processor) for probe in probes}


def summary(taken: list[float]) -> dict[str, float]:
    """Return percentiles of milliseconds."""
    p50, p95, p99 = np.percentile(taken, [50, 95, 99])
    found = {"p50_ms": p50, "p95_ms": p95, "p99_ms": p99, "max_ms": max(taken)}
    return {**{name: round(float(value), 1) for name, value in found.items()}, "count": len(taken)}


def _measure(probe: Probe, count: int, budget: float, processor: Callable[[], float]) -> dict[str, Any]:
    taken: dict[str, list[float]] = defaultdict(list)
    until = time.perf_counter() + budget
    used = 0.0
    try:
        for at in range(count + _WARM):
            if at == _WARM:
                used = processor()
            parts = probe.run()
            if at >= _WARM:
                for name, value in parts.items():
                    taken[name].append(value)
            if time.perf_counter() > until and at > _WARM:
                break
    except StopIteration:
        pass  # there are no more texts of this kind
    except (ProbeError, OSError, KeyError) as error:
        return {"error": f"{type(error).__name__}: {error}"}
    every = taken.pop("all", [])
    if not every:
        return {"error": "there was nothing to measure"}
    spent = 1000 * (processor() - used) / len(every)
    found: dict[str, Any] = {
        **summary(every),
        "cpu_ms": round(spent, 1),
        **({"goal_ms": probe.goal} if probe.goal else {}),
    }
    return found | {name: summary(part) for name, part in taken.items()}
