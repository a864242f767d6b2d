"""What can go wrong with a call: one catalogue of stable codes for both shapes of the API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja.errors import HttpError, ValidationError

from kiemtin.checks.exceptions import WorkError
from kiemtin.questions.refusals import RefusalError


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of error: HTTP status, Google's word for it (google.rpc.Code), and its sentence."""

    status: int
    google: str
    title: str | Promise


FAULTS: dict[str, Fault] = {
    "bad-host": Fault(400, "INVALID_ARGUMENT", _("This host is not served here.")),
    "bad-json": Fault(400, "INVALID_ARGUMENT", _("The body is not valid JSON.")),
    "token-unknown": Fault(401, "UNAUTHENTICATED", _("This token is not known.")),
    "token-expired": Fault(401, "UNAUTHENTICATED", _("The time of this token is over.")),
    "token-revoked": Fault(401, "UNAUTHENTICATED", _("This token was revoked.")),
    "token-needed": Fault(401, "UNAUTHENTICATED", _("This needs a token: Authorization: Bearer TOKEN.")),
    "scope-missing": Fault(403, "PERMISSION_DENIED", _("This token does not include that.")),
    "not-yours": Fault(403, "PERMISSION_DENIED", _("This belongs to somebody else.")),
    "not-found": Fault(404, "NOT_FOUND", _("There is nothing at this address.")),
    "unknown-code": Fault(404, "NOT_FOUND", _("There is no question with this code. Look at it once more.")),
    "unknown-cursor": Fault(404, "NOT_FOUND", _("There is no such page of the list: begin anew.")),
    "method-not-allowed": Fault(405, "UNIMPLEMENTED", _("This method does nothing here; see Allow.")),
    "not-acceptable": Fault(406, "INVALID_ARGUMENT", _("Answers are JSON, and nothing else.")),
    "not-asked": Fault(409, "FAILED_PRECONDITION", _("This choice does not belong to your question.")),
    "stale-version": Fault(409, "ABORTED", _("It was changed in the meantime: read it again first.")),
    "page-exists": Fault(409, "ALREADY_EXISTS", _("There is markup for this page already: change that.")),
    "gone": Fault(
        410,
        "FAILED_PRECONDITION",
        _("This check was withdrawn in the meantime, so it answers nothing any more."),
    ),
    "too-large": Fault(413, "INVALID_ARGUMENT", _("That is more than is taken at once.")),
    "not-json": Fault(415, "INVALID_ARGUMENT", _("Send JSON: Content-Type: application/json, in UTF-8.")),
    "invalid": Fault(422, "INVALID_ARGUMENT", _("Something in the call is missing or wrong.")),
    "message-empty": Fault(422, "INVALID_ARGUMENT", _("There is nothing readable in the message.")),
    "message-too-long": Fault(422, "INVALID_ARGUMENT", _("The message is too long.")),
    "message-not-text": Fault(422, "INVALID_ARGUMENT", _("The message is not text.")),
    "message-only-personal-data": Fault(
        422, "INVALID_ARGUMENT", _("Apart from personal data nothing is left to check.")
    ),
    "too-many": Fault(
        429, "RESOURCE_EXHAUSTED", _("That was very often. Try again when the time of Retry-After is over.")
    ),
    "broken": Fault(500, "INTERNAL", _("Something went wrong here. It is not your fault.")),
    "no-reader": Fault(
        501, "UNIMPLEMENTED", _("Pictures cannot be searched here: no program that reads them is installed.")
    ),
    "unavailable": Fault(503, "UNAVAILABLE", _("This is not possible here just now. Nothing was stored.")),
    "overloaded": Fault(
        503,
        "UNAVAILABLE",
        _("More is asked just now than can be answered. Try again when the time of Retry-After is over."),
    ),
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing in a call that is missing or wrong: where (a name, or a JSON pointer in the body), and what."""

    place: str
    code: str
    sentence: str | Promise
    in_body: bool = False


class ApiError(Exception):
    """A call cannot be answered. `code` is one of `FAULTS`; `detail` says more, for people."""

    def __init__(
        self, code: str, detail: str | Promise = "", *, wrong: tuple[Wrong, ...] = (), retry_after: int | None = None
    ) -> None:
        super().__init__(code)
        self.code, self.detail, self.wrong, self.retry_after = code, detail, wrong, retry_after

    @property
    def fault(self) -> Fault:
        """Its kind."""
        return FAULTS[self.code]


_REASONS: dict[str, str | Promise] = {
    "missing": _("This must be given."),
    "extra_forbidden": _("There is no such field."),
    "string_too_long": _("This is too long."),
    "string_too_short": _("This is too short."),
    "too_long": _("This is too long."),
    "too_short": _("This is too short."),
    "enum": _("This is none of the words that can stand here."),
    "literal_error": _("This is none of the words that can stand here."),
    "string_pattern_mismatch": _("This has not the form that is needed."),
    "greater_than_equal": _("This number is too small."),
    "less_than_equal": _("This number is too large."),
    "int_parsing": _("This must be a whole number."),
    "int_type": _("This must be a whole number."),
    "int_from_float": _("This must be a whole number."),
    "string_type": _("This must be text."),
    "string_unicode": _("This is not valid Unicode."),
}
_VALUE = _("This value cannot stand here.")


def of_exception(error: Exception) -> ApiError | None:
    """Return what an exception means for the caller; None for one that is our own fault."""
    if isinstance(error, ApiError):
        return error
    if isinstance(error, ValidationError):
        return ApiError("invalid", wrong=tuple(_wrong(one) for one in error.errors))
    if isinstance(error, HttpError):  # the framework's own; what its parser ran into is behind it
        cause = error.__cause__
        return cause if isinstance(cause, ApiError) else ApiError("bad-json")
    if isinstance(error, RefusalError):
        retry_after = getattr(error, "retry_after", None)
        return ApiError(error.code if error.code in FAULTS else "invalid", error.sentence, retry_after=retry_after)
    if isinstance(error, WorkError) and error.code in FAULTS:
        return ApiError(error.code)
    plain = {Http404: "not-found", RequestDataTooBig: "too-large", DisallowedHost: "bad-host"}
    code = next((code for kind, code in plain.items() if isinstance(error, kind)), None)
    return ApiError(code) if code else None


def reason_of(kind: str) -> str | Promise:
    """Return the sentence for a kind of error of the framework."""
    return _REASONS.get(kind, _VALUE)


def _wrong(error: dict[str, Any]) -> Wrong:
    """Return one error of the framework: its place begins with where it was read from."""
    place: tuple[str | int, ...] = tuple(error.get("loc", ()))
    kind, in_body = str(error.get("type", "")), place[:1] == ("body",)
    # The first name in a body is that of the view's argument, which is no part of what was sent.
    way = "".join(f"/{_token(name)}" for name in place[2:]) if in_body else ".".join(str(name) for name in place[1:])
    return Wrong(way, kind.replace("_", "-"), reason_of(kind), in_body)


def _token(name: object) -> str:
    """Return a name as part of a JSON pointer (RFC 6901)."""
    return str(name).replace("~", "~0").replace("/", "~1")
