import pytest

from kiemtin.exchange.fetching.failures import Failure, FetchError
from kiemtin.exchange.fetching.robots import Robots

PAGE = "publisher.example/check/1"


@pytest.fixture
def check(web, fetcher, tmp_path):
    robots = Robots(fetcher, tmp_path)

    def at(place):
        """Return why it may not be read; None if it may."""
        try:
            robots.check(web.url(place))
        except FetchError as error:
            return error.failure
        return None

    return at


def test_the_longest_rule_counts_and_ours_before_everybody_s(check, web):
    rules = "User-agent: *\nDisallow: /\n\nUser-agent: kiemtin\nDisallow: /check/\nAllow: /check/open*.html$\n"
    web.put("publisher.example/robots.txt", rules)
    assert check(PAGE) is Failure.ROBOTS
    assert check("publisher.example/check/open-1.html") is None
    assert check("publisher.example/other") is None


def test_each_host_is_asked_once(check, web):
    assert check(PAGE) is None
    assert check("publisher.example/check/2") is None
    assert check("other.example/check/2") is None
    assert web.paths() == ["publisher.example/robots.txt", "other.example/robots.txt"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_where_there_are_no_rules_all_may_be_read(status, check, web):
    web.put("publisher.example/robots.txt", status=status)
    assert check(PAGE) is None


@pytest.mark.parametrize(("status", "why"), [(500, Failure.BAD_STATUS), (503, Failure.BUSY), (429, Failure.BUSY)])
def test_where_they_cannot_be_had_nothing_is_read(status, why, check, web):
    web.put("publisher.example/robots.txt", status=status)
    assert check(PAGE) is why
    assert check(PAGE) is why
    assert len(web.seen) == 1


def test_rules_without_end_count_as_far_as_they_came(check, web):
    web.put("publisher.example/robots.txt", "User-agent: *\nDisallow: /check/\n" + "# x\n" * 400_000)
    assert check(PAGE) is None, "named by its length: nothing came"
    web.put("other.example/robots.txt", "User-agent: *\nDisallow: /check/\n" + "# x\n" * 400_000, packed=True)
    assert check("other.example/check/1") is Failure.ROBOTS


def test_rules_in_no_known_coding(check, web):
    web.put("publisher.example/robots.txt", b"\xff\xfeUser-agent: *\nDisallow: /check/\n")
    assert check("publisher.example/other") is None
