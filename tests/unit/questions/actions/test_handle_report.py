import pytest

from kiemtin.audit.models import Event
from kiemtin.checks.exceptions import ConflictOfInterestError, EmptyTextError, NotAllowedError
from kiemtin.questions.actions.handle_report import handle_report
from kiemtin.questions.exceptions import AlreadyHandledError
from kiemtin.questions.models import Conflict, ErrorReport
from tests.publishing import published as publish
from tests.unit.questions.making import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(desk):
    check = publish("Tin", desk=desk)
    return ErrorReport.objects.create(fact_check=check, revision=check.latest, text="Sai ngày.")


def test_what_came_of_it_is_stored_and_logged_without_its_text(report, desk, checker):
    done = handle_report(report=report, by=checker, outcome="  Đã sửa.  ")
    assert (done.outcome, done.handled_by, done.handled is None) == ("Đã sửa.", checker, False)
    event = Event.objects.get(verb="report.handled")
    assert event.detail == {"report": report.pk}


def test_it_is_done_once_by_who_may_and_has_no_interest(report, desk, checker, editor, reader, outsider):
    case = make_case(desk, fact_check=report.fact_check)
    Conflict.objects.create(case=case, person=editor, reason="Cổ đông.")
    for user, error in ((reader, NotAllowedError), (outsider, NotAllowedError), (editor, ConflictOfInterestError)):
        with pytest.raises(error):
            handle_report(report=report, by=user, outcome="x")
    with pytest.raises(EmptyTextError):
        handle_report(report=report, by=checker, outcome=" ")
    handle_report(report=report, by=checker, outcome="Đúng.")
    with pytest.raises(AlreadyHandledError):
        handle_report(report=report, by=checker, outcome="Khác.")
    assert ErrorReport.objects.get().outcome == "Đúng."
