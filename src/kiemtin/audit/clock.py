"""What is due by a clock that may have been wrong.

Times in the database come from the clock of the machine. One that was set wrong for a while, and right again, leaves
times that lie further ahead than the program ever sets them: they count as over, so that nothing waits for ever.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

CLOCKS_DIFFER = dt.timedelta(minutes=5)
"""So much clocks differ, of machines that are kept right."""


def is_over(field: str, at: dt.datetime, *, longest: dt.timedelta) -> Q:
    """Return the condition that a time is over, or further ahead than `longest`, the most that it is ever set to."""
    return Q(**{f"{field}__lte": at}) | is_from_the_future(field, at + longest)


def is_free(field: str, at: dt.datetime, *, lease: dt.timedelta) -> Q:
    """Return the condition that nobody has taken a row over, or no longer."""
    return Q(**{field: None}) | is_over(field, at, longest=lease)


def is_from_the_future(field: str, at: dt.datetime) -> Q:
    """Return the condition that a time, of something that was done, lies ahead by more than clocks differ."""
    return Q(**{f"{field}__gt": at + CLOCKS_DIFFER})
