import re

import pytest
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
