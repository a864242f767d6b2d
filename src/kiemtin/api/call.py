"""One call of the API: who makes it, in which language, and what is left of its limits."""

from __future__ import annotations

from contextlib import nullcontext
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from kiemtin.accounts.enums import Scope
from kiemtin.accounts.models import ApiToken
from kiemtin.accounts.tokens import find_token, note_used
from kiemtin.api.faults import ApiError
from kiemtin.audit.outage import if_it_can_be_written
from kiemtin.questions.limits import CALLING, CALLING_BY_TOKEN, Limit, Use, client_address, network_of, take
from kiemtin.questions.refusals import TooManyError


class Call(HttpRequest):
    """A request that came in through the entrance.

    Attributes
    ----------
    token
        What it was let in with; None for one that anybody may make.
    uses
        What is left of each limit that was counted.
    limits
        Those limits, also where one of them is used up.
    """

    token: ApiToken | None
    uses: tuple[Use, ...]
    limits: tuple[Limit, ...]


def call_of(request: HttpRequest) -> Call:
    """Return a request as the entrance prepared it."""
    return cast(Call, request)


def begin(request: HttpRequest) -> Call:
    """Prepare a request: no token yet, nothing counted."""
    call = cast(Call, request)
    call.token, call.uses, call.limits = None, (), ()
    return call


def address_of(call: HttpRequest) -> str:
    """Return the network address that a call came from."""
    return client_address(call.META, proxies=settings.KIEMTIN_PROXIES)


def admit(call: Call) -> None:
    """Count the call, by token or by address, and see whether its token still holds.

    Raises
    ------
    ApiError
        It does not, or the limit is reached.
    """
    secret = _bearer(call)
    token = find_token(secret) if secret else None
    is_open = token is not None and token.is_open
    if is_open and token is not None:
        call.token = token
        count(call, *CALLING_BY_TOKEN, subject=token.actor)
        with if_it_can_be_written():
            note_used(token)
        return
    count(call, *CALLING, subject=network_of(address_of(call)))
    if secret is not None:
        raise ApiError(_why(token))


def count(call: Call, *limits: Limit, subject: str) -> None:
    """Count a use of limits and keep what is left, for the answer to tell. What only reads goes on without counting.

    Raises
    ------
    ApiError
        One of them is used up.
    """
    call.limits = (*call.limits, *limits)
    is_read = call.method in ("GET", "HEAD")
    try:
        with if_it_can_be_written() if is_read else nullcontext():
            call.uses = (*call.uses, *take(*limits, subject=subject))
    except TooManyError as error:
        raise ApiError("too-many", error.sentence, retry_after=error.retry_after) from error


def needs(call: HttpRequest, scope: Scope | None = None) -> ApiToken:
    """Return the token of a call that includes a scope; without one, whatever token it came with.

    Raises
    ------
    ApiError
        There is none, or it does not.
    """
    token = call_of(call).token
    if token is None:
        raise ApiError("token-needed")
    if scope is not None and not token.has(scope):
        raise ApiError("scope-missing")
    return token


def language_of(request: HttpRequest, *, default: str) -> str:
    """Return the language to answer in, by `Accept-Language` alone."""
    for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:500]):
        if code == "*":
            break
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return default


def _bearer(call: Call) -> str | None:
    """Return what is shown as a token; None if nothing is."""
    value = call.headers.get("Authorization")
    if not value:
        return None
    scheme, _, secret = value.strip().partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def _why(token: ApiToken | None) -> str:
    if token is None:
        return "token-unknown"
    return "token-revoked" if token.revoked else "token-expired"
