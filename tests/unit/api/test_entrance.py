"""What holds for every call, whatever it asks."""

import errno

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kiemtin.api import entrance
from kiemtin.questions.limits import Limit

pytestmark = pytest.mark.django_db


def test_no_cookie_is_read_or_set_and_no_session_is_looked_at(api):
    api.client.cookies["sessionid"] = "x" * 32
    api.client.cookies["django_language"] = "vi"
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = api.get("/api/v1/verdicts")
    assert response.status_code == 200
    assert not response.cookies
    assert not any(Session._meta.db_table in query["sql"] for query in queries)
    assert not hasattr(response.wsgi_request, "session")
    assert response["Content-Language"] == "en"


@pytest.mark.parametrize(("header", "language"), [("", "vi"), ("en-GB,vi;q=0.5", "en"), ("fr, vi", "vi"), ("*", "vi")])
def test_the_language_stands_in_a_header(data, caller, header, language):
    response = caller(language=header).get("/api/v1/verdicts")
    assert response["Content-Language"] == language
    assert "Accept-Language" in response["Vary"]
    assert (response.json()["verdicts"][0]["label"] == "False") is (language == "en")


def test_pages_go_their_own_way(client, data):
    assert client.get("/en/privacy/")["Content-Security-Policy"]
    assert client.get("/api/v2/").status_code == 404


@pytest.mark.parametrize("path", ["/api/v1/nope", "/api/v1/checks/1/x/", "/api/v1/", "/api/v1/checks/"])
def test_what_is_not_there_is_told_as_a_problem(api, path):
    response = api.get(path)
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "not-found"
    assert response.json()["type"].endswith("/api/#not-found")


def test_a_method_that_does_nothing_is_told_what_does(api):
    response = api.send("DELETE", "/api/v1/checks", {})
    assert (response.status_code, response.json()["code"]) == (405, "method-not-allowed")
    assert response["Allow"] == "GET"
    assert response["Content-Type"] == "application/problem+json"


def test_who_wants_no_json_gets_nothing(api):
    assert api.get("/api/v1/topics", HTTP_ACCEPT="text/html").status_code == 406
    assert api.get("/api/v1/topics", HTTP_ACCEPT="application/*;q=0.3").status_code == 200


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        ("{", "application/json", 400, "bad-json"),
        ('{"text": NaN}', "application/json", 400, "bad-json"),
        (b'{"text": "\xff"}', "application/json", 400, "bad-json"),
        ("[" * 200_000, "application/json", 400, "bad-json"),
        ("text=a", "application/x-www-form-urlencoded", 415, "not-json"),
        ('{"text": "a"}', "application/json; charset=utf-16", 415, "not-json"),
        ("", "application/json", 422, "invalid"),
        ("[]", "application/json", 422, "invalid"),
        ('{"text": "\\ud800 tin"}', "application/json", 422, "invalid"),
        ('{"text": "\\u0000"}', "application/json", 422, "message-empty"),
        ('{"text": "tin", "name": "An"}', "application/json", 422, "invalid"),
        ('{"text": "' + "a" * 10_001 + '"}', "application/json", 422, "invalid"),
        ("1" * 5_000_000, "application/json", 413, "too-large"),
        ("1" * 5_000, "application/json", 400, "bad-json"),
    ],
)
def test_a_body_that_cannot_be_taken_is_told_why(api, body, kind, status, code):
    response = api.post("/api/v1/questions", body, kind=kind)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response["Content-Type"] == "application/problem+json"


def test_what_is_wrong_is_named_by_its_place_and_not_repeated(api):
    answer = api.post("/api/v1/questions", {"text": "", "language": "xx", "so-dien-thoai": "0912345678"})
    places = {error["pointer"]: error["code"] for error in answer.json()["errors"]}
    assert places == {"#/text": "string-too-short", "#/language": "enum", "#/so-dien-thoai": "extra-forbidden"}
    assert "0912345678" not in answer.content.decode()
    answer = api.get("/api/v1/checks", {"limit": "0", "topic": "x"})
    assert {error["parameter"] for error in answer.json()["errors"]} == {"limit", "topic"}


def test_errors_speak_the_language_of_who_asks(caller, data):
    english, vietnamese = (caller(language=code).get("/api/v1/nope").json() for code in ("en", "vi"))
    assert english["code"] == vietnamese["code"]
    assert english["title"] == "There is nothing at this address."


def test_a_mistake_of_ours_is_told_as_json_and_tells_nothing(api, monkeypatch, caplog):
    api.client.raise_request_exception = False
    monkeypatch.setattr("kiemtin.api.v1.reading.topics", lambda: 1 / 0)
    response = api.get("/api/v1/topics")
    assert (response.status_code, response.json()["code"]) == (500, "broken")
    assert "division" not in response.content.decode()
    assert "/api/v1/topics" in caplog.text


def test_another_host_is_not_served(api):
    assert api.get("/api/v1/topics", HTTP_HOST="evil.example").json()["code"] == "bad-host"


# Pages of other sites


def test_pages_of_other_sites_may_read_without_credentials_and_nothing_else(api):
    assert api.get("/api/v1/topics")["Access-Control-Allow-Origin"] == "*"
    assert "RateLimit" in api.get("/v1alpha1/claims:search?query=a")["Access-Control-Expose-Headers"]
    sent = api.post("/api/v1/questions", {"text": "Tin này có đúng không?"}, HTTP_ORIGIN="https://khac.example")
    assert "Access-Control-Allow-Origin" not in sent
    assert "Access-Control-Allow-Credentials" not in sent


def test_a_browser_that_asks_first_is_told_so(api):
    asked = {"HTTP_ORIGIN": "https://khac.example", "HTTP_ACCESS_CONTROL_REQUEST_METHOD": "GET"}
    read = api.options("/api/v1/checks", **asked)
    assert (read.status_code, read["Access-Control-Allow-Methods"]) == (204, "GET, HEAD")
    assert "Authorization" not in read["Access-Control-Allow-Headers"]
    assert "RateLimit" not in read
    assert "Access-Control-Allow-Methods" not in api.options("/api/v1/questions", **asked)
    assert api.options("/api/v1/questions")["Allow"] == "OPTIONS, POST"


# What is kept


def test_what_did_not_change_is_confirmed(api):
    first = api.get("/api/v1/verdicts")
    assert first["Cache-Control"] == "public, max-age=60"
    again = api.get("/api/v1/verdicts", HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"


def test_the_head_of_an_answer_is_that_of_its_whole(api):
    head, whole = api.head("/api/v1/verdicts"), api.get("/api/v1/verdicts")
    assert (head.status_code, head["ETag"], head.content) == (200, whole["ETag"], b"")


# Limits


def test_what_is_left_is_told_and_what_is_more_is_refused(api, monkeypatch):
    monkeypatch.setattr("kiemtin.api.call.CALLING", (Limit("api", 2, 86_400),))
    first = api.get("/api/v1/verdicts")
    assert first["RateLimit-Policy"] == '"api";q=2;w=86400'
    assert first["RateLimit"].startswith('"api";r=1;t=')
    assert api.get("/api/v1/nope")["RateLimit"].startswith('"api";r=0;')
    refused = api.get("/api/v1/verdicts")
    assert (refused.status_code, refused.json()["code"]) == (429, "too-many")
    assert refused["RateLimit"] == f'"api";r=0;t={refused["Retry-After"]}'
    assert 0 < int(refused["Retry-After"]) <= 86_400
    assert api.get("/api/v1/verdicts", REMOTE_ADDR="192.0.2.9").status_code == 200
    assert api.get("/en/privacy/").status_code == 200


def test_a_token_has_limits_of_its_own(token, monkeypatch):
    monkeypatch.setattr("kiemtin.api.call.CALLING", (Limit("api", 0, 60),))
    bot = token()
    assert bot.get("/api/v1/verdicts")["RateLimit-Policy"] == '"api-token";q=1200;w=60'
    assert bot.get("/api/v1/verdicts")["Cache-Control"] == "private, no-store"


# Tokens


def test_only_a_token_that_stands_lets_in(api, token, caller):
    bot = token()
    assert bot.get("/api/v1/token").json()["scopes"] == []
    assert api.get("/api/v1/token").json()["code"] == "token-needed"
    for wrong in ("kt_nope", "nope", "kt_ü", bot.secret + "x"):
        answer = caller(wrong).get("/api/v1/verdicts")
        assert (answer.status_code, answer.json()["code"]) == (401, "token-unknown")
        assert answer["WWW-Authenticate"].startswith("Bearer")
    assert api.get("/api/v1/topics", HTTP_AUTHORIZATION="Basic YTpi").status_code == 401


def test_a_token_in_an_address_is_not_looked_at(api, token):
    bot = token()
    assert api.get("/api/v1/token", {"key": bot.secret, "access_token": bot.secret}).status_code == 401


def test_a_token_that_was_revoked_or_is_over_lets_nobody_in(token, administrator):
    from django.utils import timezone

    from kiemtin.staff.actions.revoke_token import revoke_token

    bot, old = token(), token()
    revoke_token(token=bot.row, by=administrator)
    assert bot.get("/api/v1/topics").json()["code"] == "token-revoked"
    type(old.row).objects.filter(pk=old.row.pk).update(expires=timezone.now())
    assert old.get("/api/v1/topics").json()["code"] == "token-expired"


def test_the_day_of_its_last_use_is_noted_once_a_day(token):
    from django.utils import timezone

    bot = token()
    bot.get("/api/v1/topics")
    bot.row.refresh_from_db()
    assert bot.row.last_used == timezone.localdate()
    with CaptureQueriesContext(connection) as queries:
        bot.get("/api/v1/topics")
    assert not any("UPDATE" in query["sql"] and "apitoken" in query["sql"] for query in queries)


def test_both_apis_have_a_door():
    assert [door[0] for door in entrance._DOORS] == ["/api/v1/", "/v1alpha1/"]


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/api/v1/checks", ["topics"]),
        ("/api/v1/checks", ["limits", "topic_"]),
        ("/api/v1/topics", ["limit"]),
        ("/api/v1/checks/1", ["language"]),
        ("/v1alpha1/claims:search", ["page_size"]),
        ("/v1alpha1/pages/x", ["url"]),
    ],
)
def test_a_name_in_the_query_that_does_nothing_is_refused(api, method, path, names):
    response = getattr(api, method)(path, dict.fromkeys(names, "1"))
    assert response.status_code == (422 if path.startswith("/api") else 400)
    if method == "get":
        told = response.json()
        places = (
            [one["parameter"] for one in told["errors"]]
            if path.startswith("/api")
            else [one["field"] for one in told["error"]["details"][1]["fieldViolations"]]
        )
        assert places == names


def test_what_clients_of_google_send_with_every_call_is_let_be(api):
    given = {"query": "tỏi", "key": "x", "alt": "json", "prettyPrint": "false", "$.xgafv": "2"}
    assert api.get("/v1alpha1/claims:search", given).status_code == 200
    assert api.get("/api/v1/checks", {"key": "x"}).status_code == 422


def test_who_may_not_call_is_told_so_before_what_is_wrong(api, token):
    assert api.get("/api/v1/cases", {"x": "1"}).status_code == 401
    assert token("cases:read").get("/api/v1/cases", {"x": "1"}).status_code == 422


@pytest.fixture
def full(monkeypatch):
    """Nothing can be counted or stored."""

    def fail(*_, **__):
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr("kiemtin.api.call.take", fail)


def test_reading_goes_on_where_nothing_can_be_written(api, full):
    response = api.get("/api/v1/verdicts")
    assert response.status_code == 200
    assert "RateLimit" not in response


def test_what_cannot_be_stored_is_told_with_when_to_try_again(api, full, caplog):
    api.client.raise_request_exception = False
    response = api.send("POST", "/api/v1/questions", {"text": "Ăn tỏi khỏi cúm"})
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "unavailable"
    assert "RateLimit" not in response, "no limit is used up"
    assert "OSError (ENOSPC)" in caplog.text
    assert "Traceback" not in caplog.text


def test_googles_shape_has_a_word_of_its_own_for_it(api, monkeypatch):
    def fail(*_, **__):
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr("kiemtin.api.entrance.resolve", fail)
    api.client.raise_request_exception = False
    response = api.get("/v1alpha1/claims:search?query=x")
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert response.json()["error"]["status"] == "UNAVAILABLE"
