"""What every page of the desk is given beside what its view gives."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from kiemtin.accounts.enums import Role
from kiemtin.accounts.models import Membership
from kiemtin.checks.workflow import RULES, Action
from kiemtin.desk.nav_counts import nav_counts

# Items of the navigation that not every role may open.
_NAV = {
    "outbox": Action.RETRY_REPLY,
    "people": Action.MANAGE_PEOPLE,
    "tokens": Action.MANAGE_TOKENS,
    "pages": Action.WRITE_PAGES,
    "sources": Action.FOLLOW_SOURCES,
    "log": Action.SEE_LOG,
}


class Can:
    """`{% if can.manage_people %}`: whether the role includes an action of the table, in whatever state."""

    def __init__(self, role: str) -> None:
        self.role = role

    def __getitem__(self, name: str) -> bool:
        """Return it for an action, its hyphens written as underscores."""
        return self.role in RULES[Action(name.replace("_", "-"))].roles


def desk(request: HttpRequest) -> dict[str, object]:
    """Return the desk, the desks to switch to, the role's word and what it may; nothing outside of a desk."""
    if not hasattr(request, "desk"):
        return {}
    role = Role(getattr(request, "role", ""))
    memberships: tuple[Membership, ...] = getattr(request, "memberships", ())
    return {
        "desk": getattr(request, "desk", None),
        "desks": [_entry(membership) for membership in memberships],
        "role": role.label,
        "can": Can(role),
        "nav_counts": SimpleLazyObject(lambda: nav_counts(request.desk)),
        "hide_nav": [name for name, action in _NAV.items() if role not in RULES[action].roles],
    }


def _entry(membership: Membership) -> dict[str, str]:
    return {"name": membership.desk.name, "url": reverse("desk:queue", args=[membership.desk.slug])}
