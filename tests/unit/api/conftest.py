import json

import pytest
from django.test import Client

from kiemtin.accounts.enums import Scope
from kiemtin.checks.actions.upsert_external_reviews import upsert_external_reviews
from kiemtin.matching.actions.follow import follow
from kiemtin.staff.actions.make_token import make_token


class Caller:
    """Calls the API as a program does."""

    def __init__(self, secret="", language="en", **extra):
        self.client = Client()
        self.extra = {"HTTP_ACCEPT_LANGUAGE": language, **extra}
        if secret:
            self.extra["HTTP_AUTHORIZATION"] = f"Bearer {secret}"

    def get(self, path, data=None, **extra):
        return self.client.get(path, data or {}, **self.extra | extra)

    def options(self, path, **extra):
        return self.client.options(path, **self.extra | extra)

    def head(self, path, data=None, **extra):
        return self.client.head(path, data or {}, **self.extra | extra)

    def send(self, method, path, body, *, kind="application/json", **extra):
        content = body if isinstance(body, str | bytes) else json.dumps(body)
        return self.client.generic(method, path, content, content_type=kind, **self.extra | extra)

    def post(self, path, body, **options):
        return self.send("POST", path, body, **options)


@pytest.fixture
def caller():
    return Caller


@pytest.fixture
def api(data, db):
    return Caller()


@pytest.fixture
def token(desk, administrator):
    """Make a token of the desk and a caller that shows it."""

    def make(*scopes, desk=desk, by=administrator, site="baokiem.example", **options):
        made = make_token(
            desk=desk,
            name="Bot",
            scopes=[Scope(scope) for scope in scopes],
            days=30,
            publisher_name="Báo Kiểm",
            publisher_site=site,
            by=by,
        )
        caller = Caller(made.secret, **options)
        caller.row, caller.secret = made.token, made.secret
        return caller

    return make


@pytest.fixture
def indexed(data):
    """Bring the index up to what is published; without vectors, which add nothing here."""

    def make():
        follow(encoder=None)

    return make


@pytest.fixture
def reviews(db, review):
    """Store reviews of another publisher; fields as in `review`."""

    def make(count=1, **fields):
        given = [review(number, **fields) for number in range(count)]
        upsert_external_reviews(reviews=given, by="test")
        return given

    return make
