"""Whatever is merged, split and undone: each message is in one standing case, and all is counted."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.checks.enums import Nature
from kiemtin.checks.exceptions import WorkError
from kiemtin.questions.actions.close_not_checkable import close_not_checkable
from kiemtin.questions.actions.merge import merge
from kiemtin.questions.actions.reopen import reopen
from kiemtin.questions.actions.split import split
from kiemtin.questions.actions.undo_change import undo_change
from kiemtin.questions.counters import counters
from kiemtin.questions.enums import CaseState, ReplyState
from kiemtin.questions.models import Case, CaseChange, Message, Reply
from kiemtin.questions.outcomes import DECIDED
from tests.examples import examples
from tests.unit.questions.making import make_case

pytestmark = pytest.mark.django_db

_pick = st.integers(0, 30)
_steps = st.lists(
    st.one_of(
        st.tuples(st.just("merge"), _pick, _pick, st.booleans()),
        st.tuples(st.just("split"), _pick, st.lists(_pick, min_size=1, max_size=3), st.none()),
        st.tuples(st.just("undo"), _pick, st.none(), st.booleans()),
        st.tuples(st.just("close"), _pick, st.none(), st.none()),
        st.tuples(st.just("reopen"), _pick, st.none(), st.none()),
    ),
    min_size=3,
    max_size=12,
)


def chosen(rows, number):
    rows = list(rows.order_by("pk"))
    return rows[number % len(rows)] if rows else None


def take_step(step, by):
    verb, first, second, tell = step
    case = chosen(Case.objects.all(), first)
    if verb == "merge":
        merge(source=case, target=chosen(Case.objects.all(), second), by=by, tell_askers=tell)
    elif verb == "split":
        messages = {chosen(case.messages.all(), number) for number in second} - {None}
        split(case=case, messages=messages, by=by, title="Tin khác")
    elif verb == "undo":
        change = chosen(CaseChange.objects.all(), first)
        if change is not None:
            undo_change(change=change, by=by, tell_askers=tell)
    elif verb == "close":
        close_not_checkable(case=case, by=by, nature=Nature.SATIRE)
    else:
        reopen(case=case, by=by)


def check_sound(messages):
    assert {(message.pk, message.digest) for message in Message.objects.all()} == messages
    assert not Message.objects.filter(case=None).exists()
    for case in Case.objects.all():
        assert {name: getattr(case, name) for name in counters(case)} == counters(case)
        if case.state == CaseState.MERGED:
            assert case.merged_into is not None
            assert not case.messages.exists()
    # Nobody waits for the outcome of a case that they are not part of, or that is not decided.
    for reply in Reply.objects.filter(state=ReplyState.QUEUED).select_related("request__message__case"):
        case = reply.request.message.case
        assert case.pk == reply.case_id
        assert case.state in DECIDED


@given(steps=_steps)
@examples(25)
def test_messages_are_never_lost_and_always_counted(steps, desk, editor):
    Reply.objects.all().delete()
    CaseChange.objects.all().delete()
    for message in Message.objects.all():
        message.requests.all().delete()
    Message.objects.all().delete()
    Case.objects.update(state=CaseState.OPEN, merged_into=None)
    Case.objects.all().delete()
    for _ in range(3):
        make_case(desk, messages=2)
    messages = {(message.pk, message.digest) for message in Message.objects.all()}
    done = 0
    for step in steps:
        with suppress(WorkError):
            take_step(step, editor)
            done += 1
        check_sound(messages)
