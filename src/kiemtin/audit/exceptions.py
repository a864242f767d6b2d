"""Errors of the audit log and of the public log."""

from __future__ import annotations


class AppendOnlyError(Exception):
    """A row that is already in a log was about to be changed or deleted."""


class ActorError(ValueError):
    """The actor is not a role-like word such as `command-line`: names and addresses do not belong in the log."""


class EntryError(ValueError):
    """The bytes of an entry of the public log are not in its form, or are too many."""


class NoteError(ValueError):
    """A signed note or a key is not in its form, or the signature does not fit."""


class LogKeyError(Exception):
    """The key that signs the heads of the public log is missing or cannot be read."""
