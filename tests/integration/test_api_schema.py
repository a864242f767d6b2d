"""schemathesis asks the whole description of the API what it does not expect: without a token, and with each kind.

All its checks are on. What no description can say of a call (whether a text says anything beside personal data, whose
site an address is on) is worked out here from the call: then it must be refused, with the word for it, and otherwise
it must be taken.
"""

from urllib.parse import quote

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application

from kiemtin.accounts.enums import Scope
from kiemtin.api.apis import google, own
from kiemtin.api.described import GOOGLE, OWN
from kiemtin.api.openapi import described
from kiemtin.exchange.mapping import values
from kiemtin.matching.actions.follow import follow
from kiemtin.questions.digest import readable
from kiemtin.questions.limits import Limit
from kiemtin.questions.refusals import RefusalError
from kiemtin.staff.actions.make_token import make_token
from tests import publishing
from tests.examples import examples
from tests.unit.questions.making import make_case

pytestmark = pytest.mark.django_db

EXAMPLES = examples(30)
FEWER = examples(3)
ENDLESS = 10**9
PLAIN = {"Accept-Encoding": "identity"}  # the client in the process reads nothing that is compressed
SITE = "baokiem.example"


@pytest.fixture
def world(kept_connection, data, desk, other_desk, administrator, monkeypatch):
    """Something behind every address, and limits that no test reaches; returns what makes headers with a token."""
    for name in ("CALLING", "CALLING_BY_TOKEN"):
        monkeypatch.setattr(f"kiemtin.api.call.{name}", (Limit("api", ENDLESS, 60),))
    for name in ("ASKING", "ASKING_BY_TOKEN", "LOOKING_UP"):
        monkeypatch.setattr(f"kiemtin.api.v1.questions.{name}", (Limit("ask", ENDLESS, 60),))
    monkeypatch.setattr("kiemtin.api.google.claims.SENDING_PICTURES", (Limit("picture", ENDLESS, 60),))
    check = publishing.published("Tỏi chữa khỏi Covid-19", desk=desk)
    publishing.revise(check)
    publishing.withdraw(publishing.published("Nước chanh chữa ung thư", desk=desk))
    make_case(desk, messages=2)
    follow(encoder=None)

    def token(*scopes):
        given = {"publisher_name": "Báo Kiểm", "publisher_site": SITE} if Scope.PAGES in scopes else {}
        made = make_token(desk=desk, name="Quyền", scopes=list(scopes), days=30, by=administrator, **given)
        return {"Authorization": f"Bearer {made.secret}"}

    return token


def schema_of(api, beginning):
    schema = schemathesis.openapi.from_dict(described(api, beginning) | {"servers": [{"url": "/"}]})
    schema.app = get_wsgi_application()
    return schema


OWN_SCHEMA, GOOGLE_SCHEMA = schema_of(own, OWN), schema_of(google, GOOGLE)
POSITIVE, NO_FAILURE = (
    schemathesis.checks.CHECKS.get_by_names([name]) for name in ("positive_data_acceptance", "not_a_server_error")
)


def ask(case, headers):
    """Call it and check everything that schemathesis can check, and that it is refused where it must be."""
    is_positive = case.meta.generation.mode.is_positive
    if is_positive:
        mend(case)
    refusal = refusal_of(case) if is_positive else ()
    left_out = [*(POSITIVE if refusal else ()), *(NO_FAILURE if NO_READER in refusal else ())]
    answer = case.call_and_validate(headers=headers | PLAIN, excluded_checks=left_out)
    if refusal and answer.status_code not in (401, 403, 404, 406):
        assert answer.status_code >= 400
        assert any(f'"{word}"' in answer.text or word.replace("-", "_").upper() in answer.text for word in refusal)


def mend(case):
    """Make right what no description tells, so that most calls are what a client would send."""
    query = case.query if isinstance(case.query, dict) else {}
    if case.operation.path.startswith("/v1alpha1"):
        query.pop("pageToken", None)  # only what a page before gave
    if case.operation.path == "/v1alpha1/claims:search" and not query.get("query"):
        case.query = query | {"query": "tỏi"}
    if case.operation.path == "/v1alpha1/pages" and case.method.upper() == "GET":
        case.query = {**query, "url": "", "organization": query.get("organization") or "localhost"}
    if case.operation.path.startswith("/v1alpha1/pages") and isinstance(case.body, dict):
        mend_page(case.body)


def mend_page(body):
    body["pageUrl"] = f"https://{SITE}/{quote(str(body['pageUrl'])[:100], safe='')}"
    for holder, name in ((body, "publishDate"), *((one, "claimDate") for one in body["claimReviewMarkups"])):
        if name in holder:
            holder[name] = "2026-11-20"
    for markup in body["claimReviewMarkups"]:
        if "url" in markup:
            markup["url"] = ""


def refusal_of(case):
    """Return the words with which a call is refused that is as its description says; none if it must be taken."""
    path, query, body = case.operation.path, case.query or {}, case.body
    if path == "/api/v1/questions":
        return refusal_of_text(body["text"])
    if path.endswith(":imageSearch"):  # nothing can be fetched here, and there may be no program that reads pictures
        return ("invalid", NO_READER)
    lacks = {
        "/choice": lambda: body.get("answer") == "yes" and body.get("match") is None,
        "/claims:search": lambda: not any(str(query.get(name, "")).strip() for name in WORDS),
        "/v1alpha1/pages": lambda: not says_something(body) if isinstance(body, dict) else not query["organization"],
        "/v1alpha1/pages/{page}": lambda: isinstance(body, dict) and not says_something(body),
    }
    is_lacking = next((asked for ending, asked in lacks.items() if path.endswith(ending)), lambda: False)
    return ("invalid",) if is_lacking() else ()


NO_READER = "no-reader"
WORDS = ("query", "reviewPublisherSiteFilter")


def refusal_of_text(text):
    try:
        readable(text)
    except RefusalError as error:
        return (error.code,)
    return ()


def says_something(page):
    """Whether the texts of a page are more than markup and spaces."""
    said = ((one["claimReviewed"], one["rating"]["textualRating"]) for one in page["claimReviewMarkups"])
    return all(values.text(text) for pair in said for text in pair)


@OWN_SCHEMA.parametrize()
@EXAMPLES
def test_our_own_api_without_a_token(case, world):
    ask(case, {})


@OWN_SCHEMA.parametrize()
@EXAMPLES
def test_our_own_api_with_a_token(case, world):
    ask(case, world(*Scope))


@GOOGLE_SCHEMA.parametrize()
@EXAMPLES
def test_the_one_in_googles_shape_without_a_token(case, world):
    ask(case, {})


@GOOGLE_SCHEMA.parametrize()
@EXAMPLES
def test_the_one_in_googles_shape_with_a_token(case, world):
    ask(case, world(*Scope))


def check_scope(case, world, scope):
    """Whatever is sent: a token lets do what its scope says, and no more."""
    needed = case.operation.definition.raw.get("x-scope", "")
    headers = world(scope) | PLAIN
    if not needed or needed in ("any", scope.value):
        ask(case, headers)
        return
    answer = case.call(headers=headers)
    if case.method.upper() == "OPTIONS":  # what can be done here is no secret
        return
    assert 400 <= answer.status_code < 500, answer.text
    if case.meta.generation.mode.is_positive and "Authorization" not in (case.headers or {}):
        assert answer.status_code == 403, answer.text


@pytest.mark.parametrize("scope", Scope)
@OWN_SCHEMA.parametrize()
@FEWER
def test_our_own_api_with_a_token_of_one_scope(case, world, scope):
    check_scope(case, world, scope)


@pytest.mark.parametrize("scope", Scope)
@GOOGLE_SCHEMA.parametrize()
@FEWER
def test_the_one_in_googles_shape_with_a_token_of_one_scope(case, world, scope):
    check_scope(case, world, scope)
