import pytest
from django.http import HttpRequest

from kiemtin.accounts.enums import Role
from kiemtin.checks.workflow import Action
from kiemtin.desk.access import memberships_of
from kiemtin.desk.context import Can, desk

pytestmark = pytest.mark.django_db


def test_outside_of_a_desk_nothing_is_added():
    assert desk(HttpRequest()) == {}


def test_the_switcher_lists_the_persons_desks_and_the_navigation_hides_what_is_closed(checker, other_desk):
    checker.memberships.create(desk=other_desk, role=Role.READER)
    request = HttpRequest()
    request.memberships = memberships_of(checker)
    request.desk, request.role = request.memberships[0].desk, Role.CHECKER
    found = desk(request)
    assert [entry["name"] for entry in found["desks"]] == ["Nguồn Thật", "Tin Khác"]
    assert found["desks"][1]["url"] == f"/en/desk/{other_desk.slug}/"
    assert set(found["hide_nav"]) == {"outbox", "people", "tokens", "pages", "sources", "log"}
    assert str(found["role"]) == "Checker"


def test_a_template_asks_by_the_name_of_the_action():
    assert Can(Role.EDITOR)["write_pages"] is True
    assert Can(Role.EDITOR)["manage_people"] is False
    assert {Can(Role.READER)[action.value] for action in (Action.EDIT, Action.PUBLISH)} == {False}
