"""From an asker's text to the answer, through the real pages and the API, whatever Unicode brings.

Nothing breaks; what is stored is valid; what is shown is text; nothing turns the page's own words around.
"""

import json
import re

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.matching.actions.follow import follow
from kiemtin.matching.live import live
from kiemtin.questions.actions.settle import settle
from kiemtin.questions.digest import MAX_LENGTH, readable
from kiemtin.questions.limits import Limit
from kiemtin.questions.models import Message, Request
from kiemtin.questions.shelf import MESSAGES
from tests import publishing
from tests.examples import examples

pytestmark = pytest.mark.django_db

EXAMPLES = examples(60)
ENDLESS = (Limit("any", 10**9, 60),)
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
MARK = "<kt-x>"
CLAIM = "Ăn tỏi mỗi ngày thì khỏi cúm"

ODD = st.sampled_from(
    [
        *(
            "\0",
            "\x07",
            "\x1b[31m",
            "\x85",
            "\u2028",
            "\x0b\x0c",
            "\ud800",
            "\udfff\ud83d",
            "\ufffe",
            "\ufdd0",
            "\ufffd",
        ),
        *("\u202e", "\u2066", "\u202a\u202b\u202c", "\u200f", "\u061c", "\u2069\u2069", "אבג", "مرحبا"),
        *("\u200b", "\u200d", "\u00ad", "\u2060\ufeff", "\u180e", "\u3164", "\u115f", "\ufe0f"),
        *(
            "e" + "\u0301" * 400,
            "\u0344" * 50,
            "a\u0323\u0302",
            "\u1e9e",
            "İ",
            "ǆ",
            "ﬃ",
            "Ⅷ",
            "\u0958" * 60,
            "\U0001d160",
        ),
        *("👨‍👩‍👧‍👦", "🏳️‍🌈", "\U000e0041\U000e007f", "\U0010ffff", "𝐕𝐢𝐞𝐭𝐜𝐨𝐦𝐛𝐚𝐧𝐤.com/a", "ｖｉｅｔ．com"),
        *("0988 123 456", "o912.345.678", "[phone]", "[không]", "https://bit.ly/3xYz", "a@b.vn", "fb.me/a"),
        *(MARK, f'">{MARK}', f"</textarea>{MARK}", f"&lt;{MARK}", "{{ 7*7 }}", "%s%(a)s{0}", "\\", "'"),
        *(CLAIM, "nghe nói", "\n\n\n", "\r", "\t", " " * 50, "https://" * 30, "." * 200, "đ" * 300, "-" * 100),
    ]
)
PIECES = st.lists(st.one_of(ODD, st.text(max_size=30), st.characters()), min_size=1, max_size=12).map("".join)
REPEATED = st.builds(lambda piece, times: piece * times, ODD, st.integers(1, 400))
TEXTS = st.one_of(
    PIECES, REPEATED, st.builds(lambda piece: (piece or "a") * 100_000, st.sampled_from("a\u0301\0🙏\ud800 "))
)


@pytest.fixture
def world(data, desk, monkeypatch):
    """A check to find, and limits that no test reaches."""
    for name in ("ASKING", "LOOKING_UP"):
        monkeypatch.setattr(f"kiemtin.questions.limits.{name}", ENDLESS)
        monkeypatch.setattr(f"kiemtin.api.v1.questions.{name}", ENDLESS)
    monkeypatch.setattr("kiemtin.api.call.CALLING", ENDLESS)
    publishing.published(CLAIM, desk=desk)
    follow(encoder=None)
    return Client(raise_request_exception=True)


def asked_on_the_web(client, text):
    """Ask as a browser does; what is no UTF-8 goes out as the bytes of its halves."""
    body = b"text=" + b"".join(b"%%%02x" % one for one in text.encode("utf-8", "surrogatepass"))
    return client.generic("POST", "/ask/", body, content_type="application/x-www-form-urlencoded")


def seen(client, path, **headers):
    """Open a page; returns it as text."""
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode("utf-8")


def check_stored(message):
    message.text.encode("utf-8")
    assert "\0" not in message.text
    assert len(message.text) <= MAX_LENGTH
    assert not TURNS.search(message.text)
    assert readable(message.text) == message.text


def check_shown(page):
    assert MARK not in page
    assert not TURNS.search(page)


@EXAMPLES
@given(text=TEXTS)
def test_on_the_web(world, checker, text):
    before = Request.objects.count()
    answer = asked_on_the_web(world, text)
    assert answer.status_code in (302, 422)
    if answer.status_code == 422:
        assert MARK not in answer.content.decode("utf-8")
        assert Request.objects.count() == before
        return
    message = Request.objects.get(code=answer.headers["Location"].split("/")[2]).message
    check_stored(message)
    for prefix in ("", "/en"):
        check_shown(seen(world, f"{prefix}{answer.headers['Location']}"))
    check_shown(seen(world, answer.headers["Location"], HX_Request="true"))
    Message.objects.update(due=message.first_asked)
    settle(messages=live().search(MESSAGES))
    message.refresh_from_db()
    check_shown(seen(world, answer.headers["Location"]))
    if message.case is not None:
        message.case.title.encode("utf-8")
        world.force_login(checker)
        check_shown(seen(world, f"/desk/{message.case.desk.slug}/cases/{message.case_id}/"))
        world.logout()


@EXAMPLES
@given(text=TEXTS)
def test_by_the_api(world, text):
    before = Request.objects.count()
    body = json.dumps({"text": text}).encode()  # halves of characters go out as escapes, as JSON allows
    answer = world.generic("POST", "/api/v1/questions", body, content_type="application/json")
    assert answer.status_code in (200, 201, 413, 422)
    told = json.loads(answer.content.decode("utf-8"))
    assert not TURNS.search(answer.content.decode("utf-8"))
    if answer.status_code >= 400:
        assert told["code"] in {
            *("invalid", "too-large", "message-empty", "message-too-long", "message-not-text"),
            "message-only-personal-data",
        }
        assert Request.objects.count() == before
        return
    check_stored(Request.objects.get(code=told["code"].replace("-", "")).message)
    again = world.get(f"/api/v1/questions/{told['code']}")
    assert again.status_code == 200
    check_shown(seen(world, f"/r/{told['code'].replace('-', '')}/"))


@EXAMPLES
@given(text=TEXTS)
def test_as_a_search(world, text):
    """In every place that looks for words, also those of programs; what is looked for stands in the page again."""
    words = "".join(f"%{one:02x}" for one in text[:2_000].encode("utf-8", "surrogatepass"))
    for path in (
        "/checks/?q=",
        "/search/?q=",
        "/widget/?q=",
        "/ask/?text=",
        "/r/?code=",
        "/v1alpha1/claims:search?query=",
    ):
        answer = world.get(f"{path}{words}")
        assert answer.status_code in (200, 204, 400, 404)
        assert MARK not in answer.content.decode("utf-8") or path.startswith("/v1alpha1")
