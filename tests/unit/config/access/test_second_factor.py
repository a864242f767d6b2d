"""Those who approve and administrate do nothing, and see nothing, of a desk without their second factor."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from kiemtin.accounts.enums import SECOND_FACTOR, Role
from tests.unit.config.access.asks import FORMS
from tests.unit.config.access.conftest import asks, fields, place

pytestmark = [pytest.mark.once, pytest.mark.django_db]
OF_DESKS = ("desk:second-factor", "desk:home", "desk:account", "desk:invitation")


def of_a_desk():
    return [(method, label, form) for method, label, form in asks() if label.startswith("desk:")]


@pytest.mark.parametrize("role", sorted(SECOND_FACTOR))
@pytest.mark.parametrize("has_one", [True, False], ids=["has one", "has none"])
def test_no_view_of_a_desk_opens_without_it(role, has_one, visitor, corners):
    here, _ = corners
    if not has_one:
        Authenticator.objects.filter(user=here.people[role]).delete()
        asking = visitor(role, second_factor=False)
        way = reverse("desk:second-factor")
    else:
        asking = visitor(role, second_factor=False)
        way = reverse("mfa_reauthenticate")
    walked = 0
    for method, label, form in of_a_desk():
        if label.split()[0] in OF_DESKS:
            continue
        walked += 1
        answer = asking.ask(method, place(label, form, here, asking.role), fields(form, here, asking.role))
        if answer.status_code != 405:
            assert answer.status_code == 302, label
            assert answer["Location"].startswith(way), label
        assert answer.changed == set(), label
    assert walked > 120


@pytest.mark.parametrize("role", sorted(set(Role) - SECOND_FACTOR))
def test_readers_and_checkers_work_without(role, visitor, corners):
    here, _ = corners
    Authenticator.objects.filter(user=here.people[role]).delete()
    asking = visitor(role, second_factor=False)
    assert asking.ask("GET", place("desk:queue", FORMS["desk:bulk take"], here)).status_code == 200


def test_it_is_asked_of_who_is_an_editor_anywhere_only_there(visitor, corners, sign_in):
    """A reader here who edits elsewhere needs none here."""
    here, there = corners
    person = here.people["reader"]
    there.desk.memberships.create(user=person, role=Role.EDITOR)
    Authenticator.objects.filter(user=person).delete()
    client = sign_in(person, second_factor=False)
    assert client.get(f"/en/desk/{here.desk.slug}/").status_code == 200
    assert client.get(f"/en/desk/{there.desk.slug}/")["Location"] == reverse("desk:second-factor")


def test_who_becomes_an_editor_needs_it_with_the_next_request(corners, sign_in):
    here, _ = corners
    person = here.people["checker"]
    Authenticator.objects.filter(user=person).delete()
    client = sign_in(person, second_factor=False)
    assert client.get(f"/en/desk/{here.desk.slug}/").status_code == 200
    here.desk.memberships.filter(user=person).update(role=Role.EDITOR)
    assert client.get(f"/en/desk/{here.desk.slug}/")["Location"] == reverse("desk:second-factor")


def test_who_takes_theirs_away_is_out_at_once(corners, sign_in):
    here, _ = corners
    client = sign_in(here.people["editor"])
    assert client.get(f"/en/desk/{here.desk.slug}/").status_code == 200
    Authenticator.objects.filter(user=here.people["editor"]).delete()
    assert client.get(f"/en/desk/{here.desk.slug}/")["Location"] == reverse("desk:second-factor")
