"""The whole table for scam alerts, walked: every action × role × state does what the table says, and nothing else."""

import pytest
from django.db import transaction

from kiemtin.audit.models import Event
from kiemtin.checks.actions.discard_alert_correction import discard_alert_correction
from kiemtin.checks.actions.publish_alert import publish_alert
from kiemtin.checks.actions.save_alert import save_alert
from kiemtin.checks.actions.send_back_alert import send_back_alert
from kiemtin.checks.actions.submit_alert import submit_alert
from kiemtin.checks.actions.withdraw_alert import withdraw_alert
from kiemtin.checks.alerts import AlertContent
from kiemtin.checks.exceptions import NotAllowedError, WrongStateError
from kiemtin.checks.models import AlertRevision, ScamAlert
from kiemtin.checks.permissions import check_may_work, may_work
from kiemtin.checks.workflow import BECOMES, RULES, Action, Subject
from tests.cast import ALERT_STATES, ROLES


def _save(row, by):
    return save_alert(alert=row, by=by, version=row.version, content=AlertContent(title="Khác", note=row.note))


DO = {
    Action.READ_ALERT: lambda row, by: check_may_work(Action.READ_ALERT, user=by, work=row),
    Action.EDIT_ALERT: _save,
    Action.SUBMIT_ALERT: lambda row, by: submit_alert(alert=row, by=by, version=row.version),
    Action.SEND_BACK_ALERT: lambda row, by: send_back_alert(alert=row, by=by, remarks="Thiếu dấu hiệu."),
    Action.PUBLISH_ALERT: lambda row, by: publish_alert(alert=row, by=by, version=row.version),
    Action.DISCARD_ALERT_CORRECTION: lambda row, by: discard_alert_correction(alert=row, by=by),
    Action.WITHDRAW_ALERT: lambda row, by: withdraw_alert(alert=row, by=by, note="Nhầm mẫu tin."),
}


def test_no_action_on_an_alert_is_left_out():
    assert set(DO) == {action for action, rule in RULES.items() if rule.subject is Subject.ALERT}


@pytest.mark.parametrize("action", DO)
@pytest.mark.parametrize("role", ROLES)
def test_the_table_is_what_happens(action, role, put_alert, someone, ready_pages):
    by, rule = someone(role), RULES[action]
    for stage, public in ALERT_STATES:
        with transaction.atomic():
            row = put_alert(stage, public)
            allowed, fits = role in rule.roles, rule.fits(state=stage, public=public)
            assert may_work(action, user=by, work=row) == (allowed and fits)
            _check_outcome(action, row, by, expected=_expected(allowed, fits))
            transaction.set_rollback(True)


def _expected(allowed, fits):
    if not allowed:
        return NotAllowedError
    return None if fits else WrongStateError


def _check_outcome(action, row, by, *, expected):
    events, before, rule = Event.objects.count(), _whole(row), RULES[action]
    if expected:
        with pytest.raises(expected) as error:
            DO[action](row, by)
        assert type(error.value) is expected
        assert (_whole(row), Event.objects.count()) == (before, events)
        return
    public = row.public_state
    DO[action](row, by)
    row.refresh_from_db()
    if not rule.verb:
        assert _whole(row) == before
        return
    event = Event.objects.last()
    assert (row.stage, row.public_state) == (rule.to, BECOMES.get(action, {}).get(public, public))
    assert (event.actor, event.verb, event.object_type) == (by.actor, rule.verb, "scam-alert")
    assert event.object_id == str(row.pk)


def _whole(row):
    """Everything that is stored of an alert."""
    return [
        list(ScamAlert.objects.filter(pk=row.pk).values()),
        list(AlertRevision.objects.filter(alert=row).values()),
        set(row.writers.values_list("pk", flat=True)),
    ]
