import pytest

from kiemtin.desk.search import search_cases
from kiemtin.matching.actions.follow import follow
from kiemtin.matching.live import live
from kiemtin.questions.models import Case
from kiemtin.questions.shelf import MESSAGES, renumber
from tests.unit.questions.making import make_case, make_message

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(data):
    def look(text):
        hits = search_cases(text)
        return list(Case.objects.filter(hits.condition).order_by(hits.order, "pk"))

    return look


def indexed(*cases):
    renumber([message.pk for case in cases for message in case.messages.all()])
    follow(encoder=None, shelf=MESSAGES)
    live().search(MESSAGES).look()


def test_what_messages_say_is_found_with_and_without_diacritics(desk, found):
    lemon, storm = make_case(desk, title="A", messages=0), make_case(desk, title="B", messages=0)
    make_message(lemon, text="Uống nước chanh nóng mỗi sáng là khỏi ung thư, gọi [phone]")
    make_message(storm, text="Bão số 14 đổ bộ Đà Nẵng đêm mai")
    indexed(lemon, storm)
    assert found("nước chanh") == [lemon]
    assert found("nuoc chanh nong") == [lemon]
    assert found("bao do bo da nang") == [storm]
    assert found("thủ tướng") == []


def test_the_exact_number_comes_before_titles_and_titles_before_messages(desk, found):
    by_message = make_case(desk, title="A", messages=0)
    make_message(by_message, text="Nước chanh nóng chữa bệnh")
    by_title = make_case(desk, title="Nước chanh nóng", messages=0)
    indexed(by_message)
    assert found("nước chanh") == [by_title, by_message]
    numbered = make_case(desk, title=f"Tin {by_title.pk}")
    assert found(str(by_title.pk)) == [by_title, numbered]


def test_without_an_index_or_words_only_titles_are_searched(desk, found):
    case = make_case(desk, title="Nước chanh nóng")
    assert found("chanh") == [case]
    assert found("?!") == []
    assert found("") == []
