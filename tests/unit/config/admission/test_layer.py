import io
import json
import threading
from contextlib import ExitStack, nullcontext

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from kiemtin.config.admission.gate import Gate
from kiemtin.config.admission.kinds import RULES, Kind, Rule
from kiemtin.config.admission.layer import Admission, Stream
from kiemtin.config.admission.lines import FullError
from kiemtin.desk.access import MEMBER


class Counted:
    def __init__(self):
        self.kinds = []

    def count(self, kind):
        self.kinds.append(kind)


class NothingLent:
    """Leaves the connection of the tests where it is."""

    lent = nullcontext


class Site:
    """The layer with a Django behind it that answers what a test wants."""

    def __init__(self, places=1):
        self.answer = lambda request: HttpResponse("page", headers={"X-Of": "django"})
        self.gate = Gate(dict.fromkeys(Kind, Rule(share=1, places=9, waiting=0, patience=0)), places=places, reserve=0)
        self.tally = Counted()
        self.layer = Admission(self.pages, gate=self.gate, tally=self.tally, lender=NothingLent())
        self.requests = []

    def pages(self, environ, start_response):
        self.requests.append(WSGIRequest(environ))
        response = self.answer(self.requests[-1])
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return response

    def __call__(self, path, method="GET", body=b"", content_type="", **more):
        environ = {
            "PATH_INFO": path,
            "REQUEST_METHOD": method,
            "QUERY_STRING": "",
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "CONTENT_LENGTH": str(len(body)) if body else "",
            "CONTENT_TYPE": content_type,
            **more,
        }
        heads = []
        given = self.layer(environ, lambda status, headers: heads.append((status, dict(headers))))
        (head,) = heads
        return *head, given

    def full(self):
        """Nobody else is let in meanwhile."""
        return self.gate.inside(Kind.FILES)


@pytest.fixture
def site():
    """Without what Django does to connections at the end of a request: they are those of the tests."""
    request_finished.disconnect(close_old_connections)
    yield Site()
    request_finished.connect(close_old_connections)


FORM = "application/x-www-form-urlencoded"


def test_what_is_let_in_is_answered_by_django_as_one_piece(site):
    status, headers, body = site("/")
    assert (status, headers["X-Of"], body) == ("200 OK", "django", [b"page"])
    assert isinstance(body, list), "the server sends a list at once"
    assert site.tally.kinds == []


def test_the_place_is_free_again_after_each_answer(site):
    for _ in range(3):
        assert site("/")[0] == "200 OK"


def test_who_finds_no_room_is_told_when_to_try_again(site):
    with site.full():
        status, headers, (body,) = site("/en/checks/")
    assert status == "503 Service Unavailable"
    assert 5 <= int(headers["Retry-After"]) <= 15
    assert f"try again in {headers['Retry-After']} seconds" in body.decode()
    assert 'href="/en/checks/"' in body.decode()
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert site.requests == []
    assert site.tally.kinds == [Kind.READING]


def test_the_seconds_follow_from_how_long_it_would_have_taken(site, monkeypatch):
    def full(kind, **_):
        raise FullError(kind, 40.2)

    monkeypatch.setattr(site.gate, "inside", full)
    assert 46 <= int(site("/")[1]["Retry-After"]) <= 56


def test_an_asker_gets_the_text_back(site):
    with site.full():
        _, _, (body,) = site("/en/ask/", "POST", b"text=Tin+%3Cn%C3%B3ng%3E&website=", FORM)
    page = body.decode()
    assert "Your text is not lost" in page
    assert "\nTin &lt;nóng&gt;</textarea>" in page
    assert 'action="/en/ask/"' in page


def test_a_program_is_told_in_the_shape_of_its_api(site):
    with site.full():
        status, headers, (ours,) = site("/api/v1/questions")
        _, others, (google,) = site("/v1alpha1/claims:search")
    assert status == "503 Service Unavailable"
    assert headers["Content-Type"] == "application/problem+json"
    assert json.loads(ours)["code"] == "overloaded"
    assert "Retry-After" in headers
    told = json.loads(google)["error"]
    assert (told["code"], told["status"]) == (503, "UNAVAILABLE")
    assert {"retryDelay": f"{others['Retry-After']}s"}.items() <= told["details"][-1].items()


def test_files_and_pages_that_ask_by_themselves_get_one_word(site):
    with site.full():
        for path, more in (("/static/a.css", {}), ("/r/AAAAAAAAAA/", {"HTTP_HX_REQUEST": "true"})):
            status, headers, body = site(path, **more)
            assert (status, body) == ("503 Service Unavailable", [b"busy\n"])
            assert headers["Retry-After"]


def test_the_process_says_that_it_is_there_however_many_come(site):
    with site.full():
        status, headers, body = site("/healthz")
    assert (status, body) == ("200 OK", [b"ok\n"])
    assert headers["Cache-Control"] == "no-store"
    assert site.requests == []


class Slow(io.BytesIO):
    """A body on its way: says whether the place was free while it came."""

    def __init__(self, data, look):
        super().__init__(data)
        self.look = look
        self.seen = None

    def read(self, *size):
        self.seen = self.look()
        return super().read(*size)


def test_a_body_is_taken_in_before_a_place_is_taken(site):
    def look():
        with site.full():
            return "free"

    body = Slow(b"text=a", look)
    site.answer = lambda request: HttpResponse(request.POST["text"])
    _, _, given = site("/ask/", "POST", b"text=a", FORM, **{"wsgi.input": body})
    assert given == [b"a"]
    assert body.seen == "free"


def test_only_so_many_bodies_are_taken_in_at_once(site):
    with ExitStack() as held:
        for _ in range(RULES[Kind.ASKING].bodies):
            held.enter_context(site.layer._bodies[Kind.ASKING])
        slow = io.BufferedReader(io.BytesIO(b"text=a"))
        status, _, (page,) = site("/en/ask/", "POST", b"text=a", FORM, **{"wsgi.input": slow})
        assert status == "503 Service Unavailable"
        assert "go back" in page.decode().lower(), "a slow form is not waited for"
        assert site("/en/")[0] == "200 OK"
    assert site("/en/ask/", "POST", b"text=a", FORM)[0] == "200 OK"


def test_what_is_too_large_is_left_unread(site, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    body = Slow(b"x" * 11, lambda: "read")
    assert site("/ask/", "POST", b"x" * 11, FORM, **{"wsgi.input": body})[0] == "200 OK"
    assert body.seen is None


def test_who_was_seen_at_the_desk_comes_in_by_the_desk_the_next_time(site):
    cookie = {"HTTP_COOKIE": "sessionid=abc"}
    with site.full():
        site("/desk/a/", **cookie)
    site.answer = lambda request: HttpResponse(headers={"X": str(request.META.setdefault(MEMBER, True))})
    site("/desk/a/", **cookie)
    with site.full():
        site("/desk/a/", **cookie)
    assert site.tally.kinds == [Kind.DOOR, Kind.DESK]


def test_a_form_of_the_desk_is_never_given_back(site):
    with site.full():
        _, _, (body,) = site("/en/account/login/", "POST", b"login=a&password=geheim", FORM)
    assert b"geheim" not in body
    assert "Go back" in body.decode()


def free(site):
    try:
        with site.full():
            return True
    except FullError:
        return False


def test_each_piece_of_a_long_answer_has_a_place_for_itself(site):
    def pieces():
        for number in range(3):
            states.append(free(site))
            yield str(number).encode()

    states, closed = [], []
    response = StreamingHttpResponse(pieces())
    response.close = lambda: closed.append(free(site))
    site.answer = lambda request: response
    _, _, given = site("/feeds/claimreview.json")
    assert isinstance(given, Stream)
    read = []
    for piece in given:
        read.append(piece)
        assert free(site), "who reads slowly has no place"
    given.close()
    given.close()
    assert read == [b"0", b"1", b"2"]
    assert states == [False] * 3
    assert closed == [False], "once, where the database may be asked"


def test_only_so_many_long_answers_are_given_out_at_once(site, monkeypatch):
    monkeypatch.setattr(site.layer, "_streams", threading.BoundedSemaphore(1))
    site.answer = lambda request: StreamingHttpResponse(iter([b"a"]))
    _, _, first = site("/feeds/claimreview.json")
    assert site("/feeds/claimreview.json")[0] == "503 Service Unavailable"
    first.close()
    assert site("/feeds/claimreview.json")[0] == "200 OK"


def test_a_small_file_is_one_piece_and_a_large_one_is_read_without_a_place(site, monkeypatch):
    site.answer = lambda request: FileResponse(io.BytesIO(b"body"))
    assert site("/static/a.css")[2] == [b"body"]
    monkeypatch.setattr("kiemtin.config.admission.layer._SMALL", 2)
    _, _, given = site("/static/a.css")
    assert isinstance(given, Stream)
    with site.full():
        assert list(given) == [b"body"]
        given.close()
