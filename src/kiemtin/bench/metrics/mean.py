"""The mean over queries."""

from __future__ import annotations

from collections.abc import Iterable


def mean(values: Iterable[float]) -> float | None:
    """Return the arithmetic mean, added up from left to right; None of nothing.

    Not `sum` and not `fsum`: from Python 3.12 on they round better than the reference implementations do, and
    the last digit would differ.
    """
    total, count = 0.0, 0
    for value in values:
        total += value
        count += 1
    return total / count if count else None
