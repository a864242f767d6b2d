"""An installation to send requests to: one thing behind every kind of address, and what a server makes of raw bytes.

Each request is answered in this process, as the server would hand it over, and the database is as before afterwards.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast
from urllib.parse import unquote_to_bytes, urlsplit

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.signals import got_request_exception
from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test.client import ClientHandler
from django.utils import timezone

from fuzz.harness import must
from kiemtin.accounts.enums import PageKind, Role, Scope
from kiemtin.accounts.models import Desk, DeskPage, Membership, User
from kiemtin.checks.actions.start_alert import start_alert
from kiemtin.checks.actions.start_fact_check import start_fact_check
from kiemtin.checks.alerts import AlertContent
from kiemtin.config.database import open_database
from kiemtin.matching.actions.follow import follow
from kiemtin.questions.digest import digest_of
from kiemtin.questions.models import Case, Match, Message, Picture, Request
from kiemtin.staff.actions.make_token import make_token
from tests import publishing
from tests.sessions import session

MARK = b"kt-x"
"""An element of this name in a page was put there by what was sent."""

_METHODS = frozenset({b"GET", b"HEAD", b"POST", b"PUT", b"DELETE", b"OPTIONS", b"PATCH"})
_NAME = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,60}")
_HOST = "localhost:8000"
_AWAY = re.compile(rb"(?:href|src|action)=.(?:/|\\|&#x27;)[\t\r\n]*[/\\]")
"""An address in a page that a browser reads as another host's."""

_MARKUP = ("text/html", "application/xml", "application/atom+xml", "application/rss+xml", "image/svg+xml")


@dataclass(frozen=True, slots=True)
class Site:
    """What stands in raw requests for what only this installation knows."""

    names: Mapping[bytes, bytes]


_built: list[Site] = []


def build() -> Site:
    """Make an installation in the database that Django is set up on; new for each process of the fuzzer."""
    open_database()
    return fill()


def fill() -> Site:
    """Put something behind every kind of address."""
    desk = Desk.objects.create(slug="ban-tin", name="Bàn Tin", language="vi", is_intake=True)
    person = User.objects.create(email="quan-tri@desk.example", name="Quản Trị")
    Membership.objects.create(user=person, desk=desk, role=Role.ADMINISTRATOR)
    checker = User.objects.create(email="kiem@desk.example", name="Kiểm")
    Membership.objects.create(user=checker, desk=desk, role=Role.CHECKER)
    DeskPage.objects.create(desk=desk, kind=PageKind.METHOD, language="vi", number=1, body="## Cách làm", by=person)
    TOTP.activate(person, generate_totp_secret())
    check = publishing.published("Tỏi chữa khỏi Covid-19", desk=desk)
    publishing.revise(check)
    withdrawn = publishing.published("Nước chanh chữa ung thư", desk=desk)
    publishing.withdraw(withdrawn)
    case = Case.objects.create(desk=desk, title="Nước chanh nóng", language="vi", asked=1, messages_count=1)
    text = "Nghe nói uống nước chanh nóng là khỏi bệnh"
    message = Message.objects.create(digest=digest_of(text), text=text, case=case, settled=True, asked=1)
    request = Request.objects.create(code="AAAAAAAAA1", message=message)
    unsure = Message.objects.create(digest=digest_of("Ăn tỏi"), text="Ăn tỏi", band="maybe", settled=True, asked=1)
    Request.objects.create(code="AAAAAAAAA2", message=unsure)
    match = Match.objects.create(message=unsure, fact_check=check, probability=0.7, band="maybe")
    Picture.objects.create(code="BBBBBBBBB1", state="read", text=text, delete_after=timezone.now())
    draft = start_fact_check(desk=desk, by=checker)
    content = AlertContent(title="Giả ngân hàng", text="Xin mã.", checks=(check.pk,), language="vi")
    alert = start_alert(desk=desk, by=checker, content=content)
    token = make_token(
        desk=desk,
        name="Mọi quyền",
        scopes=list(Scope),
        days=30,
        by=person,
        publisher_name="Báo Kiểm",
        publisher_site="bao.example",
    )
    follow(encoder=None)
    names = {
        "check": check.pk,
        "withdrawn": withdrawn.pk,
        "draft": draft.pk,
        "case": case.pk,
        "match": match.pk,
        "alert": alert.pk,
        "code": request.code,
        "unsure": "AAAAAAAAA2",
        "picture": "BBBBBBBBB1",
        "token": token.secret,
        "session": session(person),
    }
    site = Site({f"{{{name}}}".encode(): str(value).encode() for name, value in names.items()})
    _built[:] = [site]
    return site


def send(raw: bytes) -> HttpResponseBase | None:
    """Send a request, written as HTTP has it but with bare line ends; None if no server would hand it on.

    Raises
    ------
    Exception
        Whatever the program ran into, where it would answer that something is broken.
    """
    (site,) = _built
    for name, value in site.names.items():
        raw = raw.replace(name, value)
    environ = _environ(raw)
    if environ is None:
        return None
    errors: list[BaseException] = []
    with transaction.atomic():
        response = _answered(environ, errors)
        transaction.set_rollback(True)
    if errors:
        raise errors[0]
    _check(response)
    return response


def _answered(environ: dict[str, object], errors: list[BaseException]) -> HttpResponseBase:
    def note(**_told: object) -> None:
        import sys  # noqa: PLC0415

        error = sys.exc_info()[1]
        errors.append(error if error is not None else RuntimeError("an error without a trace"))

    got_request_exception.connect(note)
    try:
        response = cast(HttpResponseBase, _handler()(environ))
        if isinstance(response, StreamingHttpResponse):
            b"".join(cast(Iterable[bytes], response.streaming_content))
        return response
    finally:
        got_request_exception.disconnect(note)


@cache
def _handler() -> ClientHandler:
    return ClientHandler(enforce_csrf_checks=False)


def _environ(raw: bytes) -> dict[str, object] | None:
    head, _, body = raw.partition(b"\n\n")
    first, *lines = head.split(b"\n")
    method, _, target = first.partition(b" ")
    if method not in _METHODS or not target.startswith(b"/") or re.search(rb"[\x00-\x20\x7f]", target):
        return None
    path, _, query = target.partition(b"?")
    environ: dict[str, object] = {
        "REQUEST_METHOD": method.decode(),
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query.decode("latin-1"),
        "SCRIPT_NAME": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "192.0.2.1",
        "HTTP_HOST": _HOST,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multiprocess": True,
        "wsgi.multithread": False,
        "wsgi.run_once": False,
    }
    for line in lines:
        name, _, value = line.partition(b":")
        if not _NAME.fullmatch(name) or re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", value):
            continue
        key = name.decode().upper().replace("-", "_")
        if key not in ("CONTENT_LENGTH", "HOST"):
            environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value.strip().decode("latin-1")
    return environ


def _check(response: HttpResponseBase) -> None:
    must(response.status_code not in (500, 502), "nothing that is sent breaks the program")
    location = response.headers.get("Location", "")
    parts = urlsplit(location)
    must(parts.netloc in ("", _HOST) and parts.scheme in ("", "http"), f"no redirect leads away: {location}")
    must(not location.startswith(("//", "/\\")), f"no redirect leads away: {location}")
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    if kind in _MARKUP and isinstance(response, HttpResponse) and "Content-Encoding" not in response.headers:
        must(b"<" + MARK not in response.content.lower(), "what is sent is shown as text")
        must(not _AWAY.search(response.content), "no link leads away")
        response.content.decode("utf-8")
