"""Errors of what is done to checks and cases. Each has a stable `code`."""

from __future__ import annotations

from collections.abc import Iterable


class WorkError(Exception):
    """Something cannot be done. `code` is stable; `params` go into the sentence shown."""

    code = "work"

    def __init__(self, message: str = "", **params: object) -> None:
        super().__init__(message or self.code)
        self.params = params


class NotAllowedError(WorkError):
    """The person's role does not include it (or they are no member of the desk)."""

    code = "not-allowed"


class WrongStateError(WorkError):
    """It cannot be done in the state that the thing is in."""

    code = "wrong-state"


class OwnWorkError(WorkError):
    """Who wrote it cannot approve it."""

    code = "own-work"


class ConflictOfInterestError(WorkError):
    """The person declared an interest in the case."""

    code = "conflict-of-interest"


class StaleVersionError(WorkError):
    """Somebody else has saved since; `params["version"]` is the version that is there."""

    code = "stale-version"


class IncompleteError(WorkError):
    """Something is missing; `gaps` are the stable codes of what (see `checks.completeness`)."""

    code = "incomplete"

    def __init__(self, gaps: Iterable[str]) -> None:
        self.gaps = tuple(gaps)
        super().__init__(f"missing: {', '.join(self.gaps)}", gaps=self.gaps)


class EmptyTextError(WorkError):
    """A text that must be given is empty; `params["field"]` names it."""

    code = "empty-text"


class CopyTooLargeError(WorkError):
    """A copy of a source is larger than what is stored."""

    code = "copy-too-large"


class NotCitedError(WorkError):
    """The working copy does not cite such a page, or its address cannot be one."""

    code = "not-cited"


class PastDayError(WorkError):
    """A day to look again must be after today."""

    code = "past-day"


class CopyInUseError(WorkError):
    """A published version names the copy: it stays."""

    code = "copy-in-use"
