import pytest

from kiemtin.audit.models import Event
from kiemtin.checks.models import FactCheck
from kiemtin.questions.actions.report_error import report_error
from kiemtin.questions.models import ErrorReport
from kiemtin.questions.refusals import GoneError, NothingToReadError, TooManyError
from tests.publishing import published, revise


def test_a_report_is_masked_and_pinned_to_what_was_read(desk):
    check = published("Ăn tỏi")
    report = report_error(fact_check=check, text="Sai rồi, gọi 0988123456 mà hỏi", address="203.0.113.7")
    assert (report.text, report.revision) == ("Sai rồi, gọi [phone] mà hỏi", check.latest)
    revise(check)
    assert ErrorReport.objects.get().revision.number == 1
    event = Event.objects.get(verb="report.received")
    assert (event.actor, event.object_id, event.detail) == (
        "web",
        str(check.pk),
        {"report": report.pk},
    )


def test_five_an_hour(desk):
    check = published("Ăn tỏi")
    for _ in range(5):
        report_error(fact_check=check, text="Sai", address="203.0.113.7")
    with pytest.raises(TooManyError):
        report_error(fact_check=check, text="Sai", address="203.0.113.7")
    report_error(fact_check=check, text="Sai", address="203.0.113.8")
    assert ErrorReport.objects.count() == 6


def test_nothing_in_it_or_nothing_to_report_on(desk):
    with pytest.raises(NothingToReadError):
        report_error(fact_check=published("Ăn tỏi"), text=" ", address="")
    with pytest.raises(GoneError):
        report_error(fact_check=FactCheck.objects.create(desk=desk), text="Sai", address="")
