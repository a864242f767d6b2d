"""How long tests and benchmarks wait for what must come about.

Only what never comes is a failure, however slow or busy the machine; how soon things come is for a measurement to say.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

PATIENCE = 300.0  # seconds
_Found = TypeVar("_Found")


def wait_for(is_so: Callable[[], _Found], what: str = "it", *, pause: float = 0.1) -> _Found:
    """Ask again and again, with a pause in seconds; returns the first answer that is true.

    Raises
    ------
    AssertionError
        When patience ends.
    """
    until = time.monotonic() + PATIENCE
    while not (found := is_so()):
        if time.monotonic() > until:
            raise AssertionError(f"{what} did not come about")
        time.sleep(pause)
    return found
