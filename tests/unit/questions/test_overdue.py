import datetime as dt

from django.utils import timezone

from kiemtin.questions.actions.purge import purge
from kiemtin.questions.enums import CaseState
from kiemtin.questions.models import Case, Message
from kiemtin.questions.shelf import MESSAGES

TEXT = "Ông hàng xóm nhà tôi lấy trộm chậu cây của cả xóm"


def closed(desk, message):
    """Put a message into a case that was declined long ago."""
    long_ago = timezone.now() - dt.timedelta(days=200)
    case = Case.objects.create(
        desk=desk, title=TEXT, state=CaseState.DECLINED, public_reason="Chuyện riêng.", state_since=long_ago
    )
    Message.objects.filter(pk=message.pk).update(case=case, settled=True, last_asked=long_ago)
    return case


def test_a_text_that_was_deleted_is_there_again_when_somebody_asks_about_it(asking, desk):
    message = asking(TEXT).message
    case = closed(desk, message)
    assert purge() == {"texts": 1}
    last = MESSAGES.last()
    asked = asking(TEXT, asker="another")
    assert (asked.message.pk, asked.message.text) == (message.pk, TEXT)
    assert asked.case == case, "the copy is recognised all the same, and told why nobody checks it"
    assert asked.outcome
    row = Message.objects.get()
    assert (row.text, row.seq > last) == (TEXT, True)
    assert [entry.is_gone for entry in MESSAGES.changes(last, 10)] == [False]
    assert purge() == {}, "its time begins anew"
