"""Google's own client, with the discovery document that it ships, against the running server."""

import datetime as dt
import http.client
import json
import subprocess
import sys
import urllib.request
from urllib.parse import urlsplit

import pytest
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from tests.patience import PATIENCE, wait_for

MAKE_TOKEN = """
import django
django.setup()
from kiemtin.accounts.enums import Role, Scope
from kiemtin.accounts.models import Membership
from kiemtin.staff.actions.make_token import make_token
boss = Membership.objects.filter(role=Role.ADMINISTRATOR).select_related("user", "desk").first()
made = make_token(
    desk=boss.desk, name="Báo Kiểm", scopes=[Scope.PAGES], days=30, by=boss.user,
    publisher_name="Báo Kiểm", publisher_site="baokiem.example",
)
print(made.secret)
"""
CLAIM = "Uống nước lá vông chữa mất ngủ vĩnh viễn"
PAGE = "https://baokiem.example/kiem-chung/la-vong"


@pytest.fixture(scope="module")
def endpoint(site):
    """The server by its number: clients of APIs need not know its name."""
    return f"http://127.0.0.1:{urlsplit(site.address).port}"


def client_of(endpoint, **options):
    return build(
        "factchecktools",
        "v1alpha1",
        static_discovery=True,
        cache_discovery=False,
        client_options={"api_endpoint": endpoint},
        **options,
    )


@pytest.fixture(scope="module")
def client(endpoint):
    with client_of(endpoint, developerKey="KEY") as client:
        yield client


@pytest.fixture(scope="module")
def press(site, endpoint):
    """The client of a publisher that the desk trusts."""
    environment = site.environment | {"DJANGO_SETTINGS_MODULE": "kiemtin.config.settings"}
    made = subprocess.run(
        [sys.executable, "-c", MAKE_TOKEN], env=environment, capture_output=True, text=True, check=True
    )
    with client_of(endpoint, credentials=Credentials(token=made.stdout.strip())) as client:
        yield client


def search(client, **asked):
    return client.claims().search(**asked).execute().get("claims", [])


def sites(claims):
    return {review["publisher"]["site"] for claim in claims for review in claim["claimReview"]}


def test_claims_are_found_in_googles_shape(client):
    found = search(client, query="tỏi chữa covid", languageCode="vi")
    assert found
    for claim in found:
        assert set(claim) <= {"text", "claimDate", "claimReview"}
        (review,) = claim["claimReview"]
        assert set(review) <= {"publisher", "url", "title", "reviewDate", "textualRating", "languageCode"}
        assert review["languageCode"] == "vi"
        assert dt.datetime.fromisoformat(review["reviewDate"]).tzinfo
        assert review["publisher"]["site"] == "localhost"


def test_pages_follow_each_other_with_search_next(client):
    asked = {"reviewPublisherSiteFilter": "localhost", "pageSize": 9, "offset": 2}
    request = client.claims().search(**asked)
    urls = []
    while request is not None:
        response = request.execute()
        assert len(response["claims"]) <= 9
        urls += [claim["claimReview"][0]["url"] for claim in response["claims"]]
        request = client.claims().search_next(request, response)
        if request is not None:
            assert "offset=2" in request.uri  # the client keeps it, and the token must win
    whole = search(client, reviewPublisherSiteFilter="localhost", pageSize=100)
    assert urls == [claim["claimReview"][0]["url"] for claim in whole][2:]
    assert len(whole) > 20
    assert len(set(urls)) == len(urls)


def test_ten_come_by_default_and_the_language_ignores_its_region(client):
    assert len(search(client, reviewPublisherSiteFilter="localhost")) == 10
    plain, regional = (
        search(client, reviewPublisherSiteFilter="localhost", languageCode=code, pageSize=100)
        for code in ("en", "en-US")
    )
    assert plain == regional
    assert {review["languageCode"] for claim in plain for review in claim["claimReview"]} == {"en"}


def test_ages_and_sites_narrow(client):
    assert search(client, reviewPublisherSiteFilter="localhost", maxAgeDays=36_500, pageSize=100)
    assert search(client, query="tỏi", reviewPublisherSiteFilter="khong-co.example") == []
    assert sites(search(client, query="tỏi", reviewPublisherSiteFilter="localhost")) <= {"localhost"}


@pytest.mark.parametrize(
    ("asked", "status", "word"),
    [
        ({}, 400, "INVALID_ARGUMENT"),
        ({"query": "a", "pageSize": -1}, 400, "INVALID_ARGUMENT"),
        ({"query": "a", "pageToken": "x"}, 400, "INVALID_ARGUMENT"),
    ],
)
def test_a_wrong_question_is_told_with_its_reason(client, asked, status, word):
    with pytest.raises(HttpError) as caught:
        client.claims().search(**asked).execute()
    assert caught.value.resp.status == status
    assert caught.value.reason
    assert json.loads(caught.value.content)["error"]["status"] == word
    assert caught.value.error_details[0]["@type"].endswith("ErrorInfo")


def test_a_picture_in_a_private_network_is_not_fetched(client):
    with pytest.raises(HttpError) as caught:
        client.claims().imageSearch(imageUri="http://127.0.0.1/a.png").execute()
    assert caught.value.resp.status == 400
    assert "private network" in caught.value.reason


def test_a_publisher_writes_reads_changes_and_takes_back_its_markup(client, press):
    markup = {
        "claimReviewed": CLAIM,
        "claimAuthor": {"name": "Nguyễn Văn Người"},
        "rating": {"textualRating": "Bịa đặt", "ratingValue": 1, "bestRating": 5, "worstRating": 1},
    }
    body = {"pageUrl": PAGE, "publishDate": "2026-11-20", "claimReviewMarkups": [markup]}
    made = press.pages().create(body=body).execute()
    assert "claimAuthor" not in made["claimReviewMarkups"][0]
    assert made["claimReviewAuthor"]["name"] == "Báo Kiểm"
    assert client.pages().get(name=made["name"]).execute() == made
    assert client.pages().list(url=PAGE).execute()["claimReviewMarkupPages"] == [made]
    assert client.pages().list(organization="baokiem.example").execute()["claimReviewMarkupPages"] == [made]
    assert ratings(client, until="Bịa đặt") == ["Bịa đặt"]

    changed = made | {"claimReviewMarkups": [made["claimReviewMarkups"][0] | {"rating": {"textualRating": "Sai"}}]}
    updated = press.pages().update(name=made["name"], body=changed).execute()
    assert updated["versionId"] != made["versionId"]
    assert ratings(client, until="Sai") == ["Sai"]
    with pytest.raises(HttpError) as caught:
        press.pages().update(name=made["name"], body=changed).execute()
    assert (caught.value.resp.status, caught.value.error_details[0]["reason"]) == (409, "STALE_VERSION")

    assert press.pages().delete(name=made["name"]).execute() == {}
    assert ratings(client, until="") == []


def ratings(client, *, until):
    """Return how the claim is rated, once the index has followed."""

    def told():
        found = search(client, query=CLAIM, reviewPublisherSiteFilter="baokiem.example")
        return [claim["claimReview"][0]["textualRating"] for claim in found]

    wait_for(lambda: "".join(told()) == until, f"{until!r}", pause=0.5)  # well within the limit of the API
    return told()


def test_who_may_not_write_is_told_why(client, press):
    with pytest.raises(HttpError) as caught:
        client.pages().create(body={"pageUrl": PAGE}).execute()
    assert json.loads(caught.value.content)["error"]["status"] == "UNAUTHENTICATED"
    with pytest.raises(HttpError) as caught:
        press.pages().create(
            body={
                "pageUrl": "https://khac.example/1",
                "claimReviewMarkups": [{"claimReviewed": "a", "rating": {"textualRating": "b"}}],
            }
        ).execute()
    assert json.loads(caught.value.content)["error"]["status"] == "PERMISSION_DENIED"
    own = client.pages().list(organization="localhost", pageSize=1).execute()["claimReviewMarkupPages"][0]
    with pytest.raises(HttpError) as caught:
        press.pages().delete(name=own["name"]).execute()
    assert caught.value.resp.status == 403


def test_the_own_api_answers_on_the_same_server_and_sets_no_cookie(endpoint):
    request = urllib.request.Request(  # noqa: S310  (our own server)
        f"{endpoint}/api/v1/questions",
        json.dumps({"text": "Ăn tỏi sống chữa khỏi Covid-19 có đúng không?"}).encode(),
        {"Content-Type": "application/json", "Accept-Language": "vi", "X-Forwarded-For": "192.0.2.99"},
    )
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
        told = json.load(answer)
        assert answer.status == 201
        assert answer.headers["Set-Cookie"] is None
        assert answer.headers["RateLimit"].count('";r=') == 3
    assert told["band"] in ("answer", "maybe", "none")
    with urllib.request.urlopen(f"{endpoint}/api/v1/questions/{told['code']}", timeout=PATIENCE) as answer:  # noqa: S310
        assert json.load(answer)["code"] == told["code"]


def test_the_head_of_an_answer_comes_without_its_body(endpoint):
    connection = http.client.HTTPConnection(urlsplit(endpoint).netloc, timeout=PATIENCE)
    connection.request("HEAD", "/api/v1/verdicts")
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (200, b"")
    connection.request("GET", "/api/v1/verdicts")  # on the same line: nothing of a body was left on it
    assert json.load(connection.getresponse())["verdicts"]
    connection.close()
