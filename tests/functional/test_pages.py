"""The list of pages is whole, and each of them comes, in its language, under its policy."""

from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, URLResolver, get_resolver, resolve
from django.utils.translation import override

from tests.functional.pages import ERRORS, NOT_PAGES, PAGES
from tests.functional.walk import BY_NAME, PREFIXES, each_page, session_of

# What stands in a frame on somebody else's page, which has its own language.
FRAMED = {"widget", "widget-found", "widget-nothing", "embed", "embed-withdrawn"}
MACHINES = {"api-v1", "google"}  # no pages: schemathesis walks them, see tests/integration/test_api_schema.py


def named_addresses(resolver, namespace=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace in MACHINES:
                continue
            yield from named_addresses(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
        elif pattern.name:
            yield f"{namespace}{pattern.name}"


def test_every_address_is_walked():
    known = {entry.url for entry in PAGES if entry.url} | set(NOT_PAGES)
    assert set(named_addresses(get_resolver())) == known


def test_each_page_has_a_name_of_its_own():
    assert len(BY_NAME) == len(PAGES)


@pytest.mark.parametrize("name", NOT_PAGES)
def test_what_is_no_page_gives_none(name, site, world, browser):
    """Nothing that a browser would show as a page hides behind an address that the walk leaves out."""
    expected, path = NOT_PAGES[name]
    context = browser.new_context()
    who = "administrator" if name.startswith("desk:") else "keyed" if name.startswith("mfa_download") else ""
    if who:
        context.add_cookies([session_of(who, site, world)])
    answer = context.request.get(f"{site.address}{path.format(**world)}", max_redirects=0)
    kind = answer.headers.get("content-type", "")
    if isinstance(expected, int):
        assert answer.status == expected
    elif expected == "piece":
        assert answer.status == 200
        assert "<html" not in answer.text()
    else:
        assert answer.status == 200
        assert kind.startswith(expected)
    context.close()


@each_page
def test_it_comes(visit, name):
    for language, seen in visit(name).items():
        assert seen.status == BY_NAME[name].status
        assert not seen.errors
        assert seen.lang == seen.headers["content-language"] == language
        assert seen.title.endswith("Kiểm Tin")


@each_page
def test_it_is_guarded(visit, name):
    """The policy lets nothing in that was not sent from here, and no page is sniffed, told on or framed unasked."""
    for seen in visit(name).values():
        policy = dict(rule.strip().split(" ", 1) for rule in seen.headers["content-security-policy"].split(";"))
        own = [source for source in policy["script-src"].split() if not source.startswith("'nonce-")]
        assert own == ["'self'"]
        assert policy["style-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
        assert policy["default-src"] == policy["base-uri"] == "'none'"
        assert policy["frame-ancestors"] == ("*" if name in FRAMED else "'none'")
        assert seen.headers["x-content-type-options"] == "nosniff"
        assert seen.headers.get("x-frame-options") == (None if name in FRAMED else "DENY")
        assert seen.headers["referrer-policy"] == "same-origin"
        assert not seen.foreign, "a third party is asked for something"
        if BY_NAME[name].is_public:
            assert not seen.cookies
            assert "set-cookie" not in seen.headers
        else:
            assert "public" not in seen.headers.get("cache-control", "")


# A text that somebody is about to send, a page that works in any state, the page without a network.
WITHOUT_SWITCH = {"ask", "offline", "receipt-unknown", "receipt-flood", *FRAMED, *(entry.name for entry in ERRORS)}


@each_page
def test_the_language_switch_leads_to_the_same_page(visit, world, name):
    """Where a form was sent from there may be none: what was typed would be lost."""
    path = urlsplit(BY_NAME[name].path.format(**world)).path
    for language, seen in visit(name).items():
        here = (place_of(urlsplit(seen.url).path, language), place_of(path, "vi"))
        others = {code: urlsplit(address).path for code, address in seen.other}
        if others or not (BY_NAME[name].do or name in WITHOUT_SWITCH):
            assert set(others) == set(PREFIXES) - {language}
        for code, other in others.items():
            assert place_of(other, code) in here


def place_of(path, language):
    """Return what an address names. The translation of a check is a check of its own."""
    with override(language):
        try:
            found = resolve(path)
        except Resolver404:
            return path.removeprefix(PREFIXES[language])
    return found.view_name, {} if found.view_name == "public:check" else found.kwargs
