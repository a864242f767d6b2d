import datetime as dt

import pytest

from kiemtin.accounts.enums import Scope
from kiemtin.accounts.models import ApiToken
from kiemtin.audit.models import Event
from kiemtin.checks.exceptions import NotAllowedError
from kiemtin.staff.actions.make_token import make_token, site_of
from kiemtin.staff.exceptions import BadTokenError

pytestmark = pytest.mark.django_db


def make(desk, by, **fields):
    given = {"name": "Bot", "scopes": [Scope.CASES, Scope.ASK], "days": 30}
    return make_token(desk=desk, by=by, **given | fields)


def test_the_secret_is_stored_nowhere(desk, administrator):
    made = make(desk, administrator)
    stored = str(list(ApiToken.objects.values())) + str(list(Event.objects.values()))
    assert made.secret not in stored
    assert made.secret[12:] not in stored
    assert made.secret not in repr(made)
    assert made.token.scopes == "ask cases:read"
    assert made.token.expires - made.token.created == dt.timedelta(days=30)


def test_it_is_in_the_log(desk, administrator):
    made = make(desk, administrator)
    event = Event.objects.get(verb="token.changed")
    assert (event.actor, event.object_id) == (administrator.actor, str(made.token.pk))
    assert event.detail == {"what": "made", "scopes": ["ask", "cases:read"], "days": 30}


def test_only_administrators_of_the_desk_make_one(desk, editor, outsider):
    for person in (editor, outsider):
        with pytest.raises(NotAllowedError):
            make(desk, person)
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"name": " "}, "name"),
        ({"days": 9999}, "days"),
        ({"scopes": [Scope.PAGES], "publisher_site": "bao.example"}, "publisher_name"),
        ({"scopes": [Scope.PAGES], "publisher_name": "Báo", "publisher_site": "không"}, "publisher_site"),
    ],
)
def test_what_is_missing_is_named(desk, administrator, fields, missing):
    with pytest.raises(BadTokenError) as caught:
        make(desk, administrator, **fields)
    assert caught.value.params["field"] == missing


def test_the_publisher_is_kept_only_where_it_is_needed(desk, administrator):
    publisher = {"publisher_name": "Báo", "publisher_site": "https://www.Bao.example/tin"}
    assert make(desk, administrator, **publisher).token.publisher_site == ""
    assert make(desk, administrator, scopes=[Scope.PAGES], **publisher).token.publisher_site == "bao.example"


@pytest.mark.parametrize("typed", ["", "bao", "a b.example", "ftp://bao.example", "http://[", "x" * 300 + ".example"])
def test_what_is_no_site_is_none(typed):
    assert site_of(typed) == ""
