"""All addresses of the desk are guarded, and each is walked as every role."""

import pytest
from django.urls import URLResolver, get_resolver

from kiemtin.accounts.enums import Role
from kiemtin.checks.workflow import RULES, Action

# For people, not of a desk: each checks by itself whose page it is.
OWN = {"home", "second-factor", "account", "invitation"}


def desk_patterns():
    desk = next(p for p in get_resolver().url_patterns[0].url_patterns if getattr(p, "app_name", "") == "desk")
    return list(walk(desk.url_patterns))


def walk(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns)
        else:
            yield pattern


def test_each_view_of_a_desk_says_what_its_reader_must_be_allowed():
    unguarded = {pattern.name for pattern in desk_patterns() if not hasattr(unwrapped(pattern.callback), "needs")}
    assert unguarded == OWN


def unwrapped(view):
    """Return the guarded view below decorators such as `require_POST`."""
    while not hasattr(view, "needs") and hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    return view


def test_what_is_asked_for_is_an_action_of_the_table():
    assert {unwrapped(p.callback).needs for p in desk_patterns() if p.name not in OWN} <= set(RULES)


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", ["people", "tokens", "pages", "log"])
def test_the_pages_open_for_the_roles_of_the_table_and_no_other(name, role, member, desk, sign_in):
    needs = {
        "people": Action.MANAGE_PEOPLE,
        "tokens": Action.MANAGE_TOKENS,
        "pages": Action.WRITE_PAGES,
        "log": Action.SEE_LOG,
    }[name]
    client = sign_in(member("Ai Đó", role, desk))
    expected = 200 if role in RULES[needs].roles else 403
    assert client.get(f"/en/desk/{desk.slug}/{name}/").status_code == expected


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["people", "tokens", "pages", "log"])
def test_strangers_find_nothing(name, outsider, desk, sign_in):
    assert sign_in(outsider).get(f"/en/desk/{desk.slug}/{name}/").status_code == 404
