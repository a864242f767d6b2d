"""What the log says of people and their accounts: in every desk that they work in, for its administrators."""

from __future__ import annotations

from kiemtin.accounts.models import Membership, User
from kiemtin.audit.record import record


def log_person(verb: str, *, user: User, by: str, **detail: object) -> None:
    """Write what happened to a person's account into the log of each of their desks; of nobody's desk, if of none."""
    desks = list(Membership.objects.filter(user=user).order_by("desk").values_list("desk__slug", flat=True))
    for desk in desks or [""]:
        record(by=by, verb=verb, object_type="person", object_id=str(user.pk), desk=desk, detail=detail)
