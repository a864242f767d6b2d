"""A whole export: what others read in it, that it is the same twice, and that nothing is in it that must not be."""

import hashlib
import json

import duckdb
import frictionless
import pandas
import pyarrow.parquet as pq
import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.utils import timezone

from kiemtin.audit.record import record
from kiemtin.checks.actions.start_correction import start_correction
from kiemtin.checks.models import FactCheck
from kiemtin.config.open_data import export
from kiemtin.exchange.exceptions import FolderOccupiedError
from kiemtin.exchange.opendata.shape import TABLES
from kiemtin.questions.actions.note import note
from kiemtin.questions.actions.say_whether_to_publish import say_whether_to_publish
from kiemtin.questions.enums import CaseState, Decider, Decision
from kiemtin.questions.models import Case, ErrorReport, Match, Message, Reply, Request, SavedView
from tests.unit.questions.making import case_in, correct, make_case, make_message, make_review, publish_check

SECRET = "GEHEIM"
GIVEN = 'Cho phép: "uống nước chanh",\r\n=khỏi ung thư'


@pytest.fixture
def world(data, desk, other_desk, checker, editor, reader, ready_pages):
    """Something in every table, in every state that a case has."""
    ready_pages(other_desk)
    check = publish_check(desk, author=checker, editor=editor, wordings=(f"{SECRET} wording",)).fact_check
    correct(check, author=checker, editor=editor, wordings=(f"{SECRET} wording",))
    for state in CaseState:
        case = case_in(state, desk, author=checker, editor=editor)
        note(case=case, by=checker, text=f"{SECRET} note")
    start_correction(fact_check=check, by=checker)
    FactCheck.objects.create(desk=desk, claim=f"{SECRET} claim", summary=SECRET, body=SECRET)
    given, kept = make_message(text=GIVEN, requests=2), make_message(text=f"{SECRET} text", requests=1)
    say_whether_to_publish(request=given.requests.first(), agrees=True)
    decided = {"probability": 0.25, "band": "maybe", "decision": Decision.YES, "decider": Decider.ASKER}
    Match.objects.create(message=given, fact_check=check, passage="uống nước chanh", guards=["numbers"], **decided)
    Match.objects.create(message=kept, external_review=make_review(), passage=f"{SECRET} passage", **decided)
    Match.objects.create(message=kept, case=make_case(desk), passage=SECRET, **decided | {"decided": timezone.now()})
    ErrorReport.objects.create(fact_check=check, revision=check.revisions.first(), text=SECRET)
    SavedView.objects.create(desk=desk, owner=reader, name=SECRET)
    Reply.objects.create(request=kept.requests.first(), kind="answer", message_id=f"<{SECRET}@x>")
    Request.objects.update(asker="")
    Request.objects.filter(pk=kept.requests.first().pk).update(asker=SECRET)
    record(by="asker", verb="secret.kept", desk="", detail={"secret": SECRET})
    return check


@pytest.fixture
def exported(world, tmp_path):
    export(tmp_path / "export", by="tester")
    return tmp_path / "export"


def csv(folder, table):
    return folder / "data" / f"{table}.csv"


def parquet(folder, table):
    return folder / "data" / f"{table}.parquet"


def test_two_exports_of_one_state_are_the_same_bytes(exported, tmp_path):
    # What happens in between and is no change of the data: the log has grown by the first export.
    export(tmp_path / "again", by="tester")
    first, second = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (exported, tmp_path / "again")
    )
    assert first == second
    assert len(first) == 2 * len(TABLES) + 4


def test_its_date_is_that_of_the_last_change_and_no_other(exported):
    descriptor = json.loads((exported / "datapackage.json").read_text())
    assert descriptor["version"] == f"{timezone.localdate():%Y-%m-%d}"
    assert descriptor["created"] == f"{descriptor['version']}T00:00:00Z"


def test_frictionless_finds_it_valid(exported):
    report = frictionless.validate(str(exported / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])
    assert report.stats["tasks"] == 2 * len(TABLES)


def test_frictionless_finds_what_was_changed(exported):
    with csv(exported, "checks").open("ab") as file:
        file.write(b"999\r\n")
    assert not frictionless.validate(str(exported / "datapackage.json")).valid


def test_sizes_and_sums_are_those_of_the_files(exported):
    for resource in json.loads((exported / "datapackage.json").read_text())["resources"]:
        content = (exported / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


@pytest.mark.parametrize("table", [table.name for table in TABLES])
def test_duckdb_reads_the_same_from_both(exported, table):
    of_csv = f"read_csv('{csv(exported, table)}', header=true, new_line='\\r\\n', all_varchar=true)"
    questions = [f"SELECT count(*) FROM {source}" for source in (of_csv, f"'{parquet(exported, table)}'")]  # noqa: S608
    with duckdb.connect() as db:
        counts = [db.execute(question).fetchone()[0] for question in questions]
    assert counts[0] == counts[1] > 0


def test_duckdb_joins_the_tables(exported):
    question = (
        "SELECT m.text, c.claim, d.decision FROM matches d JOIN messages m ON m.id = d.message_id "
        "JOIN checks c ON c.id = d.check_id"
    ).replace("matches d", f"'{parquet(exported, 'matches')}' d")
    for table in ("messages", "checks"):
        question = question.replace(f"JOIN {table}", f"JOIN '{parquet(exported, table)}'")
    with duckdb.connect() as db:
        assert db.execute(question).fetchall() == [(GIVEN, "Uống nước chanh nóng khỏi ung thư", "yes")]


@pytest.mark.parametrize("table", [table.name for table in TABLES])
def test_pandas_reads_the_same_from_both(exported, table):
    as_text = pandas.read_csv(csv(exported, table), dtype=str, keep_default_na=False)
    typed = pandas.read_parquet(parquet(exported, table))
    assert list(as_text.columns) == list(typed.columns)
    assert len(as_text) == len(typed)
    texts = [
        column.name for column in next(one for one in TABLES if one.name == table).columns if column.kind == "text"
    ]
    assert as_text[texts].values.tolist() == typed[texts].values.tolist()


def test_what_is_in_it(exported, world):
    rows = {table.name: pq.read_table(parquet(exported, table.name)).to_pylist() for table in TABLES}
    check = next(row for row in rows["checks"] if row["id"] == world.pk)
    assert (check["state"], check["revision"], check["verdict"]) == ("corrected", 2, "misleading")
    assert check["url"].startswith(f"http://localhost:8000/checks/{world.pk}/")
    both = [row for row in rows["revisions"] if row["check_id"] == world.pk]
    assert [(row["number"], row["kind"], row["note"]) for row in both] == [
        (1, "first", ""),
        (2, "correction", "Bản đầu nói quá."),
    ]
    assert both[0]["authors"] == ["Lan Phạm"]
    assert both[0]["approver"] == "Hà Trần"
    assert [row["position"] for row in rows["sources"] if row["check_id"] == world.pk] == [1, 2, 1, 2]
    assert {row["state"] for row in rows["cases"]} == set(CaseState.values)
    assert [row["text"] for row in rows["messages"]] == [GIVEN]
    assert {row["unpublished"] for row in rows["desks"] if row["slug"] == "nguon-that"} == {1}


# What must never be in it

PUBLIC = {
    "accounts.Desk": {"slug", "name", "language"},
    "accounts.User": {"name"},
    "checks.FactCheck": {"work", "slug", "language"},
    "checks.ExternalReview": {"url", "publisher_name"},
    "questions.Case": {"language", "public_reason"},
    "questions.Message": {"text"},
    "questions.Match": {"passage", "guards"},
}
"""Fields of free text that an export may tell; of every other one nothing may be seen."""
APPEND_ONLY = {
    "accounts.DeskPage",
    "audit.Event",
    "audit.LogEntry",
    "audit.LogHead",
    "audit.PublicLog",
    "checks.Revision",
}


def spoil():
    """Write the secret into each field of free text that is not public, of every table of ours; returns which."""
    spoilt, refused = set(), set()
    for model in apps.get_models():
        if not model.__module__.startswith("kiemtin.") or not model.objects.exists():
            continue
        for field in model._meta.concrete_fields:
            kinds = models.CharField | models.TextField | models.BinaryField | models.JSONField
            if not isinstance(field, kinds) or field.choices or field.primary_key:
                continue
            if field.name in PUBLIC.get(model._meta.label, ()):
                continue
            try:
                with transaction.atomic():
                    for key in list(model._base_manager.values_list("pk", flat=True)):
                        _spoil(model, field, key)
            except DatabaseError:
                refused.add(model._meta.label)
            else:
                spoilt.add(f"{model._meta.label}.{field.name}")
    assert refused == APPEND_ONLY
    return spoilt


def _spoil(model, field, key):
    value = f"{SECRET}{key}"[: field.max_length]
    value = value.encode() if isinstance(field, models.BinaryField) else value
    model._base_manager.filter(pk=key).update(**{field.name: value})


def test_nothing_that_is_not_public_is_in_it(world, reader, tmp_path):
    spoilt = spoil()
    assert {
        "accounts.User.email",
        "questions.Request.code",
        "questions.Case.title",
        "questions.CaseNote.text",
    } <= spoilt
    assert {"questions.ReplyAddress.secret", "questions.Request.asker", "checks.FactCheck.remarks"} <= spoilt
    # Public fields of rows that are not public.
    type(reader).objects.filter(pk=reader.pk).update(name=SECRET)
    Case.objects.exclude(state=CaseState.DECLINED).update(public_reason=SECRET)
    Message.objects.exclude(agreed__gt=0).update(text=SECRET)
    FactCheck.objects.filter(latest__isnull=True).update(slug=SECRET, work=SECRET, language=SECRET)
    Case.objects.filter(state__in=["open", "in-progress", "in-review", "merged"]).update(language=SECRET)
    folder = tmp_path / "export"
    export(folder, by="tester")
    for path in folder.rglob("*"):
        if path.is_file():
            assert SECRET.encode() not in path.read_bytes(), path.name
    for table in TABLES:
        assert SECRET not in str(pq.read_table(parquet(folder, table.name)).to_pylist()), table.name


def test_the_search_for_secrets_finds_one(world, tmp_path):
    Message.objects.filter(agreed=0).update(agreed=1)
    export(tmp_path / "export", by="tester")
    assert SECRET.encode() in csv(tmp_path / "export", "messages").read_bytes()
    assert SECRET in str(pq.read_table(parquet(tmp_path / "export", "messages")).to_pylist())


def test_no_time_of_day_of_anything_asked(exported):
    for table in ("cases", "messages", "matches"):
        fields = pq.read_schema(parquet(exported, table))
        assert not [field.name for field in fields if str(field.type).startswith("timestamp")]


# Where it goes


def test_an_earlier_export_is_replaced(exported):
    (exported / "left-over").touch()
    export(exported, by="tester")
    assert not (exported / "left-over").exists()


def test_a_folder_with_something_else_in_it_is_left_alone(world, tmp_path):
    (tmp_path / "mine.txt").touch()
    with pytest.raises(FolderOccupiedError):
        export(tmp_path, by="tester")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["mine.txt"]


def test_one_that_fails_leaves_what_was_there_and_nothing_beside_it(exported, monkeypatch):
    before = csv(exported, "checks").read_bytes()
    monkeypatch.setattr("kiemtin.questions.open_data.matches", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        export(exported, by="tester")
    assert csv(exported, "checks").read_bytes() == before
    assert [path.name for path in exported.parent.iterdir() if "part" in path.name] == []


def test_an_installation_without_anything_has_an_export_too(data, db, tmp_path):
    written = export(tmp_path / "export", by="tester")
    assert (set(written.rows.values()), written.date) == ({0}, None)
    report = frictionless.validate(str(tmp_path / "export" / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note"])


def test_the_number_of_queries_does_not_depend_on_how_much_there_is(world, tmp_path, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        export(tmp_path / "export", by="tester")
