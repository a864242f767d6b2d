import datetime as dt
import errno

import pytest
from django.utils import timezone

from kiemtin.accounts.models import Desk
from kiemtin.audit.models import Event
from kiemtin.checks.actions.add_wordings import add_wordings
from kiemtin.matching.actions.follow import follow
from kiemtin.matching.ask import Library
from kiemtin.matching.searching import Search
from kiemtin.questions.actions.ask import ask
from kiemtin.questions.actions.read_link import read_link
from kiemtin.questions.actions.settle import settle
from kiemtin.questions.enums import Answered, PageState
from kiemtin.questions.link_pages import OF_A_MESSAGE, PageNotReadError, PageRead, openable, pages_of
from kiemtin.questions.models import LinkPage, Match, Message
from kiemtin.questions.shelf import MESSAGES
from tests.publishing import published

LINK = "https://www.tin-la.xyz/la-du-du?fbclid=1"
STORY = "Uống nước lá đu đủ mỗi sáng thì ung thư giai đoạn cuối cũng tan hết, gọi 0988 123 456 để mua"


@pytest.fixture
def library(desk):
    return Library(use_encoder=False, look_each=0)


@pytest.fixture
def put(library):
    count = iter(range(1000))

    def ask_it(text):
        return ask(text=text, channel="web", language="vi", asker=f"asker-{next(count)}", library=library)

    return ask_it


@pytest.fixture
def worker(desk):
    messages = Search(MESSAGES, use_encoder=False)
    return lambda: settle(messages=messages)


@pytest.fixture
def opens(desk):
    Desk.objects.filter(pk=desk.pk).update(opens_links=True)


class Reader:
    """Gives what a test wants, and remembers what it was asked for."""

    def __init__(self, **fields):
        given = {"title": "Tin lạ", "description": "", "text": STORY, "sha256": "a" * 64} | fields
        self.page, self.error, self.asked = given, None, []

    def __call__(self, url):
        self.asked.append(url)
        if self.error:
            raise self.error
        return PageRead(**({"url": url} | self.page))


@pytest.fixture
def reader():
    return Reader()


def test_without_the_desk_wanting_it_nothing_is_opened(put, worker, reader, library):
    put(LINK)
    worker()
    assert read_link(reader=reader, library=library) == 0
    assert not LinkPage.objects.exists()


def test_a_link_is_opened_once_however_often_and_however_it_is_asked_about(put, worker, reader, library, opens):
    put(LINK)
    put(f"Bà con xem {LINK} ngay, lá đu đủ chữa ung thư")
    worker()
    assert [read_link(reader=reader, library=library) for _ in range(3)] == [1, 0, 0]
    put("https://m.tin-la.xyz/la-du-du/?utm_source=zalo thuốc này chữa được ung thư thật sao, bác sĩ nói gì")
    worker()
    assert read_link(reader=reader, library=library) == 0
    assert reader.asked == [LINK]


def test_what_is_kept_is_masked_and_dated(put, worker, library, opens):
    put(LINK)
    worker()
    reader = Reader(title="Gọi 0988 123 456", url="https://zalo.me/0988123456")
    read_link(reader=reader, library=library)
    page = LinkPage.objects.get()
    assert (page.title, page.state, page.sha256) == ("Gọi [phone]", PageState.READ, "a" * 64)
    assert page.led_to == "https://zalo.me/[profile]"
    assert "0988" not in f"{page.text}{page.title}{page.led_to}"
    assert page.tried
    assert Event.objects.filter(verb="link.read").count() == 1


def test_of_a_page_that_cannot_be_masked_whole_nothing_is_kept(put, worker, library, opens):
    put(LINK)
    worker()
    read_link(reader=Reader(text="o912.345.678" * 40), library=library)
    page = LinkPage.objects.get()
    assert (page.title, page.text) == ("Tin lạ", "")


@pytest.mark.parametrize("error", [PageNotReadError("robots"), PageNotReadError("gone", 404), RuntimeError("boom")])
def test_what_fails_is_kept_and_stops_nothing(put, worker, reader, library, opens, error):
    put(LINK)
    put("https://khac.xyz/b")
    worker()
    reader.error = error
    assert read_link(reader=reader, library=library) == 1
    page = LinkPage.objects.get(state=PageState.FAILED)
    failure = error.failure if isinstance(error, PageNotReadError) else "interrupted"
    assert (page.failure, page.status) == (failure, getattr(error, "status", 0))
    reader.error = None
    assert read_link(reader=reader, library=library) == 1
    assert LinkPage.objects.filter(state=PageState.READ).count() == 1


def test_while_the_disk_is_full_a_link_waits(put, worker, reader, library, opens):
    put(LINK)
    worker()
    reader.error = OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(OSError, match="No space"):
        read_link(reader=reader, library=library)
    assert LinkPage.objects.get().state == PageState.WAITING
    assert read_link(reader=reader, library=library) == 0, "it is not opened again and again"
    LinkPage.objects.update(lease=None)  # as it is when it has run out
    reader.error = None
    assert read_link(reader=reader, library=library) == 1
    assert LinkPage.objects.get().state == PageState.READ


def test_what_a_page_says_is_asked_back_about_and_never_the_answer(put, worker, reader, library, opens):
    check = published("Lá đu đủ chữa được ung thư")
    add_wordings(fact_check=check, texts=[STORY.replace("0988 123 456", "")], by="test")
    follow(encoder=None)
    assert put(STORY).band is Answered.ANSWER  # as a text it would be
    assert put(LINK).band is Answered.NONE
    worker()
    read_link(reader=reader, library=library)
    match = Match.objects.get(message__text=LINK)
    assert (match.fact_check, match.probability > 0.5) == (check, True)
    again = put(LINK)
    assert (again.band, again.answers[0].fact_check) == (Answered.MAYBE, check)
    assert "link-only" in again.guards
    published("Tin khác hẳn")
    follow(encoder=None)
    assert put(LINK).band is Answered.MAYBE  # what is published meanwhile is searched for the page again


def test_a_page_says_nothing_for_a_message_that_says_more(put, worker, reader, library, opens):
    check = published("Lá đu đủ chữa được ung thư")
    add_wordings(fact_check=check, texts=[STORY], by="test")
    follow(encoder=None)
    put(f"Hồ bơi công viên mở cửa miễn phí cả tháng {LINK}")
    worker()
    read_link(reader=reader, library=library)
    assert LinkPage.objects.get().state == PageState.READ
    published("Tin khác hẳn")
    follow(encoder=None)
    put(f"Hồ bơi công viên mở cửa miễn phí cả tháng {LINK}")
    assert not Match.objects.filter(fact_check=check, probability__gt=0.3).exists()


def test_links_with_personal_data_are_not_opened_and_others_are_bounded(db):
    assert openable("https://facebook.com/[profile] https://a.vn/?phone=[phone]") == []
    assert len(openable(" ".join(f"https://a{n}.vn" for n in range(9)))) == OF_A_MESSAGE


def test_pages_are_found_by_canonical_form(put, worker, reader, library, opens, django_assert_num_queries):
    put(LINK)
    worker()
    read_link(reader=reader, library=library)
    with django_assert_num_queries(1):
        found = pages_of(["Xem tin-la.xyz/la-du-du nhé", "không có link"])
    assert [page.title for page in found.values()] == ["Tin lạ"]
    assert pages_of(["không có link"]) == {}
    assert Message.objects.get().text == LINK


def test_a_lease_that_no_clock_gives_holds_nobody(put, worker, opens, library):
    put(LINK)
    worker()
    LinkPage.objects.update(lease=timezone.now() + dt.timedelta(days=365))
    assert read_link(reader=Reader(), library=library) == 1
    assert LinkPage.objects.get().state == PageState.READ
