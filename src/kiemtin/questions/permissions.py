"""Whether a person may do something to a case. Role and state come from the table in `checks.workflow`.

What the table cannot know is the declared conflict of interest: who has one in a case does no work on it, whatever
their role.
"""

from __future__ import annotations

from django.db.models import Exists

from kiemtin.accounts.models import Membership, User
from kiemtin.checks.exceptions import ConflictOfInterestError
from kiemtin.checks.permissions import check_may
from kiemtin.checks.workflow import RULES, Action, Subject
from kiemtin.questions.models import Case, Conflict

OPEN_TO_ALL = frozenset({Action.READ_CASE, Action.NOTE, Action.RELEASE, Action.DECLARE_CONFLICT})
"""What a person with a conflict of interest may still do to the case, and not more."""

_CASE_RULES = {action: rule for action, rule in RULES.items() if rule.subject is Subject.CASE}


def has_conflict(user: User, case: Case) -> bool:
    """Whether the person declared an interest in the case."""
    return Conflict.objects.filter(case=case, person=user).exists()


def check_may_case(action: Action, user: User, case: Case) -> None:
    """Check that a person may do something to a case.

    Raises
    ------
    NotAllowedError
        Their role does not include it.
    WrongStateError
        Their role does, but the state does not.
    ConflictOfInterestError
        They declared an interest in it.
    """
    check_may(action, user=user, desk=case.desk, state=case.state)
    if action not in OPEN_TO_ALL and has_conflict(user, case):
        raise ConflictOfInterestError(f"{action}: an interest was declared", action=action)


def may_case(action: Action, user: User, case: Case) -> bool:
    """Whether a person may do something to a case."""
    return action in allowed_actions(user, case)


def allowed_actions(user: User, case: Case) -> frozenset[Action]:
    """Return all that a person may do to a case, with one query."""
    if not user.is_active:
        return frozenset()
    conflict = Exists(Conflict.objects.filter(case=case, person=user))
    found = (
        Membership.objects.filter(user=user, desk=case.desk_id).annotate(conflict=conflict).values("role", "conflict")
    ).first()
    if found is None:
        return frozenset()
    allowed = {action for action, rule in _CASE_RULES.items() if rule.allows(role=found["role"], state=case.state)}
    return frozenset(allowed & OPEN_TO_ALL if found["conflict"] else allowed)
