import pytest
from django.urls import get_resolver

from kiemtin.accounts.models import Desk
from kiemtin.audit.models import Event
from kiemtin.checks.exceptions import EmptyTextError
from kiemtin.staff.actions.create_desk import RESERVED, create_desk
from kiemtin.staff.exceptions import BadSlugError, DeskExistsError, IntakeTakenError, ReservedSlugError

pytestmark = pytest.mark.django_db


def make(**fields):
    return create_desk(**({"slug": "nguon-that", "name": "Nguồn Thật", "by": "command-line"} | fields))


def test_a_desk_is_stored_and_the_log_says_so():
    desk = make(is_intake=True, language="en", contact="desk@example.org")
    assert (desk.slug, desk.name, desk.language, desk.is_intake, desk.is_sample) == (
        "nguon-that",
        "Nguồn Thật",
        "en",
        True,
        False,
    )
    event = Event.objects.get()
    assert (event.actor, event.verb, event.object_id) == ("command-line", "desk.created", str(desk.pk))
    assert event.detail == {"is_intake": True}


@pytest.mark.parametrize("slug", ["", "Nguon", "nguồn", "a b", "-a", "a-", "a--b", "a/b", "a_b"])
def test_a_slug_that_cannot_stand_in_an_address_is_refused(slug):
    with pytest.raises(BadSlugError):
        make(slug=slug)
    assert not Desk.objects.exists()


@pytest.mark.parametrize("slug", sorted(RESERVED))
def test_a_slug_that_begins_another_address_is_refused(slug):
    with pytest.raises(ReservedSlugError):
        make(slug=slug)


def test_the_reserved_slugs_are_those_before_which_no_desk_stands():
    desk = next(p for p in get_resolver().url_patterns[0].url_patterns if getattr(p, "app_name", "") == "desk")
    first = {str(pattern.pattern).split("/")[0] for pattern in desk.url_patterns}
    assert first - {"", "<slug:desk>"} == RESERVED


def test_two_desks_do_not_share_a_slug():
    make()
    with pytest.raises(DeskExistsError):
        make(name="Khác")


def test_only_one_desk_takes_in_questions():
    make(is_intake=True)
    with pytest.raises(IntakeTakenError) as error:
        make(slug="khac", is_intake=True)
    assert error.value.params["desk"] == "nguon-that"
    assert Desk.objects.count() == 1


def test_a_desk_has_a_name():
    with pytest.raises(EmptyTextError):
        make(name="  ")
