import pytest

from kiemtin.audit.models import LogEntry, LogHead, PublicLog
from kiemtin.audit.publiclog.entries import Entry
from kiemtin.questions.actions.begin_log import begin_log
from kiemtin.questions.actions.decline import decline
from kiemtin.staff.actions.write_page import write_page
from tests import publishing
from tests.tampering import forget_log
from tests.unit.questions.making import make_case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data")]


def test_what_was_public_before_the_log_is_taken_in_once_in_its_order(desk, editor, logged_pages, published, corrected):
    check = published()
    decline(case=make_case(desk), by=editor, reason="Chuyện riêng.")
    corrected(check)
    before = [bytes(row.leaf) for row in LogEntry.objects.all()]
    forget_log()
    assert begin_log() == 6
    assert [bytes(row.leaf) for row in LogEntry.objects.all()] == before
    assert [head.size for head in LogHead.objects.all()] == [6]
    publishing.published("Đăng thẳng vào bảng")
    assert begin_log() == 0
    assert LogEntry.objects.count() == 6


def test_pages_and_alerts_are_taken_in_too(logged_pages, published, published_alert, corrected_alert):
    corrected_alert(published_alert(checks=(published().pk,)))
    before = [row.about for row in LogEntry.objects.all()]
    forget_log()
    assert begin_log() == 6
    assert [row.about for row in LogEntry.objects.all()] == before


def test_where_nothing_is_public_the_log_begins_with_the_first_publication(desk, editor):
    assert begin_log() == 0
    assert not PublicLog.objects.exists()
    write_page(desk=desk, kind="method", language="vi", body="So với nguồn.", by=editor, expected_number=0)
    assert Entry.of_leaf(bytes(LogEntry.objects.get().leaf)).kind == "published"
    assert begin_log() == 0
