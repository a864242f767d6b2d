import datetime as dt

import pytest
from django.utils import timezone

from kiemtin.audit.clock import CLOCKS_DIFFER, is_free, is_from_the_future, is_over
from kiemtin.audit.models import Pulse

pytestmark = pytest.mark.django_db
NOW = timezone.now()
MINUTE = dt.timedelta(minutes=1)
LONGEST = 10 * MINUTE


def which(condition, *seen):
    """Return which of the moments, as seen from now, fulfil a condition on `seen`."""
    for place, at in enumerate(seen):
        Pulse.objects.create(worker=str(place), started=NOW, seen=NOW + at)
    return [int(one) for one in Pulse.objects.filter(condition).order_by("worker").values_list("worker", flat=True)]


def test_what_lies_further_ahead_than_it_is_ever_set_is_over():
    moments = (
        -MINUTE,
        0 * MINUTE,
        MINUTE,
        LONGEST + CLOCKS_DIFFER,
        LONGEST + CLOCKS_DIFFER + MINUTE,
        365 * 1440 * MINUTE,
    )
    assert which(is_over("seen", NOW, longest=LONGEST), *moments) == [0, 1, 4, 5]


def test_clocks_differ_a_little():
    assert which(is_from_the_future("seen", NOW), -MINUTE, CLOCKS_DIFFER, CLOCKS_DIFFER + MINUTE) == [2]


def test_nobody_has_what_has_no_lease_or_one_that_cannot_be():
    condition = str(is_free("seen", NOW, lease=LONGEST))
    assert "('seen', None)" in condition
    assert which(is_free("seen", NOW, lease=LONGEST), MINUTE, -MINUTE, 60 * MINUTE) == [1, 2]
