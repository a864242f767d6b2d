"""Asking with the real index, from the first copy that nobody has checked to one that is answered at once."""

import pytest

from kiemtin.checks.actions.add_wordings import add_wordings
from kiemtin.matching.actions.follow import follow
from kiemtin.matching.ask import Library
from kiemtin.matching.searching import Search
from kiemtin.questions.actions.ask import ask
from kiemtin.questions.actions.settle import settle
from kiemtin.questions.enums import Answered
from kiemtin.questions.models import Message
from kiemtin.questions.refusals import NotATextError
from kiemtin.questions.shelf import MESSAGES
from tests.publishing import published, withdraw
from tests.unit.questions.making import publish_case

COPY = "KHẨN: uống nước lá đu đủ mỗi sáng thì ung thư giai đoạn cuối cũng tan hết, gọi 0988123456 để mua"
MANGLED = (
    "mọi ng ơi khẩn uống nước lá đu đủ mỗi sáng thì ung thư giai đoạn cuối cũng tan hết, gọi 0911222333 mua nha 🙏"
)


@pytest.fixture
def library(desk):
    return Library(use_encoder=False, look_each=0)


@pytest.fixture
def put(library):
    count = iter(range(1000))

    def ask_it(text):
        asker = f"asker-{next(count)}"
        return ask(text=text, channel="web", language="vi", asker=asker, library=library)

    return ask_it


def test_from_nothing_to_an_answer_and_back(put, desk):
    assert put(COPY).band is Answered.NONE
    settle(messages=Search(MESSAGES, use_encoder=False))
    assert Message.objects.get().case is not None
    check = published("Lá đu đủ chữa được ung thư")
    add_wordings(fact_check=check, texts=[Message.objects.get().text], by="test")
    follow(encoder=None)
    asked = put(MANGLED)
    assert (asked.band, asked.answers[0].fact_check) == (Answered.ANSWER, check)
    assert asked.request.shown == check.latest
    assert asked.message.settled
    assert put("Tối nay tia vũ trụ bay sát trái đất, nhớ tắt điện thoại").band is Answered.NONE
    withdraw(check)
    assert put(MANGLED).band is Answered.NONE
    follow(encoder=None)
    again = put(MANGLED)
    assert (again.band, again.message.settled) == (Answered.NONE, False)


@pytest.mark.parametrize("link", ["https://example.org/la-du-du", "http://example.org/a?b=c xem đi"])
def test_a_link_alone_is_never_answered_at_once(put, link):
    published("Lá đu đủ chữa được ung thư", wordings=[link])
    follow(encoder=None)
    asked = put(link)
    assert asked.band is not Answered.ANSWER
    assert "link-only" in asked.guards


def test_what_only_the_matching_core_cannot_read_is_refused_too(put):
    published("Lá đu đủ chữa được ung thư")
    follow(encoder=None)
    with pytest.raises(NotATextError):
        put("\ufffd\ufffd\ufffd\ufffd a 0988123456 0988123457 0988123458 0988123459")
    assert not Message.objects.exists()


def test_another_number_is_asked_back_about(put):
    published("Từ ngày 1/1 mỗi xe máy phải đóng phí 500.000 đồng một năm")
    follow(encoder=None)
    asked = put("Từ ngày 1/1 mỗi xe máy phải đóng phí 900.000 đồng một năm")
    assert asked.band is Answered.MAYBE
    assert "amounts" in asked.guards


@pytest.mark.parametrize("words", ["", "mọi người ơi link này có thật không ạ "])
def test_a_link_is_answered_only_by_the_case_of_that_very_link(put, desk, checker, editor, ready_pages, words):
    asked = put(f"{words}https://a.vn/la-du-du-chua-ung-thu?fbclid=1")
    assert asked.band is Answered.NONE
    settle(messages=Search(MESSAGES, use_encoder=False))
    case = Message.objects.get().case
    publish_case(case, author=checker, editor=editor, claim="Lá đu đủ chữa ung thư")
    follow(encoder=None)
    same = put("https://m.a.vn/la-du-du-chua-ung-thu/?utm_source=zalo")
    assert (same.band, same.message, same.answers[0].fact_check) == (Answered.ANSWER, asked.message, case.fact_check)
    for other in ("https://a.vn/la-du-du-chua-ung-thu-2", f"{words}https://b.vn/la-du-du-chua-ung-thu"):
        found = put(other)
        assert found.band is not Answered.ANSWER
        assert "link-only" in found.guards
    assert settle(messages=Search(MESSAGES, use_encoder=False)).joined == 0
