"""Limits against floods. Nothing raw is stored: a keyed hash, a window, a count."""

from __future__ import annotations

import datetime as dt
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.crypto import salted_hmac

from kiemtin.database.fleeting import fleeting
from kiemtin.questions.models import Bucket
from kiemtin.questions.refusals import HoneypotError, TooManyError
from kiemtin.questions.tally import add_one

_SALT = "kiemtin.questions.limits"
_IPV6_HOME = 64  # bits: what one household or phone is given


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many in a window of so many seconds."""

    name: str
    count: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Use:
    """What is left of a limit after a use: so many more, until its window is over in so many seconds."""

    limit: Limit
    left: int
    seconds: int


ASKING = (Limit("ask", 30, 600), Limit("ask-day", 200, 86_400))
"""Questions from one address."""

SENDING_PICTURES = (Limit("picture", 20, 600), Limit("picture-day", 100, 86_400))
"""Pictures from one address: each costs seconds of work."""

REPORTING = (Limit("report", 5, 3_600),)
"""Error reports from one address."""

LOOKING_UP = (Limit("look-up", 60, 600),)
"""Unknown receipt codes tried from one address."""

CALLING = (Limit("api", 300, 60),)
"""Calls of the API from one address."""

CALLING_BY_TOKEN = (Limit("api-token", 1_200, 60),)
"""Calls of the API with one token."""

ASKING_BY_TOKEN = (Limit("ask-token", 600, 600), Limit("ask-token-day", 20_000, 86_400))
"""Questions with one token that may ask for many people."""

CONTENT = Limit("content", 600, 600)
"""New askers of one message: what is more is answered and not counted, so that a flood moves no queue."""


_ALL = (
    *ASKING,
    *SENDING_PICTURES,
    *REPORTING,
    *LOOKING_UP,
    *CALLING,
    *CALLING_BY_TOKEN,
    *ASKING_BY_TOKEN,
    CONTENT,
)

LONGEST_WINDOW = dt.timedelta(seconds=max(limit.seconds for limit in _ALL))
"""So long a counter is kept at most."""


def take(*limits: Limit, subject: str, now: dt.datetime | None = None) -> tuple[Use, ...]:
    """Count one use of each limit; returns what is left of them.

    Raises
    ------
    TooManyError
        One of them is used up; then none is counted.
    """
    at = now or timezone.now()
    with fleeting():  # who asks has not to wait for the disk twice, and what a power cut forgets is minutes old
        return tuple(_use(limit, subject, at) for limit in limits)


def is_flood(digest: str, *, now: dt.datetime | None = None) -> bool:
    """Count a new asker of a message; whether there are more than can be believed."""
    return _count(CONTENT, digest, now or timezone.now()) > CONTENT.count


def take_ask(address: str, *, now: dt.datetime | None = None) -> None:
    """Count a question from an address (see `take`)."""
    take(*ASKING, subject=network_of(address), now=now)


def take_picture_use(address: str, *, now: dt.datetime | None = None) -> None:
    """Count a picture from an address (see `take`)."""
    take(*SENDING_PICTURES, subject=network_of(address), now=now)


def take_report(address: str, *, now: dt.datetime | None = None) -> None:
    """Count an error report from an address (see `take`)."""
    take(*REPORTING, subject=network_of(address), now=now)


def take_look_up(address: str, *, now: dt.datetime | None = None) -> None:
    """Count an unknown receipt code from an address (see `take`)."""
    take(*LOOKING_UP, subject=network_of(address), now=now)


def check_honeypot(value: str) -> None:
    """Check that a field that people do not see is empty.

    Raises
    ------
    HoneypotError
        It is not.
    """
    if value.strip():
        raise HoneypotError("a hidden field was filled in")


def client_address(meta: Mapping[str, object], *, proxies: int) -> str:
    """Return the address that a request came from, empty if it is not known.

    Parameters
    ----------
    meta
        Of the request (`HttpRequest.META`).
    proxies
        How many proxies of ours stand in front: each appends whom it was called by to X-Forwarded-For, so that many
        from the right are believed; what stands before them was written by the client.
    """
    near = _address(str(meta.get("REMOTE_ADDR") or ""))
    if proxies < 1:
        return near
    forwarded = [part.strip() for part in str(meta.get("HTTP_X_FORWARDED_FOR") or "").split(",") if part.strip()]
    return _address(forwarded[-min(proxies, len(forwarded))]) or near if forwarded else near


def network_of(address: str) -> str:
    """Return what counts as one: an IPv4 address, the /64 of an IPv6 address."""
    if ":" not in address:
        return address
    return str(ipaddress.ip_network((address, _IPV6_HOME), strict=False))


def _address(text: str) -> str:
    """Return an address in one form, without port, brackets and zone; empty if it is none."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)


def _use(limit: Limit, subject: str, at: dt.datetime) -> Use:
    count, seconds = _count(limit, subject, at), _seconds_left(limit, at)
    if count > limit.count:
        raise TooManyError(limit=limit.name, retry_after=seconds)
    return Use(limit, limit.count - count, seconds)


def _count(limit: Limit, subject: str, at: dt.datetime) -> int:
    window = int(at.timestamp()) // limit.seconds
    key = salted_hmac(f"{_SALT}:{limit.name}", subject, algorithm="sha256").hexdigest()
    ends = dt.datetime.fromtimestamp((window + 1) * limit.seconds, dt.UTC)
    return add_one(Bucket, key={"key": key, "window": window}, fresh={"ends": ends})


def _seconds_left(limit: Limit, at: dt.datetime) -> int:
    return limit.seconds - int(at.timestamp()) % limit.seconds
