import datetime as dt

import pytest
from django.utils import timezone, translation

from kiemtin.desk.case_links import indicators_of, links_of
from kiemtin.questions.link_pages import key_of, openable
from kiemtin.questions.models import Indicator, LinkPage, Message, Sighting
from tests.unit.questions.making import make_case, make_message

TODAY = timezone.localdate
pytestmark = pytest.mark.django_db


def shown(text):
    return [(one.host, one.rest, [note for note, _ in one.notes]) for one in links_of([Message(text=text)])]


def test_links_are_shown_once_each_and_defanged():
    assert shown("Vào https://www.a.vn/Tin%20t%E1%BB%A9c?fbclid=1 hoặc m.a.vn/Tin%20t%E1%BB%A9c và b.vn") == [
        ("a[.]vn", "/Tin tức", []),
        ("b[.]vn", "", []),
    ]
    assert shown("a.vn/x%E2%80%AEy%0Az") == [("a[.]vn", "/x%E2%80%AEy%0Az", [])]
    assert len(links_of([Message(text=" ".join(f"a{n}.vn" for n in range(50)))])) == 10


@pytest.mark.parametrize(
    ("text", "words", "is_warning"),
    [
        ("v\u0456etcombank.com/x", "looks like vietcombank.com.vn", True),
        ("v\u0456etcombank.com/x", "xn--vetcombank-x2i[.]com", False),
        ("v\u0456etcombank.com/x", "several alphabets", True),
        ("vietcombank-qua.top", "bears the name of vietcombank.com.vn", True),
        ("http://vietcombank.com.vn@evil.xyz/", "before the @", True),
        ("http://1.2.3.4/a", "only a number", False),
        ("bit.ly/3xYz", "short link", False),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fa.vn", "redirect of l[.]facebook[.]com", False),
    ],
)
def test_what_is_to_be_known_of_a_link_is_said(text, words, is_warning):
    notes = links_of([Message(text=text)])[0].notes
    assert [warns for note, warns in notes if words in note] == [is_warning]


@pytest.mark.parametrize(
    ("ago", "asked", "told"),
    [
        (0, 1, "asked 1 time today"),
        (0, 3, "asked 3 times today"),
        (3, 214, "asked 214 times since {day:%A}"),
        (30, 2, "asked 2 times since {day.day}"),
    ],
)
def test_indicators_are_counted_since_a_day(db, desk, ago, asked, told):
    case = make_case(desk, messages=0)
    other = make_case(desk, messages=0)
    day = TODAY() - dt.timedelta(days=ago)
    row = Indicator.objects.create(kind="phone", digest="0" * 64, shown="…456")
    for where, count in ((case, asked), (other, 0)):
        Sighting.objects.create(message=make_message(where), indicator=row, asked=count, first=day, last=TODAY())
    (one,) = indicators_of(case)
    assert (one.kind, one.shown, one.others) == ("Telephone number", "…456", (other.pk,))
    assert one.asked.startswith(told.format(day=day))
    with translation.override("vi"):
        assert indicators_of(case)


def test_what_was_read_at_a_link_is_shown_with_it_and_why_it_was_not(db, django_assert_num_queries):
    messages = [Message(text="Xem https://a.vn/x và https://b.vn/y với bit.ly/3xYz")]
    links = {link.host: link for link in openable(messages[0].text)}
    now = timezone.now()
    made = {
        "a.vn": {"state": "read", "title": "Một tin", "led_to": "https://www.a.vn/x"},
        "b.vn": {"state": "failed", "failure": "robots"},
        "bit.ly": {"state": "read", "led_to": "https://dich.xyz/z"},
    }
    for host, fields in made.items():
        LinkPage.objects.create(key=key_of(links[host]), address=links[host].target, tried=now, **fields)
    with django_assert_num_queries(1):
        one, two, three = links_of(messages)
    assert (one.page.title, one.failure, one.led_to) == ("Một tin", "", "")
    assert two.failure == "The publisher asks programs not to read this address (robots.txt)."
    assert three.led_to == "dich[.]xyz"
    LinkPage.objects.filter(state="failed").update(failure="what-no-program-wrote")
    assert links_of(messages)[1].failure == "It could not be read."
