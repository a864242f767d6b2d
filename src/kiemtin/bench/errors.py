"""Errors of the bench. Each has a stable `code` and `params`, so that a caller can translate it."""

from __future__ import annotations


class BenchError(Exception):
    """Base of everything the bench raises on purpose.

    Parameters
    ----------
    message
        English text, for logs and for callers that do not translate.
    **params
        Values that a translated text needs (a path, a line, a list of splits).
    """

    code = "bench"

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.params = params


class DataFileMissingError(BenchError):
    """A file that a BEIR folder must have cannot be opened; `path`."""

    code = "data-file-missing"


class UnknownSplitError(BenchError):
    """The data set has no judgments of this name; `split`, `splits` (those that exist)."""

    code = "unknown-split"


class QrelsFormatError(BenchError):
    """A line of judgments is not `query-id TAB corpus-id TAB whole number`; `path`, `line`."""

    code = "qrels-format"


class EmptyDatasetError(BenchError):
    """There is nothing to measure: no documents, or no judged query; `path`, `what`."""

    code = "empty-dataset"


class RunFormatError(BenchError):
    """A line of a run file is not a TREC run line; `path`, `line`."""

    code = "run-format"


class CacheUnusableError(BenchError):
    """The embedding cache cannot be opened, read or written; `path`."""

    code = "cache-unusable"
