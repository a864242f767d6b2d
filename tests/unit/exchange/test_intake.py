import pytest

from kiemtin.checks.actions.upsert_external_reviews import upsert_external_reviews
from kiemtin.checks.models import ExternalReview
from kiemtin.exchange.intake import ELSEWHERE, HELD, NO_ADDRESS, OWN, Intake, host_of, is_at
from kiemtin.exchange.models import SourcedReview
from kiemtin.exchange.sources import SourceKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def theirs(review, web):
    return lambda number, **fields: review(
        number, **({"url": web.url(f"publisher.example/{number}"), "publisher_name": "Ai Đó"} | fields)
    )


def take(source, *reviews, round_=1):
    intake = Intake(source, round_)
    return intake.take(reviews, by="test", origin="x"), intake.left_out


def test_reviews_stand_under_the_name_and_licence_that_the_editor_gave(source, theirs):
    counts, _ = take(source(language="vi"), theirs(1), theirs(2, licence="CC0", language="en"))
    assert counts.added == 2
    first, second = ExternalReview.objects.order_by("key")
    assert (first.publisher_name, first.licence, first.language) == (
        "Báo Kiểm",
        "https://creativecommons.org/licenses/by/4.0/",
        "vi",
    )
    assert (second.licence, second.language) == ("CC0", "en")


def test_of_a_collection_each_keeps_its_own_publisher(source, theirs):
    take(source(is_collection=True, publisher=""), theirs(1, url="https://khac.example/1"))
    assert ExternalReview.objects.get().publisher_name == "Ai Đó"


def test_only_what_stands_on_the_publisher_s_host_is_theirs(source, theirs, settings, web):
    settings.KIEMTIN_ADDRESS = "https://kiem.example"
    given = [
        theirs(1, url="https://khac.example/1"),
        theirs(2, url="https://kiem.example/checks/2/"),
        theirs(3, url=""),
        theirs(4, url=web.url("publisher.example.evil.example/4")),
        theirs(5, url=web.url("www.publisher.example/5")),
        theirs(6, url=web.url("news.publisher.example/6")),
    ]
    counts, left_out = take(source(), *given)
    assert counts.added == 2
    assert (left_out[ELSEWHERE], left_out[OWN], left_out[NO_ADDRESS]) == (2, 1, 1)


def test_our_own_check_is_left_out_of_a_collection_too(source, theirs, settings):
    settings.KIEMTIN_ADDRESS = "https://kiem.example"
    _, left_out = take(source(is_collection=True, publisher=""), theirs(1, url="https://www.kiem.example/checks/2/"))
    assert left_out[OWN] == 1


def test_another_source_s_review_is_not_changed(source, theirs):
    first = source()
    take(first, theirs(1, rating="Sai"))
    other = source("collection.example/all.json", is_collection=True, publisher="")
    counts, left_out = take(other, theirs(1, rating="Đúng"))
    assert (counts.changed, left_out[HELD]) == (0, 1)
    assert ExternalReview.objects.get().rating == "Sai"
    assert SourcedReview.objects.get().source == first


def test_what_was_imported_by_hand_is_followed_from_then_on(source, theirs):
    upsert_external_reviews(reviews=[theirs(1)], by="test")
    take(source(), theirs(1, rating="Sai"))
    assert ExternalReview.objects.get().rating == "Sai"
    assert SourcedReview.objects.count() == 1


def test_a_claim_worded_anew_is_the_same_review(source, theirs):
    row = source()
    take(row, theirs(1))
    counts, _ = take(row, theirs(1, key="new", claim="Nói cách khác"), round_=2)
    assert counts.changed == 1
    found = ExternalReview.objects.get()
    assert (found.key, found.claim, found.sourced.key) == ("r1", "Nói cách khác", "new")
    counts, _ = take(row, theirs(1, key="new", claim="Nói cách khác"), round_=3)
    assert (counts.unchanged, counts.changed, counts.added) == (1, 0, 0)


def test_a_second_review_at_the_same_address_is_another_one(source, theirs, web):
    row, url = source(), web.url("publisher.example/1")
    take(row, theirs(1))
    take(row, theirs(1), theirs(2, url=url), round_=2)
    assert sorted(ExternalReview.objects.values_list("key", flat=True)) == ["r1", "r2"]


def test_the_same_again_writes_nothing_into_the_log(source, theirs):
    from kiemtin.audit.models import Event

    row = source()
    take(row, theirs(1))
    before = Event.objects.count()
    take(row, theirs(1), round_=2)
    assert Event.objects.count() == before
    assert SourcedReview.objects.get().round == 2


def test_statements_do_not_grow_with_the_reviews(source, theirs, django_assert_max_num_queries):
    row = source()
    with django_assert_max_num_queries(30):
        take(row, *[theirs(number) for number in range(400)])
    with django_assert_max_num_queries(15):
        take(row, *[theirs(number) for number in range(400)], round_=2)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.a.example/x", "a.example"),
        ("http://a.example:80/", "a.example"),
        ("https://a.example:80/", "a.example:80"),
        ("http://127.0.0.1:8001/x", "127.0.0.1:8001"),
        ("http://a.example:x/", ""),
        ("", ""),
    ],
)
def test_a_host_is_named_with_its_unusual_port(url, host):
    assert host_of(url) == host


def test_two_ports_of_one_machine_are_two_publishers():
    assert is_at("http://127.0.0.1:8001/x", "127.0.0.1:8001")
    assert not is_at("http://127.0.0.1:8002/x", "127.0.0.1:8001")
    assert not is_at("http://127.0.0.1:8002/x", "")


def test_kinds_have_words():
    assert all(str(kind.label) for kind in SourceKind)
