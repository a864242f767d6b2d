import datetime as dt

import pytest
from django.utils import timezone

from kiemtin.api.faults import ApiError
from kiemtin.api.google import claims
from kiemtin.matching.finding import of_fact_check
from kiemtin.questions.limits import Limit
from tests import publishing

pytestmark = pytest.mark.django_db

SEARCH = "/v1alpha1/claims:search"


@pytest.fixture
def library(desk, reviews, indexed):
    """Thirty reviews of another publisher and one check of ours, all on garlic."""
    reviews(30, claim="Tỏi chữa khỏi Covid-19 trong một ngày", publisher_site="baokiem.example", language="vi")
    check = publishing.published("Tỏi chữa khỏi Covid-19", desk=desk, changed=timezone.now())
    indexed()
    return check


def texts(found):
    return [claim["claimReview"][0]["url"] for claim in found.get("claims", [])]


def test_a_claim_is_told_in_googles_shape_and_without_a_claimant(api, library, settings):
    settings.KIEMTIN_ADDRESS = "https://www.kiem.example"
    found = api.get(SEARCH, {"query": "tỏi chữa Covid-19", "pageSize": 100}).json()
    ours = next(one for one in found["claims"] if one["claimReview"][0]["publisher"]["site"] == "kiem.example")
    (review,) = ours["claimReview"]
    assert ours["text"] == "Tỏi chữa khỏi Covid-19"
    assert review["textualRating"] == "Sai"  # in the language of the check
    assert review["url"] == f"https://www.kiem.example/checks/{library.pk}/toi-chua-khoi-covid-19/"
    assert review["languageCode"] == "vi"
    assert dt.datetime.fromisoformat(review["reviewDate"]).tzinfo is not None
    assert not any("claimant" in one for one in found["claims"])


def test_pages_follow_each_other_and_the_token_counts_before_the_offset(api, library):
    asked = {"query": "tỏi chữa Covid-19", "pageSize": 7, "offset": 3}
    urls, token = [], ""
    while token is not None:
        found = api.get(SEARCH, asked | ({"pageToken": token} if token else {})).json()
        urls += texts(found)
        token = found.get("nextPageToken")
    whole = texts(api.get(SEARCH, {"query": "tỏi chữa Covid-19", "pageSize": 100}).json())
    assert urls == whole[3:]
    assert len(set(whole)) == len(whole) > 10


def test_ten_are_told_unless_more_are_asked_for_and_never_more_than_a_hundred(api, library):
    assert len(texts(api.get(SEARCH, {"query": "tỏi chữa Covid-19"}).json())) == 10
    assert len(texts(api.get(SEARCH, {"query": "tỏi chữa Covid-19", "pageSize": 0}).json())) == 10
    assert api.get(SEARCH, {"query": "tỏi", "pageSize": 2**31 - 1}).status_code == 200


def test_a_token_of_another_question_is_refused(api, library):
    token = api.get(SEARCH, {"query": "tỏi chữa Covid-19"}).json()["nextPageToken"]
    for asked in ({"query": "khác"}, {"query": "tỏi chữa Covid-19", "languageCode": "vi"}):
        error = api.get(SEARCH, asked | {"pageToken": token}).json()["error"]
        assert (error["code"], error["status"]) == (400, "INVALID_ARGUMENT")
    assert api.get(SEARCH, {"query": "a", "pageToken": "x"}).status_code == 400


def test_the_language_narrows_and_its_region_is_ignored(api, library, reviews, indexed, review):
    from kiemtin.checks.actions.upsert_external_reviews import upsert_external_reviews

    upsert_external_reviews(reviews=[review(99, claim="Garlic cures Covid-19", language="en-GB")], by="test")
    indexed()
    asked = {"query": "garlic cures Covid-19", "pageSize": 100}
    assert {
        claim["claimReview"][0]["languageCode"]
        for claim in api.get(SEARCH, asked | {"languageCode": "en-US"}).json()["claims"]
    } == {"en-GB"}
    assert api.get(SEARCH, asked | {"languageCode": "th"}).json() == {}


@pytest.mark.parametrize("site", ["baokiem.example", "www.baokiem.example", "https://baokiem.example/x"])
def test_the_site_of_the_publisher_narrows_with_or_without_words(api, library, site):
    asked = {"reviewPublisherSiteFilter": site, "pageSize": 100}
    assert len(texts(api.get(SEARCH, asked).json())) == 30
    with_words = api.get(SEARCH, asked | {"query": "tỏi chữa Covid-19"}).json()["claims"]
    assert {claim["claimReview"][0]["publisher"]["site"] for claim in with_words} == {"baokiem.example"}


def test_our_own_site_gives_our_own_checks(api, library, settings):
    settings.KIEMTIN_ADDRESS = "https://kiem.example"
    assert len(texts(api.get(SEARCH, {"reviewPublisherSiteFilter": "kiem.example"}).json())) == 1
    assert api.get(SEARCH, {"reviewPublisherSiteFilter": "khong-co.example"}).json() == {}


def test_the_newer_of_both_dates_decides_the_age(api, reviews, indexed, desk):
    today = timezone.localdate()
    old, new = today - dt.timedelta(days=400), today - dt.timedelta(days=2)
    given = {"publisher_site": "a.example", "claim": "Tỏi chữa khỏi Covid-19"}
    reviews(1, key="old", published=old, claim_date=old, url="https://a.example/old", **given)
    reviews(1, key="claim", published=old, claim_date=new, url="https://a.example/claim", **given)
    reviews(1, key="review", published=new, url="https://a.example/review", **given)
    reviews(1, key="none", url="https://a.example/none", **given)
    indexed()
    for asked in ({"reviewPublisherSiteFilter": "a.example"}, {"query": "tỏi chữa khỏi Covid-19"}):
        found = texts(api.get(SEARCH, asked | {"maxAgeDays": 30}).json())
        assert sorted(found) == ["https://a.example/claim", "https://a.example/review"]
        assert len(texts(api.get(SEARCH, asked).json())) == 4
        assert len(texts(api.get(SEARCH, asked | {"maxAgeDays": 2**31 - 1}).json())) == 3


def test_what_is_withdrawn_is_found_no_more(api, library):
    publishing.withdraw(library)
    assert not any(
        f"/checks/{library.pk}/" in url for url in texts(api.get(SEARCH, {"query": "tỏi", "pageSize": 99}).json())
    )


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({}, "query"),
        ({"query": "  "}, "query"),
        ({"query": "a", "pageSize": "x"}, "pageSize"),
        ({"query": "a", "pageSize": "-1"}, "pageSize"),
        ({"query": "a", "offset": "9999999999"}, "offset"),
        ({"query": "a", "maxAgeDays": "1.5"}, "maxAgeDays"),
        ({"query": "a" * 10_001}, "query"),
    ],
)
def test_what_cannot_be_asked_is_told_by_field(api, data, asked, field):
    response = api.get(SEARCH, asked)
    error = response.json()["error"]
    assert (response.status_code, error["code"], error["status"]) == (400, 400, "INVALID_ARGUMENT")
    info, bad = error["details"]
    assert info["reason"] == "INVALID"
    assert bad["fieldViolations"][0]["field"] == field
    assert error["message"].startswith(field)


IMAGES = "/v1alpha1/claims:imageSearch"


@pytest.fixture
def image(monkeypatch):
    """What there is to see at an address, whatever address it is."""

    def shows(text="", photo="", error=None):
        def seen_at(uri):
            if error is not None:
                raise error
            return text, photo

        monkeypatch.setattr(claims, "seen_at", seen_at)

    return shows


def test_a_picture_is_searched_by_what_it_says(api, data, desk, indexed, image):
    publishing.published("Ăn tỏi mỗi ngày khỏi cúm", desk=desk)
    indexed()
    image("Ăn tỏi mỗi ngày khỏi cúm nhé bà con")
    response = api.get(IMAGES, {"imageUri": "https://a.example/a.png", "languageCode": "vi"})
    (result,) = response.json()["results"]
    assert result["claim"]["text"] == "Ăn tỏi mỗi ngày khỏi cúm"
    assert "nextPageToken" not in response.json()


def test_a_photograph_is_searched_by_its_looks(api, data, desk, image, monkeypatch):
    check = publishing.published("Ảnh lũ năm 2020", desk=desk)
    monkeypatch.setattr(claims, "sightings", lambda photo: (of_fact_check(check),) if photo == "ab" else ())
    image(photo="ab")
    (result,) = api.get(IMAGES, {"imageUri": "https://a.example/a.png"}).json()["results"]
    assert result["claim"]["text"] == "Ảnh lũ năm 2020"
    image()
    assert api.get(IMAGES, {"imageUri": "https://a.example/a.png"}).json() == {}


def test_where_pictures_cannot_be_read_it_is_said_honestly(api, data, image):
    image(error=ApiError("no-reader"))
    response = api.get(IMAGES, {"imageUri": "https://a.example/a.png"})
    assert (response.status_code, response.json()["error"]["status"]) == (501, "UNIMPLEMENTED")
    assert api.get(IMAGES).json()["error"]["status"] == "INVALID_ARGUMENT"


def test_pictures_have_a_limit_of_their_own(api, data, image, monkeypatch):
    monkeypatch.setattr(claims, "SENDING_PICTURES", (Limit("picture", 1, 600),))
    image()
    assert api.get(IMAGES, {"imageUri": "https://a.example/a.png"}).status_code == 200
    assert api.get(IMAGES, {"imageUri": "https://a.example/a.png"}).status_code == 429


def test_a_key_is_taken_and_not_looked_at(api, library):
    assert api.get(SEARCH, {"query": "tỏi", "key": "KEY", "alt": "json", "prettyPrint": "true"}).status_code == 200


def test_errors_keep_googles_shape_wherever_they_come_from(api, caller, monkeypatch):
    from kiemtin.questions.limits import Limit

    missing = api.get("/v1alpha1/nope").json()["error"]
    assert (missing["code"], missing["status"]) == (404, "NOT_FOUND")
    wrong = caller("kt_x").get(SEARCH, {"query": "a"})
    assert (wrong.status_code, wrong.json()["error"]["status"]) == (401, "UNAUTHENTICATED")
    monkeypatch.setattr("kiemtin.api.call.CALLING", (Limit("api", 0, 60),))
    limited = api.get(SEARCH, {"query": "a"})
    assert (limited.status_code, limited.json()["error"]["status"]) == (429, "RESOURCE_EXHAUSTED")
    assert limited.json()["error"]["details"][1]["retryDelay"] == f"{limited['Retry-After']}s"


@pytest.mark.parametrize("words", ["\x00", "a\x00b", "%", "'\";--", "🦠" * 40, "�"])
def test_odd_words_are_no_accident(api, library, words):
    assert api.get(SEARCH, {"query": words}).status_code in (200, 400)


@pytest.mark.parametrize("query", ["\u200b", "\x01\x02\x03\x04", "\ufffd" * 9, "?!"])
def test_signs_that_say_nothing_are_found_nowhere(api, query):
    answer = api.get(SEARCH, {"query": query})
    assert (answer.status_code, answer.json()) == (200, {})
