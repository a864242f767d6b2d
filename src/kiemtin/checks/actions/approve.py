"""Approve what another person wrote."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.hands import add_approver
from kiemtin.checks.models import FactCheck
from kiemtin.checks.transition import begin, check_complete, finish
from kiemtin.checks.workflow import Action


@transaction.atomic
def approve(*, fact_check: FactCheck, by: User, version: int) -> FactCheck:
    """Approve the version that was read.

    Raises
    ------
    NotAllowedError, WrongStateError, IncompleteError
    StaleVersionError
        Another version is there than the one that was read.
    OwnWorkError
        The person wrote in this round.
    """
    row = begin(Action.APPROVE, fact_check, by=by, version=version)
    check_complete(row)
    add_approver(row, by)
    row.approver = by
    finish(Action.APPROVE, row=row, by=by)
    return row
