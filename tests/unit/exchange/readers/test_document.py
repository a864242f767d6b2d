import gzip
import json

import pytest

from kiemtin.exchange.readers.document import ClaimReviewDocument

READER = ClaimReviewDocument()


@pytest.fixture
def document(tmp_path):
    def write(value):
        path = tmp_path / "checks.json"
        path.write_bytes(value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode())
        assert READER.recognises(path)
        return path

    return write


def test_one(document, claim_review, read):
    assert read(READER, document(claim_review(claimReviewed="một"))) == [["một"]]


def test_a_list_with_the_other_nodes_of_a_page(document, claim_review, read):
    page = [{"@type": "WebSite"}, claim_review(claimReviewed="một"), {"@type": "Person", "name": "A"}]
    assert read(READER, document(page)) == [["một"]]


def test_a_graph(document, claim_review, read):
    page = {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, claim_review(claimReviewed="một")]}
    assert read(READER, document(page)) == [["một"]]


def test_a_data_feed(document, claim_review, read):
    feed = {
        "@type": "DataFeed",
        "dataFeedElement": [
            {"@type": "DataFeedItem", "item": [claim_review(claimReviewed="một")]},
            {"@type": "DataFeedItem", "item": claim_review(claimReviewed="hai")},
            {"@type": "DataFeedItem", "item": [claim_review(claimReviewed=None), claim_review(claimReviewed="ba")]},
            {"@type": "DataFeedItem", "item": []},
            None,
        ],
    }
    assert read(READER, document(feed)) == [
        ["một"],
        ["hai"],
        (1, "no-claim"),
        ["ba"],
        (1, "no-claim-review"),
        (1, "no-claim-review"),
    ]


@pytest.mark.parametrize("value", [[], {}, {"@type": "Article"}, [{"@type": "Article"}], {"@type": "DataFeed"}])
def test_a_document_without_a_review_is_one_bad_row(document, read, value):
    assert read(READER, document(value)) == [(1, "no-claim-review")]


def test_untyped_strangers_in_a_list_are_bad_rows(document, claim_review, read):
    assert read(READER, document([claim_review(claimReviewed="một"), 7, {"a": 1}])) == [
        ["một"],
        (1, "no-claim-review"),
        (1, "no-claim-review"),
    ]


def test_a_truncated_feed_keeps_what_came_before(document, claim_review, read):
    whole = json.dumps({"dataFeedElement": [{"item": claim_review(claimReviewed=f"tin {n}")} for n in range(3)]})
    path = document(whole[: whole.rindex("tin 2")].encode())
    assert read(READER, path) == [["tin 0"], ["tin 1"], (1, "truncated")]


def test_gzip(document, claim_review, read):
    path = document(gzip.compress(json.dumps(claim_review(claimReviewed="một")).encode()))
    assert read(READER, path) == [["một"]]


def test_a_damaged_gzip_keeps_what_came_before(document, claim_review, read):
    feed = {"dataFeedElement": [{"item": claim_review(claimReviewed=f"tin {number}")} for number in range(2_000)]}
    packed = gzip.compress(json.dumps(feed).encode())
    *good, last = read(READER, document(packed[: len(packed) // 2]))
    assert good[:2] == [["tin 0"], ["tin 1"]]
    assert last[1] == "broken-gzip"


def test_numbers_as_strings_and_pretty_print(document, claim_review, read):
    text = json.dumps([claim_review(reviewRating={"ratingValue": "2", "bestRating": "5"})], indent=2)
    assert read(READER, document(text.encode())) == [["Tỏi chữa được Covid-19"]]
