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


def check_may_check(action: Action, *, user: User, fact_check: FactCheck) -> None:
    """Check that a person may do something to a fact-check; see `check_may`."""
    check_may(action, user=user, desk=fact_check.desk, state=fact_check.stage, public=fact_check.public_state)


def may_check(action: Action, *, user: User, fact_check: FactCheck) -> bool:
    """Whether a person may do something to a fact-check."""
    return may(action, user=user, desk=fact_check.desk, state=fact_check.stage, public=fact_check.public_state)


def check_may_alert(action: Action, *, user: User, alert: ScamAlert) -> None:
    """Check that a person may do something to a scam alert; see `check_may`."""
    check_may(action, user=user, desk=alert.desk, state=alert.stage, public=alert.public_state)


def may_alert(action: Action, *, user: User, alert: ScamAlert) -> bool:
    """Whether a person may do something to a scam alert."""
    return may(action, user=user, desk=alert.desk, state=alert.stage, public=alert.public_state)
