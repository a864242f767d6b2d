"""Keeps what errors say out of the log: their text can hold what somebody wrote.

What is told of an error is where it happened and of which kind it is, and so of each that led to it.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from types import TracebackType

_CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n"
_CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n\n"


class ErrorFormatter(logging.Formatter):
    """Tells of an error without its own words."""

    def formatException(  # noqa: N802  (the name is the library's)
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """Return the places and the kinds of an error and of those before it."""
        if ei[0] is None:
            return ""
        return "".join(_told(traceback.TracebackException(*ei, capture_locals=False))).rstrip("\n")


def keep_texts_out() -> None:
    """Have errors told so wherever nobody else has set up logging: this program has no handler but the last."""
    if logging.lastResort is not None:
        logging.lastResort.setFormatter(ErrorFormatter())


def _told(error: traceback.TracebackException) -> Iterator[str]:
    if error.__cause__ is not None:
        yield from _told(error.__cause__)
        yield _CAUSE
    elif error.__context__ is not None and not error.__suppress_context__:
        yield from _told(error.__context__)
        yield _CONTEXT
    yield "Traceback (most recent call last):\n"
    yield from error.stack.format()
    kind = error.exc_type
    yield f"{kind.__module__}.{kind.__qualname__}\n" if kind is not None else "an error\n"
