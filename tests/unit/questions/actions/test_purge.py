import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from kiemtin.audit.models import Event
from kiemtin.questions.actions.purge import Purged, purge
from kiemtin.questions.enums import ReplyKind, ReplyState
from kiemtin.questions.models import Bucket, Indicator, Reply, ReplyAddress, Request, Sighting
from tests.unit.questions.making import make_message, make_request

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = dt.timedelta(days=1)


def address(**fields):
    request = make_request(make_message(requests=0))
    ReplyAddress.objects.filter(request=request).update(**fields)
    return request


def kept():
    return set(ReplyAddress.objects.values_list("request", flat=True))


def test_addresses_go_thirty_days_after_the_last_answer_or_180_without_one():
    address(purge_after=NOW)
    address(created=NOW - 180 * DAY)
    stay = {address(purge_after=NOW + DAY).pk, address(created=NOW - 179 * DAY).pk}
    assert purge(now=NOW) == Purged(addresses=2)
    assert kept() == stay
    assert Event.objects.get(verb="personal-data.purged").detail == {
        "addresses": 2,
        "pictures": 0,
        "askers": 0,
        "buckets": 0,
        "numbers": 0,
    }


def test_an_answered_one_does_not_go_by_its_age():
    request = address(created=NOW - 200 * DAY, purge_after=NOW + DAY)
    purge(now=NOW)
    assert kept() == {request.pk}


def test_what_waits_for_an_address_that_goes_is_called_off():
    gone, stays = address(purge_after=NOW), address()
    for request in (gone, stays):
        Reply.objects.create(request=request, kind=ReplyKind.DECLINED, message_id=f"<{request.pk}@x>")
    purge(now=NOW)
    assert dict(Reply.objects.values_list("request", "state")) == {
        gone.pk: ReplyState.CANCELLED,
        stays.pk: ReplyState.QUEUED,
    }


def test_hashes_of_askers_go_after_a_day():
    message = make_message(requests=0)
    old = make_request(message, asker="a" * 64, at=NOW - DAY)
    fresh = make_request(message, asker="b" * 64, at=NOW - DAY + dt.timedelta(minutes=1))
    assert purge(now=NOW).askers == 1
    assert dict(Request.objects.values_list("pk", "asker")) == {old.pk: "", fresh.pk: "b" * 64}


def test_counters_and_sessions_that_are_over_go():
    Bucket.objects.create(key="of a clock that was ahead", window=1, count=1, ends=NOW + 365 * DAY)
    for key, ends in (("old", NOW), ("new", NOW + DAY)):
        Bucket.objects.create(key=key, window=1, count=1, ends=ends)
        Session.objects.create(session_key=key, session_data="", expire_date=ends - dt.timedelta(seconds=1))
    assert purge(now=NOW).buckets == 2
    assert Bucket.objects.get().key == "new"
    assert Session.objects.get().session_key == "new"


def test_where_there_is_nothing_nothing_is_logged():
    assert purge(now=NOW) == Purged()
    assert not Event.objects.exists()


def test_numbers_go_a_year_after_they_were_last_asked_about_and_sites_stay():
    message = make_message(requests=0)
    today = timezone.localdate(NOW)
    for kind, ago in (("phone", 365), ("account", 400), ("phone", 364), ("domain", 400)):
        row = Indicator.objects.create(kind=kind, digest=f"{kind}{ago}", shown="…")
        Sighting.objects.create(message=message, indicator=row, first=today - 500 * DAY, last=today - ago * DAY)
    assert purge(now=NOW).numbers == 2
    assert set(Indicator.objects.values_list("digest", flat=True)) == {"phone364", "domain400"}
