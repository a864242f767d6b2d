"""Errors of asking. Each has a stable `code`."""

from __future__ import annotations

from kiemtin.retrieval.errors import IndexNotWrittenError, MessageError, RetrievalError, StoredIndexError

__all__ = [
    "EmptyLibraryError",
    "IndexNotWrittenError",
    "MessageError",
    "RetrievalError",
    "StoredIndexError",
    "WorkerError",
]


class EmptyLibraryError(Exception):
    """No check was ever imported, so nothing can be answered."""

    code = "library-empty"


class WorkerError(Exception):
    """A worker process ended before its work was done (most often for want of memory)."""

    code = "worker"
