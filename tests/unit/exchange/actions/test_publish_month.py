import datetime as dt
import hashlib
import zipfile

import pyarrow.parquet as pq
import pytest
from django.utils import timezone

from kiemtin.audit.models import Event
from kiemtin.config.open_data import publish, take_out
from kiemtin.database.alone import alone
from kiemtin.exchange.actions import publish_month as module
from kiemtin.exchange.opendata.catalogue import month_folder, month_of, months
from kiemtin.exchange.opendata.due import has_taken_back, is_month_due
from kiemtin.questions.actions.say_whether_to_publish import TAKEN_BACK, say_whether_to_publish
from kiemtin.questions.enums import Decider, Decision
from kiemtin.questions.models import Match
from tests.publishing import published as published_check
from tests.unit.questions.making import make_message

pytestmark = pytest.mark.django_db


@pytest.fixture
def check(data):
    return published_check("Tỏi chữa cúm")


@pytest.fixture
def at(monkeypatch):
    """Let it be another day."""

    def set_day(*day):
        monkeypatch.setattr(timezone, "now", lambda: dt.datetime(*day, 12, tzinfo=dt.UTC))

    return set_day


def test_once_a_month_and_newest_first(check, at):
    at(2027, 1, 31)
    assert is_month_due()
    assert publish(by="worker")
    assert not is_month_due()
    assert not publish(by="worker")
    at(2027, 2, 1)
    assert publish(by="worker")
    assert [month.name for month in months()] == ["2027-02", "2027-01"]
    assert list(Event.objects.filter(verb="data.published").values_list("object_id", flat=True)) == [
        "2027-01",
        "2027-02",
    ]


def test_not_before_something_is_published(data):
    assert not is_month_due()
    assert not publish(by="worker")
    assert months() == ()


def test_one_process_at_a_time(check):
    with alone("open-data"):
        assert not publish(by="worker")
    assert publish(by="worker")


def test_what_is_listed_is_what_lies_there(check):
    publish(by="worker")
    (month,) = months()
    assert {file.path for file in month.files} >= {"README.md", "README.vi.md", "LICENSE.txt", "datapackage.json"}
    for file in (*month.files, month.zip):
        content = month.place(file).read_bytes()
        assert (file.bytes, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    with zipfile.ZipFile(month.place(month.zip)) as archive:
        assert archive.testzip() is None
        top = month.zip.path.removesuffix(".zip")
        assert archive.namelist() == [f"{top}/{file.path}" for file in month.files]
        assert archive.read(f"{top}/data/checks.csv") == month.place(month.file("data/checks.csv")).read_bytes()
    assert month.rows["checks"] == 1


def test_the_same_state_gives_the_same_zip(check, at):
    at(2027, 1, 1)
    publish(by="worker")
    first = months()[0]
    kept = first.place(first.zip).read_bytes()
    month_folder(first.name).rename(month_folder("gone"))
    publish(by="worker")
    assert first.place(first.zip).read_bytes() == kept


@pytest.mark.parametrize("name", ["..", ".", "", "2026-1", "2026-13x", "lock", "../data"])
def test_a_name_that_is_no_month_leads_nowhere(check, name):
    publish(by="worker")
    assert month_of(name) is None


# Consents that were taken back


@pytest.fixture
def given(check):
    """Two texts that were given, with a decision on each."""
    texts = [make_message(text=text, requests=1) for text in ("Ở lại", "Rút về")]
    for text in texts:
        say_whether_to_publish(request=text.requests.get(), agrees=True)
        Match.objects.create(
            message=text, fact_check=check, probability=0.5, band="maybe", passage=text.text, decision=Decision.NO,
            decider=Decider.DESK,
        )  # fmt: skip
    return texts


def texts_in(name):
    table = pq.read_table(month_folder(name) / "package" / "data" / "messages.parquet")
    return table.column("text").to_pylist()


def test_a_text_taken_back_leaves_every_month_and_all_else_stays(given, at):
    for month in (1, 2):
        at(2027, month, 3)
        publish(by="worker")
    before = months()
    say_whether_to_publish(request=given[1].requests.get(), agrees=False)
    assert has_taken_back(counter=TAKEN_BACK)
    assert take_out(by="worker") == 2
    assert not has_taken_back(counter=TAKEN_BACK)
    for old, new in zip(before, months(), strict=True):
        assert texts_in(new.name) == ["Ở lại"]
        for path in month_folder(new.name).rglob("*"):
            assert not path.is_file() or "Rút về".encode() not in path.read_bytes()
        decisions = pq.read_table(new.place(new.file("data/matches.parquet"))).to_pylist()
        assert [(row["message_id"], row["passage"]) for row in decisions] == [(given[0].pk, "Ở lại"), (None, "")]
        same = {"data/checks.csv", "data/revisions.parquet", "data/cases.csv", "LICENSE.txt"}
        assert {file for file in old.files if file.path in same} <= set(new.files)
        assert old.zip.sha256 != new.zip.sha256
        assert hashlib.sha256(new.place(new.zip).read_bytes()).hexdigest() == new.zip.sha256
    assert Event.objects.get(verb="data.texts-taken-out").detail == {"texts": 2}


def test_while_another_one_agrees_it_stays(given):
    publish(by="worker")
    message = given[1]
    other = message.requests.create(code="AAAA111111", message=message)
    say_whether_to_publish(request=other, agrees=True)
    say_whether_to_publish(request=message.requests.exclude(pk=other.pk).get(), agrees=False)
    assert not has_taken_back(counter=TAKEN_BACK)
    assert take_out(by="worker") == 0


def test_what_fails_on_the_way_is_done_the_next_time(given, at, monkeypatch):
    for month in (1, 2):
        at(2027, month, 3)
        publish(by="worker")
    say_whether_to_publish(request=given[1].requests.get(), agrees=False)
    taking_out = __import__("kiemtin.exchange.actions.take_out_texts", fromlist=["x"])
    real, calls = taking_out.make_month, []

    def fails_second(*args):
        calls.append(args)
        if len(calls) == 2:
            raise OSError("the disk is full")
        return real(*args)

    monkeypatch.setattr(taking_out, "make_month", fails_second)
    with pytest.raises(OSError, match="full"):
        take_out(by="worker")
    assert has_taken_back(counter=TAKEN_BACK)
    assert take_out(by="worker") == 1
    assert texts_in("2027-01") == texts_in("2027-02") == ["Ở lại"]


def test_the_worker_does_both(given, at, monkeypatch):
    from kiemtin.config import chores

    monkeypatch.setattr(chores, "is_believed", lambda: True)
    chores._open_data()
    assert len(months()) == 1
    say_whether_to_publish(request=given[1].requests.get(), agrees=False)
    chores._open_data()
    assert texts_in(months()[0].name) == ["Ở lại"]


def test_a_process_that_finds_it_made_meanwhile_makes_none(check, monkeypatch):
    publish(by="worker")
    monkeypatch.setattr(module, "make_month", None)
    assert not publish(by="worker")
