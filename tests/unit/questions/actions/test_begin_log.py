import pytest

from kiemtin.audit.models import LogEntry, LogHead, PublicLog
from kiemtin.audit.publiclog.entries import Entry
from kiemtin.questions.actions.begin_log import begin_log
from kiemtin.questions.actions.decline import decline
from tests import publishing
from tests.tampering import forget_log
from tests.unit.questions.making import make_case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data")]


def test_what_was_public_before_the_log_is_taken_in_once_in_its_order(desk, editor, published, corrected):
    check = published()
    decline(case=make_case(desk), by=editor, reason="Chuyện riêng.")
    corrected(check)
    before = [bytes(row.leaf) for row in LogEntry.objects.all()]
    forget_log()
    assert begin_log() == 3
    assert [bytes(row.leaf) for row in LogEntry.objects.all()] == before
    assert [head.size for head in LogHead.objects.all()] == [3]
    publishing.published("Đăng thẳng vào bảng")
    assert begin_log() == 0
    assert LogEntry.objects.count() == 3


def test_where_nothing_is_public_the_log_begins_with_the_first_publication(desk, published):
    assert begin_log() == 0
    assert not PublicLog.objects.exists()
    published()
    assert Entry.of_leaf(bytes(LogEntry.objects.get().leaf)).kind == "published"
    assert begin_log() == 0
