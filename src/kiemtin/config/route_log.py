"""Keeps addresses out of the log: receipt codes stand in them, and whatever somebody typed."""

from __future__ import annotations

import logging

from kiemtin.audit.outage import name_of, outage

# Those that name the address of a request as the last of what they tell.
_LOGGERS = ("django.request", "django.security.csrf", "kiemtin.api.entrance")


class RouteFilter(logging.Filter):
    """Puts the pattern of the address, `/r/<str:code>/`, in the place of the address that was asked for.

    Of a full disk or a database that is gone it tells the kind in that line, and not the way through the program.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record; it is always told."""
        request = getattr(record, "request", None)
        if request is not None and isinstance(record.args, tuple) and record.args:
            match = getattr(request, "resolver_match", None)
            record.args = (*record.args[:-1], f"/{match.route}" if match is not None else "(no such address)")
        behind = outage(record.exc_info[1]) if record.exc_info else None
        if behind is not None:
            record.msg, record.args = "%s: %s", (record.getMessage(), name_of(behind))
            record.exc_info = None
        return True


def keep_addresses_out() -> None:
    """Have every logger that names addresses name their patterns."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(one, RouteFilter) for one in logger.filters):
            logger.addFilter(RouteFilter())
