"""Whether what is done behind the pages is done: for the pages of those who can do something about it."""

from __future__ import annotations

from kiemtin.audit.pulse import doubted_until, is_silent, last_seen


def worker_state() -> dict[str, object]:
    """Return when a worker was last there, whether that is too long ago, and whether the clock is in doubt."""
    seen = last_seen()
    silent = is_silent(seen)
    return {"worker_seen": seen, "worker_silent": silent, "clock_in_doubt": not silent and doubted_until() is not None}
