"""Errors of the matching core. Each has a stable `code` and `params`, so that a caller can translate it."""

from __future__ import annotations


class RetrievalError(Exception):
    """Base of everything the matching core raises on purpose.

    Parameters
    ----------
    message
        English text, for logs and for callers that do not translate.
    **params
        Values that a translated text needs (a path, a limit, a count).
    """

    code = "retrieval"

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.params = params


class MessageError(RetrievalError):
    """The message cannot be matched at all (empty, too long, not text)."""

    code = "message"


class EmptyMessageError(MessageError):
    """Nothing readable is left of the message."""

    code = "message-empty"


class MessageTooLongError(MessageError):
    """The message is longer than `limit` characters."""

    code = "message-too-long"


class NotTextError(MessageError):
    """The message is binary data, not text."""

    code = "message-not-text"


class StoredIndexError(RetrievalError):
    """Base of errors of an index on disk."""

    code = "index"


class IndexMissingError(StoredIndexError):
    """There is no index at the path."""

    code = "index-missing"


class IndexFormatError(StoredIndexError):
    """The index was written by another version or with another encoder: rebuild it."""

    code = "index-format"


class IndexLockedError(StoredIndexError):
    """Another process is writing to the index."""

    code = "index-locked"


class IndexNotWrittenError(StoredIndexError):
    """The disk did not take it; what counted before still counts. Its cause is the system's error, if that is known."""

    code = "index-not-written"


class EncoderUnavailableError(RetrievalError):
    """The encoder's package or model is not installed."""

    code = "encoder-unavailable"


class ModelFileError(RetrievalError):
    """The fusion and calibration file is missing, damaged or of another version."""

    code = "model-file"
