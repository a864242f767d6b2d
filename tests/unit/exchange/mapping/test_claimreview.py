import datetime as dt
import json

import pytest

from kiemtin.exchange.mapping.claimreview import claim_reviews, to_review, types
from kiemtin.exchange.rows import Fault, RowError


def test_a_complete_claim_review(claim_review):
    review = to_review(
        claim_review(
            claimReviewed="T&#7887;i <b>chữa</b> Covid",
            reviewBody="<p>Không.</p>",
            inLanguage="vi",
            sdLicense="https://creativecommons.org/licenses/by/4.0/",
            itemReviewed={"@type": "Claim", "datePublished": "2020-04-30T08:00:00Z"},
        )
    )
    assert review.claim == "Tỏi chữa Covid"
    assert (review.publisher_name, review.publisher_site) == ("Báo Kiểm", "example.org")
    assert (review.rating, review.rating_value, review.rating_best, review.rating_worst) == ("Sai", 1.0, 5.0, None)
    assert (review.published, review.claim_date) == (dt.date(2020, 5, 1), dt.date(2020, 4, 30))
    assert (review.summary, review.language) == ("Không.", "vi")
    assert review.licence == "https://creativecommons.org/licenses/by/4.0/"


def test_nothing_about_people_is_read(claim_review):
    person = {"@type": "Person", "name": "Nguyễn Văn Riêng", "sameAs": "https://x.example/rieng", "jobTitle": "Rieng"}
    node = claim_review(
        author=person,
        itemReviewed={
            "@type": "Claim",
            "author": person,
            "name": "Riêng",
            "appearance": [{"@type": "CreativeWork", "url": "https://x.example/rieng/1", "author": person}],
            "firstAppearance": {"url": "https://x.example/rieng/2"},
        },
        creator=person,
        citation=["https://x.example/rieng/3"],
        contributor="Riêng",
        userId="rieng",
    )
    shown = repr(to_review(node)).lower()
    assert "riêng" not in shown
    assert "rieng" not in shown
    assert to_review(node).publisher_name == "example.org"


@pytest.mark.parametrize(
    ("rating", "words"),
    [
        ({"alternateName": "Sai"}, "Sai"),
        ({"alternateName": ["Sai", "x"]}, "Sai"),
        ({"name": "Đúng một nửa"}, "Đúng một nửa"),
        ({"ratingValue": "1", "bestRating": "5"}, "1/5"),
        ({"ratingValue": 2}, "2"),
        ({}, ""),
        (None, ""),
        ("Sai bét", "Sai bét"),
        ([{"alternateName": "Sai"}], "Sai"),
    ],
)
def test_rating_words(claim_review, rating, words):
    assert to_review(claim_review(reviewRating=rating)).rating == words


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"claimReviewed": None}, Fault.NO_CLAIM),
        ({"claimReviewed": " <br> "}, Fault.NO_CLAIM),
        ({"claimReviewed": {"x": 1}}, Fault.NO_CLAIM),
        ({"claimReviewed": "x" * 20_001}, Fault.CLAIM_TOO_LONG),
        ({"url": None, "author": None}, Fault.NO_PUBLISHER),
        ({"url": "javascript:x", "author": {"@type": "Person", "name": "A"}}, Fault.NO_PUBLISHER),
    ],
)
def test_what_cannot_be_a_review(claim_review, fields, fault):
    with pytest.raises(RowError) as error:
        to_review(claim_review(**fields))
    assert error.value.fault is fault


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"publisher": {"@type": "NewsMediaOrganization", "name": "Nhà"}}, "Nhà"),
        ({"author": [{"@type": "Person", "name": "A"}, {"@type": ["Organization"], "name": "Hai"}]}, "Hai"),
        ({"author": {"name": "Không rõ là ai"}}, "example.org"),
        ({"author": "Không rõ là ai"}, "example.org"),
    ],
)
def test_the_publisher_is_an_organisation_or_the_site(claim_review, fields, name):
    assert to_review(claim_review(**fields)).publisher_name == name


def test_an_address_without_a_scheme_still_leads_there(claim_review):
    assert to_review(claim_review(url="www.example.org/check/1")).url == "https://www.example.org/check/1"


def test_the_key_names_page_and_claim(claim_review):
    def key(**fields):
        return to_review(claim_review(**fields)).key

    assert key() == key(url="http://example.org/check/1/", reviewRating=None)
    assert key() != key(claimReviewed="Chanh chữa được Covid-19")
    assert key() != key(url="https://example.org/check/2")
    assert key() != key(url="https://example.org/check/1?page=2")


def test_a_huge_body_is_cut(claim_review):
    assert len(to_review(claim_review(reviewBody="từ " * 4_000_000)).summary) <= 5_000


@pytest.mark.parametrize(
    "kind", ["ClaimReview", ["Article", "ClaimReview"], "https://schema.org/ClaimReview", "schema:ClaimReview"]
)
def test_types_are_read_in_all_their_forms(claim_review, kind):
    assert "ClaimReview" in types(claim_review(**{"@type": kind}))


def test_claim_reviews_are_found_wherever_pages_and_feeds_put_them(claim_review):
    one = claim_review()
    shapes = [
        one,
        [one],
        {"@graph": [{"@type": "Organization"}, one]},
        {"@type": "DataFeedItem", "item": one},
        {"@type": "DataFeedItem", "item": [one, None, "x"]},
        {"@type": "WebPage", "mainEntity": one},
        {"@type": "DataFeed", "dataFeedElement": {"item": [one]}},
    ]
    for shape in shapes:
        assert list(claim_reviews(shape)) == [one], shape
    assert list(claim_reviews({"claimReviewed": "không có @type"})) == [{"claimReviewed": "không có @type"}]
    assert list(claim_reviews({"@type": "Article", "claimReviewed": "x"})) == []


def test_deep_and_odd_values_raise_nothing(claim_review):
    deep = json.loads("[" * 500 + "]" * 500)
    assert list(claim_reviews(deep)) == []
    for field in ("url", "author", "reviewRating", "datePublished", "itemReviewed", "inLanguage", "sdLicense"):
        to_review(claim_review(publisher={"@type": "Organization", "name": "N"}, **{field: deep}))


def test_evidence_that_says_what_kind_it_is_is_read(claim_review):
    marked = {"@type": "CreativeWork", "keywords": ["kind:primary", "interest:x", "accessed:2026-11-20", "a:b"]}
    cited = [
        marked
        | {"name": "Báo cáo", "url": "https://who.example/1", "publisher": {"@type": "Organization", "name": "WHO"}},
        marked | {"name": "Lời kể", "publisher": {"@type": "Person", "name": "Ông A"}, "url": "javascript:alert(1)"},
        {"@type": "CreativeWork", "name": "Bài đăng của ai đó", "url": "https://x.example/ai/1"},
        {"@type": "CreativeWork", "name": "Bài đăng khác", "keywords": ["kind:post"]},
        marked,
        "https://x.example/ai/2",
    ]
    assert list(to_review(claim_review(citation=cited)).sources) == [
        {
            "title": "Báo cáo",
            "publisher": "WHO",
            "url": "https://who.example/1",
            "kind": "primary",
            "accessed": "2026-11-20",
        },
        {"title": "Lời kể", "kind": "primary", "accessed": "2026-11-20"},
    ]


@pytest.mark.parametrize(
    "cited", [None, [], "", 7, [[]], [{"name": {}, "keywords": {}}], [None], {"keywords": [1, None]}]
)
def test_no_evidence_is_no_fault(claim_review, cited):
    assert to_review(claim_review(citation=cited)).sources == ()


def test_translations_share_a_work_under_the_name_of_their_site(claim_review):
    node = claim_review(exampleOfWork={"@type": "CreativeWork", "identifier": "toi"})
    assert to_review(node).work == "example.org/toi"
    assert to_review(claim_review()).work == ""


def test_sample_content_stays_sample_content(claim_review):
    assert to_review(claim_review(creativeWorkStatus="Sample")).sample
    assert not to_review(claim_review(creativeWorkStatus="Published")).sample
