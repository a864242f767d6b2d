"""Keeps addresses out of the log: receipt codes stand in them, and whatever somebody typed."""

from __future__ import annotations

import logging

# Those that name the address of a request as the last of what they tell.
_LOGGERS = ("django.request", "django.security.csrf", "kiemtin.api.entrance")


class RouteFilter(logging.Filter):
    """Puts the pattern of the address, `/r/<str:code>/`, in the place of the address that was asked for."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record; it is always told."""
        request = getattr(record, "request", None)
        if request is not None and isinstance(record.args, tuple) and record.args:
            match = getattr(request, "resolver_match", None)
            record.args = (*record.args[:-1], f"/{match.route}" if match is not None else "(no such address)")
        return True


def keep_addresses_out() -> None:
    """Have every logger that names addresses name their patterns."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(one, RouteFilter) for one in logger.filters):
            logger.addFilter(RouteFilter())
