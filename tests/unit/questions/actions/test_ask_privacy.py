"""What an asker pastes never reaches a table, an index, a log or an error unmasked."""

import logging

import pytest
from django.db import connection

from kiemtin.matching.actions.follow import follow, follow_and_look
from kiemtin.matching.ask import Library
from kiemtin.matching.searching import Search
from kiemtin.questions.actions import ask as module
from kiemtin.questions.actions.ask import ask
from kiemtin.questions.actions.report_error import report_error
from kiemtin.questions.actions.settle import settle
from kiemtin.questions.asker import asker_of
from kiemtin.questions.limits import take_ask
from kiemtin.questions.refusals import RefusalError
from kiemtin.questions.shelf import MESSAGES
from tests.publishing import published

PHONES = ("0988123456", "0988 123 456", "0988.123.456", "+84 988 123 456", "09\u200b88123456")
MAIL, ADDRESS, AGENT = "nguyen.van.a@gmail.com", "203.0.113.7", "TelephoneBrowser/1.0"
TEXT = "Chị gọi ngay {} hoặc viết cho {} để nhận lại tiền bị treo, ngân hàng nói vậy có đúng không"


def stored():
    """All that stands in any table and any file of the data folder, as bytes without separators."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            yield from (f"{table}: {row}".encode() for row in cursor.fetchall())


def squeezed(content):
    return content.replace(b" ", b"").replace(b".", b"").replace("\u200b".encode(), b"")


@pytest.fixture
def messages(desk):
    return Search(MESSAGES, use_encoder=False)


@pytest.mark.parametrize("phone", PHONES)
def test_nothing_personal_reaches_a_table_or_a_file(phone, desk, data, messages, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    check = published("Ngân hàng trả lại tiền bị treo nếu gọi số này")
    follow(encoder=None)
    library = Library(use_encoder=False)
    text = TEXT.format(phone, MAIL)
    for _ in range(2):
        take_ask(ADDRESS)
        ask(text=text, channel="web", language="vi", asker=asker_of(address=ADDRESS, agent=AGENT), library=library)
    settle(messages=messages)
    follow_and_look(messages)
    report_error(fact_check=check, text=text, address=ADDRESS)
    files = [path.read_bytes() for path in data.rglob("*") if path.is_file()]
    assert any(b"[phone]" in row for row in stored())
    assert files
    out, err = capfd.readouterr()
    for content in [*stored(), *files, caplog.text.encode(), out.encode(), err.encode()]:
        assert b"988123456" not in squeezed(content)
        for secret in (MAIL, ADDRESS, AGENT):
            assert secret.encode() not in content


def test_an_error_on_the_way_holds_no_text(desk, library, monkeypatch):
    def fail(*_args, **_kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(module, "_message", fail)
    with pytest.raises(RuntimeError) as caught:
        ask(text=TEXT.format(PHONES[0], MAIL), channel="web", language="vi", asker="a", library=library)
    assert MAIL not in str(caught.value)
    with pytest.raises(RefusalError) as refused:
        ask(text=PHONES[0], channel="web", language="vi", asker="a", library=library)
    assert refused.value.__cause__ is None
    assert refused.value.__context__ is None
    assert PHONES[0] not in str(refused.value)
