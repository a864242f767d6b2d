import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from http.cookies import SimpleCookie

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished
from django.db import close_old_connections, connection, transaction
from django.test import Client, override_settings
from django.urls import URLResolver, get_resolver, reverse

from kiemtin.accounts.models import User
from tests.conftest import KEY, QUICK_HASHERS
from tests.unit.config.access.asks import FILE, FORMS, PLACES, Form, filled
from tests.unit.config.access.world import build

_OF_PEOPLE = {"desk:home", "desk:second-factor", "desk:account", "desk:invitation"}
_NUMBERS = {"pk", "number", "copy", "source", "old", "new", "index", "size"}
_SESSIONS = "django_session"
_READING = {"SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK"}


def addresses():
    """The names of all addresses below a language: of everything that people see."""

    def walk(patterns, space=""):
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space)
            else:
                yield f"{space}{pattern.name}", pattern.callback

    pages = next(one for one in get_resolver().url_patterns if "LocalePrefix" in type(one.pattern).__name__)
    return dict(walk(pages.url_patterns))


def asks():
    """Every request: a GET of each address, and a POST of each form, or without one where none is known."""
    for name in addresses():
        yield "GET", name, Form()
        forms = [(label, form) for label, form in FORMS.items() if label.split()[0] == name]
        for label, form in forms or [(name, Form())]:
            yield "POST", label, form


@pytest.fixture(scope="module")
def corners(django_db_setup, django_db_blocker, common_folder):
    """Two desks, made once for a module; each test changes them for itself alone."""
    in_memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    quick = {
        "KIEMTIN_DATA": common_folder,
        "SECRET_KEY": KEY,
        "PASSWORD_HASHERS": QUICK_HASHERS,
        "CACHES": {"default": in_memory, "pages": in_memory},
    }
    with django_db_blocker.unblock(), override_settings(**quick), transaction.atomic():
        here = build("ban-a", "AAAA", is_intake=True)
        there = build("ban-b", "BBBB", is_intake=False)
        User.objects.create(email="khong-ban@example.org", name="Không Bàn")
        yield here, there
        transaction.set_rollback(True)


@dataclass
class Visitor:
    """Somebody with the cookies of their session; each request comes from them as they were at first.

    Attributes
    ----------
    options
        Of Django's test client.
    inspect
        Looks at the tables after a request, before what it did is taken back.
    before
        What stood in the tables at first.
    """

    cookies: dict
    role: str
    options: dict
    inspect: Callable = None
    before: dict = None

    def ask(self, method, url, sent=None, **headers):
        """Ask, and take back what that did; returns the answer with what changed in the tables meanwhile."""
        cache.clear()
        client = Client(raise_request_exception=False, **self.options)
        client.cookies = SimpleCookie(self.cookies)
        self.before = self.before or digests()
        with transaction.atomic():
            with connection.execute_wrapper(written := Written()):
                if method == "GET":
                    answer = client.get(url, sent or {}, **headers)
                else:
                    answer = client.post(url, sent or {}, **headers)
                answer.body = whole(answer)
            after = digests() if written else self.before
            answer.changed = {table for table, digest in after.items() if digest != self.before.get(table)}
            answer.found = self.inspect() if self.inspect else None
            transaction.set_rollback(True)
        return answer


class Written:
    """Sees statements go by (Django's `execute_wrapper`); true once one was more than reading."""

    def __init__(self):
        self._found = False

    def __bool__(self):
        return self._found

    def __call__(self, execute, statement, values, many, context):
        self._found |= statement.split(None, 1)[0].upper() not in _READING
        return execute(statement, values, many, context)


def whole(answer):
    """Return the body of an answer, and close it without its connection: all of a module is one transaction."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    request_finished.disconnect(close_old_connections)
    answer.close()
    request_finished.connect(close_old_connections)
    return body


def digests():
    """What stands in each table, but for sessions."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table != _SESSIONS:
                rows = cursor.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608  (our own tables)
                found[table] = hashlib.sha256(repr(sorted(rows, key=repr)).encode()).hexdigest()
    return found


@pytest.fixture
def visitor(corners, sign_in):
    """Somebody by the word of the table; `elsewhere` is of a role in the other desk."""
    here, there = corners

    def make(who, *, elsewhere="", **options):
        second_factor = options.pop("second_factor", True)
        if who == "nobody":
            return Visitor({}, "", options)
        people = there.people if who == "elsewhere" else here.people
        role = elsewhere or who
        user = User.objects.get(email="khong-ban@example.org") if who == "no-desk" else people[role]
        client = sign_in(user, second_factor=second_factor)
        return Visitor(
            {name: morsel.value for name, morsel in client.cookies.items()}, role.replace("no-desk", ""), options
        )

    return make


def place(label, form, corner, role="", **instead):
    """The address of a request in English, with the things of a corner; `instead` are other values in it."""
    name = label.split()[0]
    values = PLACES.get(name, {}) | form.where
    told = {key: filled(value, corner, role) for key, value in values.items()} | instead
    told = {key: int(value) if key in _NUMBERS and str(value).isdigit() else value for key, value in told.items()}
    if name.startswith("desk:") and name not in _OF_PEOPLE:
        told.setdefault("desk", corner.desk.slug)
    return reverse(name, kwargs=told)


def fields(form, corner, role=""):
    """What a form sends, with the things of a corner."""
    return {name: as_sent(value, corner, role) for name, value in form.sent.items()}


def as_sent(value, corner, role=""):
    if value == FILE:
        return SimpleUploadedFile("ban-sao.pdf", b"%PDF-1.4 x %%EOF", "application/pdf")
    return filled(value, corner, role)
