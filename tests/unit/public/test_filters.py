import pytest
from django.http import QueryDict

from kiemtin.public.filters import LONGEST, Filter


def test_an_address_is_read_and_written_back():
    wanted = Filter.of(QueryDict("q=t%E1%BB%8Fi&topic=health&verdict=false&language=vi&page=2"))
    assert wanted == Filter(q="tỏi", topic="health", verdict="false", language="vi")
    assert Filter.of(QueryDict(wanted.query()[1:])) == wanted
    assert wanted.query(topic="") == "?q=t%E1%BB%8Fi&verdict=false&language=vi"


@pytest.mark.parametrize("query", ["", "topic=nope", "verdict=declined", "language=xx", "q=+%00+"])
def test_what_is_not_known_is_passed_over(query):
    wanted = Filter.of(QueryDict(query))
    assert wanted.is_empty
    assert wanted.query() == ""


def test_a_long_search_is_cut():
    assert len(Filter.of(QueryDict(f"q={'a' * 9000}")).q) == LONGEST


@pytest.mark.parametrize(
    ("fields", "fits"),
    [
        ({}, True),
        ({"topic": "health"}, True),
        ({"topic": "scam"}, False),
        ({"verdict": "true"}, False),
        ({"language": "en"}, False),
        ({"topic": "health", "verdict": "false", "language": "vi"}, True),
    ],
)
def test_a_check_fits_by_its_last_revision(published, fields, fits):
    check = published()
    check.topic = check.verdict = ""  # a correction under way says nothing of what is public
    assert Filter(**fields).fits(check) is fits
