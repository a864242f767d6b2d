import datetime as dt

import pytest

from kiemtin.questions import limits as module
from kiemtin.questions.limits import (
    Limit,
    Use,
    check_honeypot,
    client_address,
    is_flood,
    network_of,
    take,
    take_ask,
    take_look_up,
    take_report,
)
from kiemtin.questions.models import Bucket
from kiemtin.questions.refusals import HoneypotError, TooManyError

NOW = dt.datetime(2026, 11, 24, 12, 0, 30, tzinfo=dt.UTC)
SHORT = Limit("short", 2, 60)


@pytest.mark.django_db
def test_a_limit_holds_for_its_window_and_says_when_it_ends():
    take(SHORT, subject="a", now=NOW)
    take(SHORT, subject="a", now=NOW)
    with pytest.raises(TooManyError) as caught:
        take(SHORT, subject="a", now=NOW)
    assert (caught.value.code, caught.value.retry_after) == ("too-many", 30)
    assert "1 minutes" in caught.value.sentence
    take(SHORT, subject="b", now=NOW)
    take(SHORT, subject="a", now=NOW + dt.timedelta(seconds=30))


@pytest.mark.django_db
def test_what_is_left_of_each_limit_is_told():
    long = Limit("long", 5, 600)
    assert take(SHORT, long, subject="a", now=NOW) == (Use(SHORT, 1, 30), Use(long, 4, 570))
    assert take(SHORT, subject="a", now=NOW) == (Use(SHORT, 0, 30),)


@pytest.mark.django_db
def test_nothing_raw_is_stored_and_each_limit_counts_for_itself():
    take(SHORT, Limit("long", 5, 600), subject="203.0.113.7", now=NOW)
    rows = list(Bucket.objects.values())
    assert len({row["key"] for row in rows}) == 2
    assert "203.0" not in str(rows)
    assert {row["ends"] for row in rows} == {NOW.replace(minute=1, second=0), NOW.replace(minute=10, second=0)}


@pytest.mark.django_db
def test_one_that_is_refused_is_not_counted_anywhere():
    long = Limit("long", 9, 600)
    for _ in range(2):
        take(long, SHORT, subject="a", now=NOW)
    for _ in range(3):
        with pytest.raises(TooManyError):
            take(long, SHORT, subject="a", now=NOW)
    assert sorted(Bucket.objects.values_list("count", flat=True)) == [2, 2]


@pytest.mark.django_db
@pytest.mark.parametrize(("use", "count"), [(take_ask, 30), (take_report, 5), (take_look_up, 60)])
def test_the_limits_of_an_address(use, count):
    for _ in range(count):
        use("2001:db8::1", now=NOW)
    with pytest.raises(TooManyError):
        use("2001:db8::ffff:1", now=NOW)  # the same home
    use("2001:db8:0:1::1", now=NOW)


@pytest.mark.django_db
def test_a_flood_of_one_content_is_noticed(monkeypatch):
    monkeypatch.setattr(module, "CONTENT", Limit("content", 3, 600))
    assert [is_flood("d", now=NOW) for _ in range(5)] == [False, False, False, True, True]
    assert not is_flood("e", now=NOW)


def test_a_field_that_people_do_not_see():
    check_honeypot(" ")
    with pytest.raises(HoneypotError):
        check_honeypot("http://spam.example")


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "address"),
    [
        ("203.0.113.7", "", 0, "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", 0, "203.0.113.7"),  # nobody of ours wrote that
        ("10.0.0.1", "198.51.100.1", 1, "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1", 1, "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2", 2, "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1", 2, "198.51.100.1"),
        ("10.0.0.1", "", 1, "10.0.0.1"),
        ("10.0.0.1", "unknown", 1, "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1:4711", 1, "198.51.100.1"),
        ("10.0.0.1", "[2001:DB8::1]:443", 1, "2001:db8::1"),
        ("::ffff:203.0.113.7", "", 0, "203.0.113.7"),
        ("fe80::1%eth0", "", 0, "fe80::1"),
        ("", "", 0, ""),
        ("unix:", "", 0, ""),
    ],
)
def test_the_address_of_a_client(remote, forwarded, proxies, address):
    meta = {"REMOTE_ADDR": remote, "HTTP_X_FORWARDED_FOR": forwarded}
    assert client_address(meta, proxies=proxies) == address


def test_a_home_is_one():
    assert network_of("203.0.113.7") == "203.0.113.7"
    assert network_of("2001:db8::1") == network_of("2001:db8::2")
    assert network_of("") == ""
