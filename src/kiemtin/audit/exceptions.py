"""Errors of the audit log."""

from __future__ import annotations


class AppendOnlyError(Exception):
    """An event that is already in the log was about to be changed or deleted."""


class ActorError(ValueError):
    """The actor is not a role-like word such as `command-line`: names and addresses do not belong in the log."""
