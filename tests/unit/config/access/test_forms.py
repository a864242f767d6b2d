"""Forms: each field is known to these tests, none is taken from another site; and no page runs a script of its own."""

import re
from collections import defaultdict
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import resolve

from tests.unit.config.access.asks import FORMS, Form
from tests.unit.config.access.conftest import addresses, asks, fields, place
from tests.unit.config.access.forms_in import forms_in

pytestmark = [pytest.mark.once, pytest.mark.django_db]

# Fields that name nothing of the desk: words, choices, versions. Those that do stand in `asks.FORMS`.
PLAIN = {
    "desk:case-act": {"explanation-opinion", "explanation-belief", "explanation-satire", "explanation-prediction"},
    "desk:case-act decide-match": {"tell"},
    "desk:case-act undo": {"tell"},
    "desk:merge": {"q", "tell"},
    "desk:bulk": {"back"},
    "desk:edit": {"note", "add-source", "submit", "q"},
    "desk:alert-edit": {"note", "submit", "find", "q"},
    "desk:alert-new": {"submit", "find", "q"},
    "desk:source-hold": {"queue"},
    "desk:page": {"preview"},
    "desk:people": {"language"},
    "desk:source": {"site", "is_collection", "within", "language"},
    "desk:source-add": {"site", "is_collection", "within", "language"},
    "desk:tokens": {"scopes", "publisher_name", "publisher_site"},
    "desk:invitation": {"name", "password"},
    "account_login": {"remember", "next"},
    "public:ask": {"website", "picture", "language"},
    "public:report-error": {"website"},
}
_SOURCE = re.compile(
    r"source-(\d+|__prefix__)-(url|title|publisher|kind|interest|shows|accessed|recheck_on|DELETE)|source-[A-Z_]+_FORMS"
)
_PLACE = re.compile(r"place-\d+")


def pages(visitor, here, who):
    """Each page that somebody gets, with its address."""
    asking = visitor(who)
    more = {"desk:merge": {"case": str(here.things["case_open"].pk)}, "desk:queue": {"tab": "all"}}
    for method, label, form in asks():
        if method == "GET":
            url = place(label, form, here, asking.role)
            answer = asking.ask("GET", url, more.get(label, {}))
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                yield label, url, answer
    for name in ("submitted", "approved", "published", "correcting"):
        for label, thing in (("desk:check", "check"), ("desk:edit", "check"), ("desk:alert", "alert")):
            if f"{thing}_{name}" in here.things:
                url = place(label, Form(), here, asking.role, pk=str(here.things[f"{thing}_{name}"].pk))
                yield label, url, asking.ask("GET", url)
    for name in ("declined", "opinion", "second", "merged", "conflict", "of_draft", "of_published", "fact"):
        url = place("desk:case", Form(), here, asking.role, pk=str(here.things[f"case_{name}"].pk))
        yield "desk:case", url, asking.ask("GET", url)


def test_each_field_that_a_page_of_the_desk_sends_is_known_here(visitor, corners):
    here, _ = corners
    sent = defaultdict(set)
    for _label, url, answer in pages(visitor, here, "administrator"):
        for form in forms_in(answer.body.decode()):
            for action in {form.action, *form.elsewhere}:
                if form.method == "post":
                    to = resolve(urlsplit(urljoin(url, action)).path)
                    deed = to.kwargs.get("action", "")
                    name = f"{to.view_name} {deed}".strip()
                    sent[name] |= form.names - {"csrfmiddlewaretoken"}
    unknown = {}
    for label, names in sent.items():
        name = label.split()[0]
        if not name.startswith("desk:"):
            continue
        known = PLAIN.get(label, set()) | PLAIN.get(name, set())
        for given, form in FORMS.items():
            if given == label or given.split()[0] == label:
                known |= set(form.sent)
        left = {one for one in names if one not in known and not _SOURCE.fullmatch(one) and not _PLACE.fullmatch(one)}
        if left or not any(given.split()[0] == name for given in FORMS):
            unknown[label] = left
    assert not unknown
    assert len(sent) > 40


# Other sites

OWN_WAY = {
    "public:ask": "no session stands behind it; sent from another site it is refused by what the browser says",
    "public:decide": "the same",
    "public:receipt-address": "the same",
    "public:receipt-agreement": "the same",
    "public:picture-ask": "the same",
    "public:report-error": "the same",
    "public:receipt-forget": "mail programs send it (RFC 8058); they show the key of their mail",
    "public:share-target": "a phone's share sheet sends it; nothing is stored, what came is shown in a form",
}
"""Addresses that take a POST without a form's token, and why. Those of the API read no cookie."""


def test_only_these_take_a_form_without_a_token():
    without = {name for name, view in addresses().items() if getattr(view, "csrf_exempt", False)}
    assert without == set(OWN_WAY)


def test_no_form_is_taken_without_its_token(visitor, corners):
    here, _ = corners
    asking = visitor("administrator", enforce_csrf_checks=True)
    for method, label, form in asks():
        if method == "POST" and label.split()[0] not in OWN_WAY:
            url = place(label, form, here, asking.role)
            for given in ({}, {"csrfmiddlewaretoken": "x" * 64}):
                answer = asking.ask("POST", url, fields(form, here, asking.role) | given)
                assert answer.status_code == 403, label
                assert answer.changed == set(), label


FOREIGN = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://khac.example"},
    {"Origin": "null"},
)


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_forms_without_a_token_are_taken_from_this_site_only(headers, visitor, corners):
    here, _ = corners
    asking = visitor("nobody", enforce_csrf_checks=True)
    for label in OWN_WAY:
        if label != "public:share-target":
            form = FORMS.get(label, Form())
            url = place(label, form, here)
            answer = asking.ask("POST", url, fields(form, here), headers=headers)
            assert (answer.status_code, answer.changed) == (403, set()), label
            own = asking.ask("POST", url, fields(form, here), headers={"Sec-Fetch-Site": "same-origin"})
            assert own.status_code in (200, 302), label


def test_what_is_shared_from_a_phone_is_only_shown(visitor, corners):
    here, _ = corners
    form = FORMS["public:share-target"]
    answer = visitor("nobody", enforce_csrf_checks=True).ask(
        "POST", place("public:share-target", form, here), fields(form, here), headers=FOREIGN[0]
    )
    assert (answer.status_code, answer.changed) == (200, set())


# Scripts

_INLINE = re.compile(r"<script(?![^>]*\ssrc=)([^>]*)>", re.IGNORECASE)
_DATA = re.compile(r'type="application/(ld\+)?json"')
_HANDLER = re.compile(r"<[^>]+\s(on[a-z]+|style)\s*=", re.IGNORECASE)
_LOADED = re.compile(r'<(?:script|img|iframe|link|source|video)\b[^>]*?\b(?:src|href)="([^"]*)"', re.IGNORECASE)


@pytest.mark.parametrize("who", ["nobody", "administrator"])
def test_the_policy_of_each_page_runs_files_of_this_site_and_nothing_else(who, visitor, corners):
    here, _ = corners
    seen = 0
    for label, _url, answer in pages(visitor, here, who):
        policy = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == "'none'", label
        assert policy["script-src"] == "'self'", label
        assert policy["style-src"] == "'self'", label
        assert policy["form-action"] == "'self'", label
        assert policy["base-uri"] == "'none'", label
        assert policy["frame-ancestors"] == ("*" if label in ("public:embed", "public:widget") else "'none'"), label
        assert not {"'unsafe-inline'", "'unsafe-eval'", "data:"} & set(policy["script-src"].split()), label
        seen += 1
    assert seen > 25


@pytest.mark.parametrize("who", ["nobody", "administrator"])
def test_no_page_holds_a_script_a_style_or_a_handler_of_its_own(who, visitor, corners):
    here, _ = corners
    for label, _url, answer in pages(visitor, here, who):
        page = answer.body.decode()
        assert all(_DATA.search(attributes) for attributes in _INLINE.findall(page)), label
        assert "<style" not in page.lower(), label
        assert not _HANDLER.search(page), (label, _HANDLER.search(page))
        loaded = [one for one in _LOADED.findall(page) if one.startswith(("http", "//"))]
        assert all(one.startswith("http://localhost:8000") for one in loaded), (label, loaded)
        assert "javascript:" not in page.lower(), label


def test_what_is_not_a_page_is_not_taken_for_one(visitor, corners):
    """Files of strangers go out under a policy in which nothing runs, and nothing's kind is guessed."""
    here, _ = corners
    asking = visitor("administrator")
    for method, label, form in asks():
        if method == "GET":
            answer = asking.ask("GET", place(label, form, here, asking.role))
            assert answer["X-Content-Type-Options"] == "nosniff", label
            if label in ("desk:copy-file", "public:copy-file"):
                assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
                assert answer["Content-Disposition"].startswith("attachment")


def test_nothing_of_the_desk_is_kept_by_a_cache(visitor, corners):
    here, _ = corners
    asking, kept = visitor("administrator"), []
    for method, label, form in asks():
        if label.startswith(("desk:", "account_", "mfa_")):
            answer = asking.ask(method, place(label, form, here, asking.role), fields(form, here, asking.role))
            if answer.status_code in (200, 422) and "no-store" not in answer.headers.get("Cache-Control", ""):
                kept.append(f"{method} {label}")
    assert not kept
