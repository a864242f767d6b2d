import datetime as dt
import logging
import re

import pytest
from django.db import connection
from django.test import Client

from kiemtin.matching import opening
from kiemtin.matching.actions.follow import follow
from kiemtin.questions import limits
from kiemtin.questions.limits import Limit
from kiemtin.questions.models import Message, Request
from kiemtin.retrieval.errors import EncoderUnavailableError
from tests.unit.public.views.conftest import TEXT, words

TOO_LONG = "tin đồn " * 1300


def test_a_question_leads_to_the_page_of_its_receipt(ask, client):
    response = ask()
    request = Request.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/en/r/{request.code}/")
    assert (request.language, request.channel) == ("en", "web")
    assert not client.cookies


def test_a_reload_of_the_answer_asks_nothing_again(ask, client):
    where = ask()["Location"]
    for _ in range(3):
        assert client.get(where).status_code == 200
    assert (Request.objects.count(), Message.objects.get().asked) == (1, 1)


def test_who_asks_the_same_twice_has_one_receipt(ask):
    assert ask(address="203.0.113.7")["Location"] == ask(address="203.0.113.7")["Location"]
    assert Request.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "There is nothing readable in the message."),
        (" \n\t ", "There is nothing readable in the message."),
        (TOO_LONG, "The message is too long; at most 10000 characters can be checked."),
        ("\x01\x02\x03\x04\x05" * 9, "The message is not text."),
        ("0912 345 678", "nothing is left to check"),
    ],
)
def test_what_cannot_be_taken_is_said_and_stays_in_the_field(ask, text, said):
    response = ask(text)
    page = response.content.decode()
    assert response.status_code == 422
    assert said in words(response)
    assert 'aria-describedby="ask-error"' in page
    assert f">\n{text}</textarea>" in page
    assert not Message.objects.exists()


def test_more_than_any_message_is_too_long(ask, settings):
    response = ask("a" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1))
    assert response.status_code == 422
    assert "at most 10000 characters" in words(response)


def test_a_flood_is_told_when_to_try_again_and_keeps_its_text(ask, monkeypatch):
    monkeypatch.setattr(limits, "ASKING", (Limit("ask", 2, 86_400),))
    assert [ask(f"{TEXT} {n}", address="203.0.113.7").status_code for n in range(3)] == [302, 302, 429]
    response = ask(TEXT, address="203.0.113.7")
    assert 0 < int(response["Retry-After"]) <= 86_400
    assert "Please try again in" in words(response)
    assert f">\n{TEXT}</textarea>" in response.content.decode()
    assert ask(TEXT, address="203.0.113.8").status_code == 302


def test_a_program_that_fills_in_the_hidden_field_is_not_taken(ask):
    response = ask(website="https://spam.example")
    assert response.status_code == 422
    assert "hidden field" in words(response)
    assert not Message.objects.exists()


def test_another_sites_form_is_refused(client, library):
    response = client.post("/ask/", {"text": TEXT}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert not Message.objects.exists()


def test_no_token_is_needed_where_tokens_are_checked(library):
    assert Client(enforce_csrf_checks=True).post("/ask/", {"text": TEXT}).status_code == 302


def test_by_get_the_text_only_stands_in_the_field(client, library):
    response = client.get("/en/ask/", {"text": "Tin <b>này</b>"})
    assert response.status_code == 200
    assert ">\nTin &lt;b&gt;này&lt;/b&gt;</textarea>" in response.content.decode()
    assert not Message.objects.exists()


@pytest.mark.parametrize("path", ["/ask/", "/ask/?text=Tin"])
def test_what_was_typed_is_kept_by_nobody(client, library, path):
    for response in (client.get(path), client.post(path, {"text": ""})):
        assert response["Cache-Control"] == "private, no-store"
        assert "noindex" in response["X-Robots-Tag"]
        assert response["Referrer-Policy"] == "same-origin"


def test_nothing_raw_reaches_a_header_a_log_or_a_table(ask, client, caplog):
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, "django.template")  # below that it tells what is in any template's context
    text = f"{TEXT}, hỏi chị Mai 0912 345 678 hoặc mai@example.org"
    responses = [ask(text), ask(text, website="x"), ask(f"{text} {TOO_LONG}")]
    responses.append(client.get(responses[0]["Location"]))
    told = "\n".join(f"{response.status_code} {response.headers}" for response in responses) + caplog.text + stored()
    assert "[phone]" in told
    for raw in ("345 678", "0912", "345678", "mai@example"):
        assert raw not in told
    assert "0912" not in responses[-1].content.decode()
    assert "phone number" in words(responses[-1])


def stored():
    """All that stands in any table."""
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            rows += (repr(value) for row in cursor.fetchall() for value in row if not _is_chance(value))
    return "\n".join(rows)


def _is_chance(value):
    """Whether it is a moment, a measure or a digest, whose figures may be any."""
    return isinstance(value, (dt.datetime, float)) or re.fullmatch(r"[0-9a-f]{64}", str(value)) is not None


def test_the_live_library_answers(client, published, monkeypatch):
    def fail():
        raise EncoderUnavailableError("words are enough here")

    monkeypatch.setattr(opening, "load_encoder", fail)
    claim = "Uống nước tỏi mỗi sáng lúc đói thì chữa khỏi bệnh Covid-19 trong ba ngày"
    published(claim=claim)
    follow(encoder=None)
    response = client.post("/en/ask/", {"text": f"{claim}, có thật vậy không"}, follow=True)
    assert f"The claim {claim}" in words(response) or "Is it one of these?" in words(response)
    assert claim in words(response)
