"""schemathesis asks the whole description of the API what it does not expect: with and without a token."""

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, settings

from kiemtin.accounts.enums import Scope
from kiemtin.api.apis import google, own
from kiemtin.api.described import GOOGLE, OWN
from kiemtin.api.openapi import described
from kiemtin.matching.actions.follow import follow
from kiemtin.questions.limits import Limit
from kiemtin.staff.actions.make_token import make_token
from tests import publishing
from tests.unit.questions.making import make_case

pytestmark = pytest.mark.django_db

EXAMPLES = settings(
    max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None
)
ENDLESS = 10**9
PLAIN = {"Accept-Encoding": "identity"}  # the client in the process reads nothing that is compressed
NO_READER = ":imageSearch"  # says honestly where nothing is installed that reads pictures: 501
# What has the right form is taken, but for two things that no schema tells: whether a text says anything beside
# personal data, and what Google's shape needs, where by its form every field may be left out.
MAY_REFUSE = ("/api/v1/questions", "/v1alpha1/")


@pytest.fixture
def world(kept_connection, data, desk, other_desk, administrator, monkeypatch):
    """Something behind every address, and limits that no test reaches; returns a token that may do everything."""
    for name in ("CALLING", "CALLING_BY_TOKEN"):
        monkeypatch.setattr(f"kiemtin.api.call.{name}", (Limit("api", ENDLESS, 60),))
    for name in ("ASKING", "ASKING_BY_TOKEN", "LOOKING_UP"):
        monkeypatch.setattr(f"kiemtin.api.v1.questions.{name}", (Limit("ask", ENDLESS, 60),))
    check = publishing.published("Tỏi chữa khỏi Covid-19", desk=desk)
    publishing.revise(check)
    publishing.withdraw(publishing.published("Nước chanh chữa ung thư", desk=desk))
    make_case(desk, messages=2)
    follow(encoder=None)
    made = make_token(
        desk=desk,
        name="Mọi quyền",
        scopes=list(Scope),
        days=30,
        by=administrator,
        publisher_name="Báo Kiểm",
        publisher_site="baokiem.example",
    )
    return {"Authorization": f"Bearer {made.secret}"}


def schema_of(api, beginning):
    schema = schemathesis.openapi.from_dict(described(api, beginning) | {"servers": [{"url": "/"}]})
    schema.app = get_wsgi_application()
    return schema


OWN_SCHEMA, GOOGLE_SCHEMA = schema_of(own, OWN), schema_of(google, GOOGLE)
POSITIVE, NEGATIVE, NO_FAILURE = (
    schemathesis.checks.CHECKS.get_by_names([name])
    for name in ("positive_data_acceptance", "negative_data_rejection", "not_a_server_error")
)


def ask(case, headers):
    """Call it and check everything that schemathesis can check."""
    path = case.operation.path
    may_refuse = path == MAY_REFUSE[0] or path.startswith(MAY_REFUSE[1])
    left_out = [*(POSITIVE if may_refuse else ()), *(NO_FAILURE if path.endswith(NO_READER) else ())]
    # A name in the query that nobody knows is let be. Where the token was left out as well, which is given here all the
    # same, the two together would count as a call that had to be refused.
    known = {parameter.name for parameter in case.operation.query}
    left_out += NEGATIVE if headers and set(case.query or ()) - known else ()
    case.call_and_validate(headers=headers | PLAIN, excluded_checks=left_out)


@OWN_SCHEMA.parametrize()
@EXAMPLES
def test_our_own_api_without_a_token(case, world):
    ask(case, {})


@OWN_SCHEMA.parametrize()
@EXAMPLES
def test_our_own_api_with_a_token(case, world):
    ask(case, world)


@GOOGLE_SCHEMA.parametrize()
@EXAMPLES
def test_the_one_in_googles_shape_without_a_token(case, world):
    ask(case, {})


@GOOGLE_SCHEMA.parametrize()
@EXAMPLES
def test_the_one_in_googles_shape_with_a_token(case, world):
    ask(case, world)
