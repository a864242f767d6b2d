import pytest

from kiemtin.accounts.enums import Role
from kiemtin.audit.models import Event
from kiemtin.checks.exceptions import NotAllowedError
from kiemtin.checks.workflow import RULES, Action
from kiemtin.staff.actions.open_links import open_links

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", list(Role))
def test_editors_decide_it_for_their_desk(desk, someone, role):
    assert not desk.opens_links
    if role not in RULES[Action.OPEN_LINKS].roles:
        with pytest.raises(NotAllowedError):
            open_links(desk=desk, by=someone(role), is_wanted=True)
        desk.refresh_from_db()
        assert not desk.opens_links
        return
    person = someone(role)
    for is_wanted, events in ((True, 1), (True, 1), (False, 2)):
        assert open_links(desk=desk, by=person, is_wanted=is_wanted).opens_links is is_wanted
        assert Event.objects.filter(verb="links.opened-or-not", actor=person.actor).count() == events


def test_who_is_not_of_the_desk_does_not(desk, outsider):
    with pytest.raises(NotAllowedError):
        open_links(desk=desk, by=outsider, is_wanted=True)
