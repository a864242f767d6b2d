"""How processes that live long are to use memory: variables of the C library, which it reads when a program starts."""

from __future__ import annotations

import os
from typing import Final

# glibc, mallopt(3). It would keep memory apart for each of many threads; and once an array of some megabytes was given
# back, all such arrays would lie among small things, in holes that are never given back.
_VARIABLES: Final = {
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": str(1 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(8 << 20),
}


def is_told() -> bool:
    """Set the variables that are not set, for programs that are started from here; returns whether all were set."""
    missing = _VARIABLES.keys() - os.environ.keys()
    os.environ.update({name: _VARIABLES[name] for name in missing})
    return not missing
