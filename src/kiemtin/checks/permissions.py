"""Whether a person may: `check_x` raises, its twin answers. All of it reads the table in `checks.workflow`."""

from __future__ import annotations

from kiemtin.accounts.models import Desk, Membership, User
from kiemtin.checks.exceptions import NotAllowedError, WrongStateError
from kiemtin.checks.models import FactCheck, ScamAlert
from kiemtin.checks.workflow import RULES, Action


def role_in(user: User, desk: Desk) -> str:
    """Return the person's role in a desk, empty if they have none or are no longer active."""
    if not user.is_active:
        return ""
    return Membership.objects.filter(user=user, desk=desk).values_list("role", flat=True).first() or ""


def check_may(action: Action, *, user: User, desk: Desk, state: str = "", public: str = "") -> None:
    """Check that a person may do something in a desk, to a thing in this state.

    Raises
    ------
    NotAllowedError
        Their role does not include it.
    WrongStateError
        Their role does, but the state does not.
    """
    rule = RULES[action]
    if role_in(user, desk) not in rule.roles:
        raise NotAllowedError(f"{action} is not for this role", action=action)
    if not rule.fits(state=state, public=public):
        raise WrongStateError(f"{action} cannot be done in state {state or public}", action=action, state=state)


def may(action: Action, *, user: User, desk: Desk, state: str = "", public: str = "") -> bool:
    """Whether a person may do something in a desk, to a thing in this state."""
    return RULES[action].allows(role=role_in(user, desk), state=state, public=public)


def check_may_work(action: Action, *, user: User, work: FactCheck | ScamAlert) -> None:
    """Check that a person may do something to a fact-check or a scam alert; see `check_may`."""
    check_may(action, user=user, desk=work.desk, state=work.stage, public=work.public_state)


def may_work(action: Action, *, user: User, work: FactCheck | ScamAlert) -> bool:
    """Whether a person may do something to a fact-check or a scam alert."""
    return may(action, user=user, desk=work.desk, state=work.stage, public=work.public_state)
