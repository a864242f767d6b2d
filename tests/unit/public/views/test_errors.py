import errno
import re

import pytest
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client

from kiemtin.public.pages import others
from kiemtin.public.views import errors

NOT_THERE = [("/nope/", "Chúng tôi không có trang này"), ("/en/nope/", "We do not have this page")]


@pytest.mark.parametrize(("path", "said"), NOT_THERE)
def test_a_page_that_is_not_there_is_said_in_the_language_of_the_address(client, db, path, said):
    response = client.get(path)
    assert response.status_code == 404
    assert said in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.parametrize(
    ("handler", "status"),
    [
        (errors.bad_request, 400),
        (errors.forbidden, 403),
        (errors.not_found, 404),
        (errors.too_many, 429),
        (errors.expired_form, 403),
    ],
)
def test_each_has_its_page(rf, handler, status):
    response = handler(rf.get("/en/x/"))
    assert response.status_code == status
    assert f'"error-number">{status}<' in response.content.decode()


def test_a_broken_page_asks_nothing(rf):
    response = errors.broken(rf.get("/x/"))  # no database mark: a query would fail the test
    assert response.status_code == 500
    assert "Something broke" in response.content.decode()


def test_a_failure_shows_that_page(monkeypatch, db, settings):
    monkeypatch.setattr("kiemtin.public.views.home.topics", None)
    response = Client(raise_request_exception=False).get("/en/")
    assert response.status_code == 500
    assert "Something broke on our side" in response.content.decode()


@pytest.fixture
def full(monkeypatch):
    """Nothing can be written."""

    def fail(*_, **__):
        raise OSError(errno.ENOSPC, "no room for hoi@example.org")

    for name in ("public.views.ask.take_ask", "public.views.ask.take_picture_use", "public.views.home.topics"):
        monkeypatch.setattr(f"kiemtin.{name}", fail)
    return Client(raise_request_exception=False)


def test_what_could_not_be_stored_is_said_and_can_be_sent_again(full, db, caplog):
    text = 'Tin "lạ" <b>&\ndòng hai'
    response = full.post("/en/ask/", {"text": text, "website": ""})
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert "no-store" in response["Cache-Control"]
    said = response.content.decode()
    assert "Nothing of what you sent was stored" in said
    assert '<form method="post" action="/en/ask/">' in said
    assert 'name="text" value="Tin &quot;lạ&quot; &lt;b&gt;&amp;\ndòng hai"' in said
    assert "Service Unavailable: /en/ask/: OSError (ENOSPC)" in caplog.text
    assert "Traceback" not in caplog.text
    assert "example.org" not in caplog.text


def test_a_picture_is_chosen_again(full, db):
    sent = {"text": "", "picture": SimpleUploadedFile("a.png", b"x")}
    said = full.post("/en/ask/", sent).content.decode()
    assert 'method="post"' not in said
    assert 'href="/en/ask/"' in said


def test_a_page_that_cannot_be_shown_says_when_to_come_back(full, db):
    response = full.get("/en/?a=1")
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert "Nothing of what you sent" not in response.content.decode()
    assert 'href="/en/?a=1"' in response.content.decode()


@pytest.mark.parametrize("name", ["password", "password1", "code", "credential"])
def test_what_signs_in_is_not_handed_back(rf, name):
    response = errors.unavailable(rf.post("/en/account/login/", {"login": "a@example.org", name: "bi-mat"}))
    assert "bi-mat" not in response.content.decode()
    assert "a@example.org" not in response.content.decode()


def test_a_session_that_could_not_be_stored_is_no_fault_of_who_sent_it(rf):
    interrupted = SessionInterrupted("gone")
    interrupted.__context__ = OperationalError("database or disk is full")  # as Django raises it
    assert errors.bad_request(rf.post("/en/"), interrupted).status_code == 503
    assert errors.bad_request(rf.post("/en/"), SessionInterrupted("signed out elsewhere")).status_code == 400


def test_the_handlers_are_the_ones_django_asks():
    from kiemtin.config import urls

    named = (urls.handler400, urls.handler403, urls.handler404, urls.handler500)
    assert all(name.startswith("kiemtin.public.views.errors.") for name in named)


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/a/",
        "//evil.example]",
        "/\\evil.example/",
        "/\t/evil.example/",
        "///evil.example",
        "//[::1",
        "/ /a",
    ],
)
def test_the_other_language_of_an_odd_address_is_here_too(client, db, path):
    """A browser takes what follows two slashes for a host, also where one of them is turned or a tab between them."""
    response = client.generic("GET", "/", PATH_INFO=path)
    assert response.status_code in (302, 404)
    (found,) = others(path)
    assert re.match(r"/(?![/\\\s])", found.url)
    if response.status_code == 404:
        assert not re.search(r"(href|action)=.[/\\][\t\r\n]*[/\\]", response.content.decode())
