import datetime as dt

import pytest
from django.utils import timezone

from kiemtin.checks.bulk import write_rows
from kiemtin.checks.models import ExternalReview

pytestmark = pytest.mark.django_db
EVERY = {
    "publisher_name": "Báo",
    "claim": "Tin % %s 'đồn' \"ơ\"",
    "wordings": ["một", "hai %s"],
    "rating_value": 1.5,
    "published": dt.date(2026, 11, 24),
    "sources": [{"title": "Nguồn"}],
    "sample": True,
    "digest": "d",
}


def row(key, **fields):
    return ExternalReview(key=key, seq=1, **(EVERY | fields))


def values(key):
    return ExternalReview.objects.filter(key=key).values().get()


def test_it_stores_what_bulk_create_stores():
    write_rows([row("one")], unique="key", update=["claim"])
    ExternalReview.objects.bulk_create([row("two")])
    one, two = values("one"), values("two")
    moments = {"created", "updated"}
    assert {name: value for name, value in one.items() if name not in {"id", "key", *moments}} == {
        name: value for name, value in two.items() if name not in {"id", "key", *moments}
    }
    assert all(abs(one[name] - timezone.now()) < dt.timedelta(minutes=1) for name in moments)


def test_where_one_is_there_only_what_is_named_changes():
    write_rows([row("one"), row("two")], unique="key", update=["claim"])
    before = values("one")
    write_rows([row("one", claim="Mới", rating="Sai", wordings=[])], unique="key", update=["claim", "wordings"])
    assert values("one") == before | {"claim": "Mới", "wordings": []}
    assert ExternalReview.objects.count() == 2


def test_nothing_is_no_error(django_assert_num_queries):
    with django_assert_num_queries(0):
        write_rows([], unique="key", update=["claim"])
