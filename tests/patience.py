"""How long a test waits for what must come about.

Only what never comes is a failure, however slow or busy the machine; how soon things come is for benchmarks to say.
"""

import time

PATIENCE = 300.0  # seconds
BROWSERS_PATIENCE = 120_000  # milliseconds, for a page, an element or an expectation


def wait_for(is_so, what="it", *, pause=0.1):
    """Ask again and again, with a pause in seconds; returns the first answer that is true.

    Raises
    ------
    AssertionError
        When patience ends.
    """
    until = time.monotonic() + PATIENCE
    while not (found := is_so()):
        assert time.monotonic() < until, f"{what} did not come about"
        time.sleep(pause)
    return found
