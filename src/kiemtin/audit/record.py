"""The one way to write to the log."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kiemtin.audit.exceptions import ActorError
from kiemtin.audit.models import Event

_ROLE = re.compile(r"[a-z][a-z0-9-]{0,99}")


def record(  # noqa: PLR0913  (who, what, where, to what)
    *,
    by: str,
    verb: str,
    desk: str,
    object_type: str = "",
    object_id: str = "",
    detail: Mapping[str, object] | None = None,
) -> Event:
    """Append one event; call it inside the transaction of what it tells about.

    Parameters
    ----------
    by
        The role in which it was done: lower-case letters, digits and hyphens, so that no name or address fits in.
    verb
        `object.verb` in the past.
    desk
        Slug of the desk that it concerns; empty for what concerns the installation. A desk's administrators read what
        concerns it and what concerns the installation.
    object_type, object_id
        What it was done to.
    detail
        Counts and states, JSON.

    Raises
    ------
    ActorError
        `by` is not a role.
    """
    if not _ROLE.fullmatch(by):
        raise ActorError("an actor is a role in lower-case letters, digits and hyphens")
    return Event.objects.create(
        actor=by, verb=verb, desk=desk, object_type=object_type, object_id=object_id, detail=dict(detail or {})
    )
