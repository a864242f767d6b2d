"""How long a test waits for what must come about: as long as a benchmark does, so that no slow machine is a failure."""

from benchmarks.patience import PATIENCE, wait_for

BROWSERS_PATIENCE = 120_000  # milliseconds, for a page, an element or an expectation

__all__ = ["BROWSERS_PATIENCE", "PATIENCE", "wait_for"]
