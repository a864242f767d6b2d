"""Make a token for a program."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from kiemtin.accounts.enums import Scope
from kiemtin.accounts.models import ApiToken, Desk, User
from kiemtin.accounts.tokens import digest_of, new_secret, shown_prefix
from kiemtin.audit.record import record
from kiemtin.checks.links import host_of
from kiemtin.checks.permissions import check_may
from kiemtin.checks.workflow import RULES, Action
from kiemtin.staff.exceptions import BadTokenError

VALID_DAYS = (30, 90, 365)
"""How long a token may be good for: none is for ever."""


@dataclass(frozen=True, slots=True)
class MadeToken:
    """A token's row and its secret, which is stored nowhere: it is shown once."""

    token: ApiToken
    secret: str = field(repr=False)


@transaction.atomic
def make_token(  # noqa: PLR0913  (what a token is)
    *,
    desk: Desk,
    name: str,
    scopes: Collection[Scope],
    days: int,
    by: User,
    publisher_name: str = "",
    publisher_site: str = "",
) -> MadeToken:
    """Make a token of a desk.

    Parameters
    ----------
    days
        One of `VALID_DAYS`.
    publisher_name, publisher_site
        With the scope `pages`: whose reviews it hands in, and where they stand; an address counts for its host.

    Raises
    ------
    NotAllowedError
        `by` may not manage the tokens of this desk.
    BadTokenError
        The name, the publisher or its site is missing, or it would be good for another time.
    """
    check_may(Action.MANAGE_TOKENS, user=by, desk=desk)
    ordered = [scope for scope in Scope if scope in scopes]
    is_publisher = Scope.PAGES in ordered
    site = site_of(publisher_site) if is_publisher else ""
    given = {"name": name.strip(), "days": days in VALID_DAYS}
    if is_publisher:
        given |= {"publisher_name": publisher_name.strip(), "publisher_site": site}
    for missing in (field_name for field_name, value in given.items() if not value):
        raise BadTokenError(f"{missing} is missing or wrong", field=missing)
    secret, now = new_secret(), timezone.now()
    token = ApiToken.objects.create(
        desk=desk,
        name=name.strip()[:100],
        prefix=shown_prefix(secret),
        digest=digest_of(secret),
        scopes=" ".join(ordered),
        publisher_name=publisher_name.strip()[:300] if is_publisher else "",
        publisher_site=site,
        made_by=by,
        created=now,
        expires=now + dt.timedelta(days=days),
    )
    record(
        by=by.actor,
        verb=RULES[Action.MANAGE_TOKENS].verb,
        object_type="token",
        object_id=str(token.pk),
        desk=desk.slug,
        detail={"what": "made", "scopes": [scope.value for scope in ordered], "days": days},
    )
    return MadeToken(token, secret)


def site_of(typed: str) -> str:
    """Return the host that somebody typed, as a name or a whole address, without `www.`; empty for what is none."""
    plain = typed.strip().lower()
    host = host_of(plain if "://" in plain else f"https://{plain}")
    return host if "." in host and len(host) <= 255 and " " not in host else ""
