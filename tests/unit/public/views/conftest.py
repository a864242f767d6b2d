import re

import pytest

from kiemtin.public.views import ask as module
from kiemtin.questions.models import Request
from tests.unit.questions.conftest import FakeLibrary

TEXT = "Ăn tỏi mỗi ngày thì khỏi cúm phải không mọi người"


@pytest.fixture
def library(data, desk, monkeypatch):
    """What the asker's pages ask; says nothing fits until a test has it say something else."""
    library = FakeLibrary()
    monkeypatch.setattr(module, "live_library", lambda: library)
    return library


@pytest.fixture
def ask(client, library):
    """Ask in English, each time from another address unless it is said from where; returns the response."""
    count = iter(range(1, 250))

    def put(text=TEXT, *, address=None, **fields):
        where = address or f"203.0.113.{next(count)}"
        return client.post("/en/ask/", {"text": text} | fields, REMOTE_ADDR=where)

    return put


@pytest.fixture
def asked(ask):
    """Ask as somebody else; returns the stored request."""

    def put(*args, **fields):
        response = ask(*args, **fields)
        assert response.status_code == 302, response.content.decode()
        return Request.objects.get(code=response["Location"].strip("/").rsplit("/", 1)[-1])

    return put


@pytest.fixture
def page(client):
    """Text of the page of a receipt, without tags."""

    def read(request, status=200, prefix="/en"):
        response = client.get(f"{prefix}/r/{request.code}/")
        assert response.status_code == status
        return words(response)

    return read


def words(response):
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())
