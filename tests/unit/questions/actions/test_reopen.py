from kiemtin.checks.enums import Nature
from kiemtin.questions.actions.close_not_checkable import close_not_checkable
from kiemtin.questions.actions.decline import decline
from kiemtin.questions.actions.reopen import reopen
from kiemtin.questions.enums import CaseState, ReplyState
from kiemtin.questions.models import Reply
from tests.unit.questions.making import make_case


def test_the_first_question_is_asked_anew_and_what_waits_is_not_sent(desk, checker, editor):
    case = close_not_checkable(case=make_case(desk, requests=2), by=checker, nature=Nature.OPINION, note="Ý kiến.")
    sent = Reply.objects.first()
    Reply.objects.filter(pk=sent.pk).update(state=ReplyState.SENT)
    case = reopen(case=case, by=editor)
    case.refresh_from_db()
    assert (case.state, case.nature, case.nature_note) == (CaseState.OPEN, "", "")
    assert sorted(Reply.objects.values_list("state", flat=True)) == [ReplyState.CANCELLED, ReplyState.SENT]


def test_a_declined_fact_is_still_a_fact(desk, editor):
    case = decline(case=make_case(desk, nature=Nature.FACT), by=editor, reason="Ngoài phạm vi.")
    case = reopen(case=case, by=editor)
    case.refresh_from_db()
    assert (case.state, case.nature, case.public_reason) == (CaseState.OPEN, Nature.FACT, "")


def test_closed_again_they_are_told_again(desk, checker, editor):
    case = close_not_checkable(case=make_case(desk), by=checker, nature=Nature.OPINION)
    Reply.objects.update(state=ReplyState.SENT)
    decline(case=reopen(case=case, by=editor), by=editor, reason="Ngoài phạm vi.")
    assert Reply.objects.filter(state=ReplyState.QUEUED).count() == 1
