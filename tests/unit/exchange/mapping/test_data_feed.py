import json

import pytest

from kiemtin.checks.actions.withdraw import withdraw
from kiemtin.checks.published import every_answer
from kiemtin.exchange.mapping.data_feed import data_feed
from kiemtin.exchange.readers.base import Meter
from kiemtin.exchange.readers.registry import reader_for
from tests import publishing
from tests.schema_org import faults


@pytest.fixture(autouse=True)
def here(settings):
    settings.KIEMTIN_ADDRESS = "https://kiemtin.example"


def document():
    return b"".join(data_feed(every_answer(), changed=None))


def test_the_feed_has_the_form_of_data_commons(published):
    check = published()
    feed = json.loads(document())
    assert faults(feed) == []
    (item,) = feed["dataFeedElement"]
    assert item["@type"] == "DataFeedItem"
    assert item["url"] == item["item"][0]["url"]
    assert item["item"][0]["claimReviewed"] == check.claim


def test_an_empty_feed_is_a_feed(db):
    assert json.loads(document())["dataFeedElement"] == []


def test_withdrawn_checks_and_drafts_are_not_in_it(published, draft, editor):
    draft(claim="Chưa xong")
    withdraw(fact_check=published(), by=editor, note="Nguồn sai.")
    stands = published(claim="Một chuyện khác hẳn")
    assert [item["item"][0]["claimReviewed"] for item in json.loads(document())["dataFeedElement"]] == [stands.claim]


def test_our_own_reader_reads_it_back_without_loss(published, ready_pages, desk, tmp_path):
    ready_pages(desk, "en")
    published(work="toi", claim="Tỏi “thần” & <b>Covid</b>")
    published(work="toi", claim="Garlic cures Covid-19", language="en", verdict="scam")
    path = tmp_path / "feed.json"
    path.write_bytes(document())
    rows = list(reader_for(path).rows(path, Meter()))
    reviews = [review for row in rows for review in row.reviews]
    assert len(reviews) == 2
    for check, review in zip(every_answer(), reviews, strict=True):
        revision = check.latest
        assert (
            review.url
            == f"https://kiemtin.example{'/en' if check.language == 'en' else ''}/checks/{check.pk}/{check.slug}/"
        )
        assert review.publisher_name == "Nguồn Thật"
        assert review.publisher_site == "kiemtin.example"
        assert review.summary == revision.summary
        assert review.rating == {"vi": "Sai", "en": "Scam"}[check.language]
        assert review.rating_value == (1 if check.language == "vi" else None)
        assert review.language == check.language
        assert review.published.isoformat() == item_day(check)
        assert review.licence == "https://creativecommons.org/licenses/by/4.0/"
        assert list(review.sources) == revision.sources
        assert review.work == "kiemtin.example/toi"
        assert not review.sample
    assert reviews[1].claim == "Garlic cures Covid-19"
    assert reviews[0].claim == "Tỏi “thần” & Covid"  # the reader takes markup off, whoever wrote it


def item_day(check):
    from django.utils import timezone

    return timezone.localdate(check.published).isoformat()


def test_a_sample_is_read_back_as_a_sample(tmp_path, db):
    publishing.published("Tin mẫu", desk=publishing.desk_of(is_sample=True))
    path = tmp_path / "feed.json"
    path.write_bytes(document())
    (row,) = reader_for(path).rows(path, Meter())
    assert row.reviews[0].sample


def test_it_is_written_in_pieces_with_queries_that_do_not_grow(db, django_assert_max_num_queries):
    desk = publishing.desk_of()
    for number in range(230):
        publishing.published(f"Tin số {number}", desk=desk, slug=f"tin-{number}")
    with django_assert_max_num_queries(3):  # two batches of checks would be two; one for the desk's pages
        pieces = list(data_feed(every_answer(), changed=None))
    assert len(pieces) == 2 + 3
    assert len(json.loads(b"".join(pieces))["dataFeedElement"]) == 230


def test_batches_leave_nothing_out(db):
    desk = publishing.desk_of()
    made = [publishing.published(f"Tin số {number}", desk=desk, slug=f"tin-{number}").pk for number in range(7)]
    assert [check.pk for check in every_answer(batch=3)] == made
