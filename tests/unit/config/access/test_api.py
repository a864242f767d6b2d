"""Every operation of both APIs × every kind of token, compared with one table; and by object, as the pages are."""

import json

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from kiemtin.accounts.enums import Scope
from kiemtin.api.apis import google, own
from kiemtin.api.openapi import described, operations
from kiemtin.questions.limits import Limit
from kiemtin.questions.models import Bucket
from kiemtin.staff.actions.make_token import make_token
from tests.unit.config.access.conftest import digests

pytestmark = pytest.mark.django_db

COLUMNS = ("nobody", "none", "ask", "cases", "pages", "revoked", "expired", "unknown", "elsewhere")
# A call without a token, with one of no scope and of each, with one that holds no more, with an invented one; and with
# one of another desk that has every scope, for what is of this one.
TABLE = """
post   /api/v1/questions                            201 201 201 201 201 401 401 401 201
get    /api/v1/questions/{code}                     200 200 200 200 200 401 401 401 200
post   /api/v1/questions/{code}/choice              200 200 200 200 200 401 401 401 200
get    /api/v1/checks                               200 200 200 200 200 401 401 401 200
get    /api/v1/checks/{check}                       200 200 200 200 200 401 401 401 200
get    /api/v1/checks/{check}/revisions             200 200 200 200 200 401 401 401 200
get    /api/v1/checks/{check}/revisions/{number}    200 200 200 200 200 401 401 401 200
get    /api/v1/topics                               200 200 200 200 200 401 401 401 200
get    /api/v1/verdicts                             200 200 200 200 200 401 401 401 200
get    /api/v1/cases                                401 403 403 200 403 401 401 401 200
get    /api/v1/cases/{case}                         401 403 403 200 403 401 401 401 404
get    /api/v1/token                                401 200 200 200 200 401 401 401 200
get    /v1alpha1/claims:search                      200 200 200 200 200 401 401 401 200
get    /v1alpha1/claims:imageSearch                 400 400 400 400 400 401 401 401 400
get    /v1alpha1/pages                              200 200 200 200 200 401 401 401 200
post   /v1alpha1/pages                              401 403 403 403 200 401 401 401 403
get    /v1alpha1/pages/{page}                       200 200 200 200 200 401 401 401 200
put    /v1alpha1/pages/{page}                       401 403 403 403 200 401 401 401 403
delete /v1alpha1/pages/{page}                       401 403 403 403 200 401 401 401 403
"""
ROWS = {(method, path): words for method, path, *words in (line.split() for line in TABLE.strip().splitlines())}
QUERIES = {
    "/v1alpha1/claims:search": {"query": "Nước bị cắt"},
    "/v1alpha1/claims:imageSearch": {"imageUri": "ftp://khac.example/a.png"},
    "/v1alpha1/pages": {"organization": "bao-aaaa.example"},
}


def described_operations():
    for api, beginning in ((own, "/api/v1/"), (google, "/v1alpha1/")):
        yield from ((method, path, node) for path, method, node in operations(described(api, beginning)))


@pytest.fixture
def secrets(corners):
    """What each kind of caller shows."""
    here, there = corners
    closed = {}
    for name in ("revoked", "expired"):
        made = make_token(
            desk=here.desk,
            name=name,
            scopes=list(Scope),
            days=30,
            by=here.people["boss"],
            publisher_name="Báo",
            publisher_site="bao-aaaa.example",
        )
        if name == "revoked":
            made.token.revoked = timezone.now()
        else:
            made.token.expires = timezone.now()
        made.token.save()
        closed[name] = made.secret
    everything = make_token(
        desk=there.desk,
        name="Mọi quyền",
        scopes=list(Scope),
        days=30,
        by=there.people["boss"],
        publisher_name="Báo",
        publisher_site="bao-bbbb.example",
    )
    known = {name: token.secret for name, token in here.tokens.items()}
    return known | closed | {"nobody": "", "unknown": "kt_" + "x" * 43, "elsewhere": everything.secret}


def call(method, path, corner, secret="", inspect=None, **more):
    """Call an operation with the things of a corner, and take back what it did."""
    cache.clear()
    Bucket.objects.all().delete()
    things = corner.things
    values = {
        "code": things["receipt"].code,
        "check": things["check_published"].pk,
        "number": 1,
        "case": things["case_open"].pk,
        "page": things["markup_page"].code,
    }
    site = f"bao-{corner.mark.lower()}.example"
    page = {
        "pageUrl": f"https://{site}/bai-{'1' if method == 'put' else '2'}",
        "claimReviewMarkups": [{"claimReviewed": "Tin khác", "rating": {"textualRating": "Sai"}}],
        "versionId": str(things["markup_page"].version),
    }
    bodies = {
        "/api/v1/questions": {"text": "Nghe nói mai cúp điện cả thành phố, thật không?"},
        "/api/v1/questions/{code}/choice": {"answer": "no"},
    }
    given = {"HTTP_ACCEPT_LANGUAGE": "en"} | ({"HTTP_AUTHORIZATION": f"Bearer {secret}"} if secret else {})
    url = path.format(**values)
    body = json.dumps(bodies.get(path, page)) if method in ("post", "put") else ""
    client = Client(raise_request_exception=False)
    before = digests()
    with transaction.atomic():
        if method == "get":
            answer = client.get(url, QUERIES.get(path, {}), **given | more)
        else:
            answer = client.generic(method.upper(), url, body, "application/json", **given | more)
        after = digests()
        answer.changed = {table for table, digest in after.items() if digest != before[table]} - {"questions_bucket"}
        answer.found = inspect() if inspect else None
        transaction.set_rollback(True)
    return answer


def test_each_operation_of_the_descriptions_has_its_line_and_no_other_has():
    assert set(ROWS) == {(method, path) for method, path, _ in described_operations()}


@pytest.mark.parametrize("who", COLUMNS)
def test_each_kind_of_token_gets_what_the_table_says(who, corners, secrets):
    here, _ = corners
    wrong = []
    for (method, path), words in ROWS.items():
        answer = call(method, path, here, secrets[who])
        said, expected = str(answer.status_code), words[COLUMNS.index(who)]
        if said != expected:
            wrong.append(f"{method} {path}: {said}, not {expected}: {answer.content[:300]}")
        elif said in ("400", "401", "403", "404") and answer.changed - {"accounts_apitoken"}:
            wrong.append(f"{method} {path}: refused, and yet {answer.changed} changed")
    assert not wrong, "\n".join(wrong)


def test_the_description_says_of_each_what_the_table_says():
    for method, path, node in described_operations():
        needs_token = ROWS[method, path][0] == "401"
        assert ({} not in node["security"]) is needs_token, path


def test_a_token_lists_and_reads_its_own_desks_cases_only(corners, secrets):
    here, there = corners
    mine = call("get", "/api/v1/cases", here, secrets["cases"]).json()["items"]
    theirs = call("get", "/api/v1/cases", here, secrets["elsewhere"]).json()["items"]
    assert mine
    assert all(here.mark in one["title"] for one in mine)
    assert all(there.mark in one["title"] for one in theirs)
    assert call("get", "/api/v1/cases/{case}", there, secrets["cases"]).status_code == 404
    assert call("get", "/api/v1/token", here, secrets["elsewhere"]).json()["desk"] == there.desk.slug


@pytest.mark.parametrize("method", ["put", "delete"])
def test_the_markup_of_another_desk_cannot_be_changed(method, corners, secrets):
    _, there = corners
    answer = call(method, "/v1alpha1/pages/{page}", there, secrets["pages"])
    assert answer.status_code == 403
    assert answer.changed <= {"accounts_apitoken"}


def test_nor_may_a_page_be_handed_in_for_anothers_site(corners, secrets):
    _, there = corners
    answer = call("post", "/v1alpha1/pages", there, secrets["pages"])
    assert answer.status_code == 403
    assert answer.changed <= {"accounts_apitoken"}


def test_no_operation_tells_of_what_is_not_published(corners, secrets):
    here, _ = corners
    drafts = [f"{words} {here.mark}" for words in ("Chợ đóng cửa", "Cầu thu phí", "Tem tăng giá", "Bản sửa")]
    hidden = [here.things[f"check_{name}"].pk for name in ("draft", "submitted", "approved")]
    for who in ("nobody", "elsewhere"):
        for method, path in ROWS:
            if method == "get":
                text = call(method, path, here, secrets[who]).content.decode()
                assert not [draft for draft in drafts if draft in text], path
        headers = {"HTTP_AUTHORIZATION": f"Bearer {secrets[who]}"} if secrets[who] else {}
        for pk in hidden:
            for end in ("", "/revisions", "/revisions/1"):
                assert Client().get(f"/api/v1/checks/{pk}{end}", **headers).status_code == 404
            assert Client().get(f"/v1alpha1/pages/check-{pk}", **headers).status_code == 404


# Tokens


@pytest.mark.parametrize("name", ["key", "access_token", "token", "api_key"])
def test_a_token_in_an_address_lets_nobody_in(name, corners, secrets):
    """Addresses come to stand in logs, histories and other sites' statistics."""
    assert Client().get("/api/v1/cases", {name: secrets["cases"]}).status_code == 401


@pytest.mark.parametrize("way", ["cookie", "basic", "x-goog-api-key", "body"])
def test_nor_in_any_other_place(way, corners, secrets):
    secret, client = secrets["cases"], Client()
    if way == "cookie":
        client.cookies["token"] = client.cookies["sessionid"] = secret
    given = {
        "basic": {"HTTP_AUTHORIZATION": f"Basic {secret}"},
        "x-goog-api-key": {"HTTP_X_GOOG_API_KEY": secret},
    }.get(way, {})
    assert client.generic("GET", "/api/v1/cases", json.dumps({"token": secret}), **given).status_code == 401


def test_a_session_of_the_desk_is_no_token(corners, sign_in):
    here, _ = corners
    assert sign_in(here.people["administrator"]).get("/api/v1/cases").status_code == 401


def test_the_secret_stands_in_no_table_and_no_log(corners, secrets, caplog):
    here, _ = corners
    for who in ("cases", "revoked", "unknown"):
        call("get", "/api/v1/cases/{case}", here, secrets[who])
        call("post", "/v1alpha1/pages", here, secrets[who])
    assert not any(secret in caplog.text for secret in secrets.values() if secret)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            rows = repr(cursor.execute(f'SELECT * FROM "{table}"').fetchall())  # noqa: S608  (our own tables)
            assert not any(secret in rows for secret in secrets.values() if secret), table


def test_who_guesses_tokens_is_counted_by_address(corners, secrets, monkeypatch):
    monkeypatch.setattr("kiemtin.api.call.CALLING", (Limit("api", 3, 86_400),))
    said = [Client().get("/api/v1/token", HTTP_AUTHORIZATION=f"Bearer kt_{n}").status_code for n in range(5)]
    assert said == [401] * 3 + [429] * 2
