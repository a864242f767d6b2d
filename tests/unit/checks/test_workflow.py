"""The whole table for fact-checks, walked: every action × role × state does what the table says, and nothing else."""

import pytest
from django.db import transaction
from django.utils import timezone

from kiemtin.accounts.enums import Role
from kiemtin.accounts.models import User
from kiemtin.audit.models import Event
from kiemtin.checks.actions.approve import approve
from kiemtin.checks.actions.discard_correction import discard_correction
from kiemtin.checks.actions.drop_copy import drop_copy
from kiemtin.checks.actions.hold_source import hold_source, mark
from kiemtin.checks.actions.keep_copy import hand_in_copy
from kiemtin.checks.actions.license_copy import license_copy
from kiemtin.checks.actions.publish import publish
from kiemtin.checks.actions.recall import recall
from kiemtin.checks.actions.recheck import recheck
from kiemtin.checks.actions.save_draft import save_draft
from kiemtin.checks.actions.send_back import send_back
from kiemtin.checks.actions.start_correction import start_correction
from kiemtin.checks.actions.submit import submit
from kiemtin.checks.actions.take_copy import take_copy
from kiemtin.checks.actions.withdraw import withdraw
from kiemtin.checks.draft import DraftContent
from kiemtin.checks.enums import PublicState, Stage
from kiemtin.checks.exceptions import NotAllowedError, WrongStateError
from kiemtin.checks.models import CitedSource, FactCheck, StoredCopy
from kiemtin.checks.permissions import check_may_work, may_work
from kiemtin.checks.signals import stage_changed
from kiemtin.checks.workflow import RULES, Action, Subject
from tests.cast import CHECK_STATES, ROLES


def _save(check, by):
    return save_draft(
        fact_check=check, by=by, version=check.version, content=DraftContent(claim="Một câu khác", note=check.note)
    )


PAGE = "https://example.org/who"


def _copy(check):
    kind = {"media_type": "application/pdf", "size": 1, "method": "uploaded"}
    return StoredCopy.objects.create(fact_check=check, page="example.org/who?", url=PAGE, sha256="a" * 64, **kind)


def _hold(check, by):
    revision = check.latest or _revision_of_another(check.desk, by)
    source = CitedSource.objects.create(
        fact_check=check, revision=revision, page="example.org/who?", url=PAGE, standing="gone", flagged=timezone.now()
    )
    return hold_source(source=source, by=by, seen=mark(source))


def _revision_of_another(desk, by):
    somebody_else = User.objects.create_user(email="ai-khac@example.org", name="Ai Khác")
    return FactCheck.objects.create(desk=desk).revisions.create(**REVISION, author=by, approver=somebody_else)


REVISION = {"number": 1, "kind": "first", "claim": "x", "verdict": "false", "summary": "x", "body": "x"}
REVISION |= {"topic": "health", "language": "vi", "source_count": 2, "independent_count": 1}
PDF = {"content": b"%PDF-1.7", "media_type": "application/pdf"}

DO = {
    Action.READ_CHECK: lambda check, by: check_may_work(Action.READ_CHECK, user=by, work=check),
    Action.EDIT: _save,
    Action.SUBMIT: lambda check, by: submit(fact_check=check, by=by, version=check.version),
    Action.RECALL: lambda check, by: recall(fact_check=check, by=by),
    Action.SEND_BACK: lambda check, by: send_back(fact_check=check, by=by, remarks="Thiếu nguồn."),
    Action.APPROVE: lambda check, by: approve(fact_check=check, by=by, version=check.version),
    Action.PUBLISH: lambda check, by: publish(fact_check=check, by=by),
    Action.START_CORRECTION: lambda check, by: start_correction(fact_check=check, by=by),
    Action.DISCARD_CORRECTION: lambda check, by: discard_correction(fact_check=check, by=by),
    Action.TAKE_COPY: lambda check, by: take_copy(fact_check=check, by=by, url=PAGE),
    Action.HAND_IN_COPY: lambda check, by: hand_in_copy(fact_check=check, by=by, url=PAGE, **PDF),
    Action.DROP_COPY: lambda check, by: drop_copy(copy=_copy(check), by=by),
    Action.LICENSE_COPY: lambda check, by: license_copy(copy=_copy(check), by=by, licence="public"),
    Action.HOLD_SOURCE: _hold,
    Action.RECHECK: lambda check, by: recheck(fact_check=check, by=by),
    Action.WITHDRAW: lambda check, by: withdraw(fact_check=check, by=by, note="Nguồn chính đã rút."),
}


def test_no_action_on_a_check_is_left_out():
    assert set(DO) == {action for action, rule in RULES.items() if rule.subject is Subject.CHECK}


def test_every_action_has_a_rule_and_what_changes_something_an_event_and_a_label_in_words():
    assert set(RULES) == set(Action)
    assert all(str(rule.label) for rule in RULES.values())
    silent = {action for action, rule in RULES.items() if not rule.verb}
    assert silent == {Action.READ_CASE, Action.READ_CHECK, Action.READ_ALERT, Action.SEE_QUEUE, Action.SEE_LOG}


@pytest.mark.parametrize("action", DO)
@pytest.mark.parametrize("role", ROLES)
def test_the_table_is_what_happens(action, role, put_check, someone, ready_pages, data):
    by, rule = someone(role), RULES[action]
    for stage, public in CHECK_STATES:
        with transaction.atomic():
            check = put_check(stage, public)
            allowed = role in rule.roles
            fits = rule.fits(state=stage, public=public)
            assert may_work(action, user=by, work=check) == (allowed and fits)
            _check_outcome(action, check, by, expected=_expected(allowed, fits))
            transaction.set_rollback(True)


def _expected(allowed, fits):
    if not allowed:
        return NotAllowedError
    return None if fits else WrongStateError


def _check_outcome(action, check, by, *, expected):
    told, events, before = [], Event.objects.count(), _whole(check)

    def hear(**given):
        told.append(given["action"])

    stage_changed.connect(hear)
    try:
        if expected:
            with pytest.raises(expected) as error:
                DO[action](check, by)
            assert type(error.value) is expected
            assert (_whole(check), Event.objects.count(), told) == (before, events, [])
        else:
            DO[action](check, by)
            _check_done(action, check, by, told, before[0][0]["stage"])
    finally:
        stage_changed.disconnect(hear)


def _check_done(action, check, by, told, stage):
    rule = RULES[action]
    check.refresh_from_db()
    if not rule.verb:
        assert told == []
        return
    event = Event.objects.last()
    assert told == ([action] if rule.to else [])
    assert check.stage == (rule.to or stage)
    assert (event.actor, event.verb, event.object_type) == (by.actor, rule.verb, "fact-check")
    assert event.object_id == str(check.pk)


def _whole(check):
    """Everything that is stored of a check."""
    return [
        list(FactCheck.objects.filter(pk=check.pk).values()),
        *(list(rows.order_by("pk").values()) for rows in (check.sources, check.hands, check.revisions)),
    ]


def test_who_is_no_longer_active_has_no_role(put_check, someone):
    by = someone(Role.ADMINISTRATOR)
    by.is_active = False
    by.save()
    with pytest.raises(NotAllowedError):
        recall(fact_check=put_check(Stage.SUBMITTED, PublicState.UNPUBLISHED), by=by)
