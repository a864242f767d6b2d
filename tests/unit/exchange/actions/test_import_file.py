import json
import sqlite3

import pytest
from django.apps import apps

from kiemtin.audit.models import Event
from kiemtin.checks.actions.upsert_external_reviews import Upserted
from kiemtin.checks.models import ExternalReview
from kiemtin.exchange.actions import import_file as module
from kiemtin.exchange.actions.import_file import import_file
from kiemtin.exchange.exceptions import ImportBusyError, UnknownFormatError, UnreadableFileError
from kiemtin.exchange.models import ImportRun, RunState
from kiemtin.exchange.readers.lines import ClaimReviewLines
from kiemtin.exchange.rows import BadRow, Fault

pytestmark = pytest.mark.django_db


class Listener:
    def __init__(self, stop_at=None):
        self.bad = []
        self.places = []
        self.stop_at = stop_at

    def moved(self, done, total, rows):
        self.places.append((done, total, rows))
        if len(self.places) == self.stop_at:
            raise KeyboardInterrupt

    def left_out(self, row):
        self.bad.append((row.line, row.fault))


@pytest.fixture
def file(tmp_path, claim_review):
    def write(count, *, bad=(), name="checks.ndjson"):
        rows = [
            "nope" if number in bad else json.dumps(claim_review(url=f"https://example.org/{number}"))
            for number in range(count)
        ]
        path = tmp_path / name
        path.write_text("\n".join(rows))
        return path

    return write


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(module, "BATCH", 10)


def run(path, listener=None, **options):
    return import_file(path=path, by="test", listener=listener or Listener(), **options)


def content():
    return list(ExternalReview.objects.order_by("key").values("key", "digest", "seq", "withdrawn"))


def test_rows_go_in_and_bad_ones_are_counted_and_told(file):
    listener = Listener()
    imported = run(file(25, bad={3, 21}), listener)
    assert (imported.rows, imported.bad, imported.reviews) == (25, 2, Upserted(added=23))
    assert not imported.was_finished
    assert imported.is_whole
    assert listener.bad == [(4, Fault.NOT_JSON), (22, Fault.NOT_JSON)]
    assert [rows for _, _, rows in listener.places] == [10, 20, 25]
    done, total, _ = listener.places[-1]
    assert done == total
    assert ExternalReview.objects.count() == 23


def test_the_same_content_again_reads_nothing(file, tmp_path):
    path = file(25, bad={3})
    run(path)
    before = content()
    copy = tmp_path / "other-name.ndjson"
    copy.write_bytes(path.read_bytes())
    listener = Listener()
    imported = run(copy, listener)
    assert imported.was_finished
    assert (imported.rows, imported.bad, imported.reviews.added) == (25, 1, 24)
    assert (listener.places, listener.bad) == ([], [])
    assert content() == before


def test_again_reads_again_and_changes_nothing(file):
    path = file(25, bad={3})
    run(path)
    before = content()
    listener = Listener()
    imported = run(path, listener, again=True)
    assert imported.reviews == Upserted(unchanged=24)
    assert listener.bad == [(4, Fault.NOT_JSON)]
    assert content() == before


@pytest.mark.parametrize("stop_at", [1, 2, 3])
def test_an_interrupted_import_goes_on_where_it_was(file, stop_at, monkeypatch):
    path = file(35, bad={3, 33})
    with pytest.raises(KeyboardInterrupt):
        run(path, Listener(stop_at))
    assert ImportRun.objects.get().position == 10 * stop_at
    assert ExternalReview.objects.count() == 10 * stop_at - 1
    listener = Listener()
    imported = run(path, listener)
    assert imported.resumed_at == 10 * stop_at
    assert (imported.rows, imported.bad, imported.reviews) == (35, 2, Upserted(added=33))
    assert listener.bad == [(34, Fault.NOT_JSON)]
    assert [row["seq"] for row in ExternalReview.objects.order_by("id").values("seq")] == list(range(1, 34))


def test_position_rows_and_audit_are_one_transaction(file, monkeypatch):
    real = module.upsert_external_reviews
    calls = []

    def fail_on_second(**kwargs):
        calls.append(kwargs)
        counts = real(**kwargs)
        if len(calls) == 2:
            raise sqlite3.OperationalError("disk full")
        return counts

    monkeypatch.setattr(module, "upsert_external_reviews", fail_on_second)
    path = file(35)
    with pytest.raises(sqlite3.OperationalError):
        run(path)
    assert ImportRun.objects.get().position == ExternalReview.objects.count() == 10
    assert Event.objects.filter(verb="reviews.upserted").count() == 1
    assert run(path).reviews == Upserted(added=35)


def test_the_audit_tells_start_batches_and_end(file):
    run(file(15))
    digest = ImportRun.objects.get().digest
    assert list(Event.objects.values_list("verb", "object_id")) == [
        ("import.started", digest),
        ("reviews.upserted", digest),
        ("reviews.upserted", digest),
        ("import.finished", digest),
    ]


def test_two_imports_of_one_content_do_not_both_go_on(file):
    class Meddling(Listener):
        def moved(self, done, total, rows):
            ImportRun.objects.update(position=20)

    with pytest.raises(ImportBusyError):
        run(file(35), Meddling())


def test_a_file_that_cannot_be_read_for_now_is_not_finished(file, monkeypatch):
    path = file(15)
    real = ClaimReviewLines.rows

    def rows(self, path, meter):
        yield from list(real(self, path, meter))[:12]
        yield BadRow(path, 13, Fault.UNREADABLE)

    with monkeypatch.context() as patch:
        patch.setattr(ClaimReviewLines, "rows", rows)
        imported = run(path)
    assert not imported.is_whole
    assert (imported.rows, imported.bad) == (12, 0)
    assert ImportRun.objects.get().state == RunState.RUNNING
    assert run(path).reviews == Upserted(added=15)


def test_only_the_name_of_the_file_is_kept(file):
    path = file(1)
    run(path)
    assert ImportRun.objects.get().name == "checks.ndjson"
    assert path.name in everything()
    assert str(path.parent) not in everything()


def everything():
    return "\n".join(str(row) for model in apps.get_models() for row in model._base_manager.values_list())


def test_nothing_about_people_reaches_the_database(tmp_path, claim_review):
    secrets = ["Nguyễn Văn Riêng", "rieng-handle", "0912345678", "user-sha-77", "rieng@example.org"]
    person = {"@type": "Person", "name": secrets[0], "sameAs": f"https://x.example/{secrets[1]}", "email": secrets[4]}
    node = claim_review(
        author=[person, {"@type": "Organization", "name": "Báo Kiểm", "employee": person}],
        creator=person,
        userIdsha256=secrets[3],
        citation=[f"https://x.example/{secrets[1]}/1"],
        itemReviewed={
            "@type": "Claim",
            "author": person | {"telephone": secrets[2]},
            "appearance": [{"url": f"https://x.example/{secrets[1]}/2", "author": person}],
            "firstAppearance": {"url": f"https://x.example/{secrets[1]}/3"},
        },
    )
    path = tmp_path / "checks.json"
    path.write_text(json.dumps(node, ensure_ascii=False))
    run(path)
    dump = everything()
    assert "Báo Kiểm" in dump
    assert [secret for secret in secrets if secret in dump] == []


def test_a_folder_of_another_name_is_another_data_set(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "corpus.jsonl").write_text('{"_id": "1", "title": "tin", "text": ""}\n')
        run(tmp_path / name)
    assert sorted(ExternalReview.objects.values_list("key", flat=True)) == ["beir:one:1", "beir:two:1"]


def test_what_cannot_be_read_at_all(tmp_path):
    with pytest.raises(UnreadableFileError):
        run(tmp_path / "nowhere")
    (tmp_path / "x.csv").write_text("a,b\n")
    with pytest.raises(UnknownFormatError):
        run(tmp_path / "x.csv")
    assert not ImportRun.objects.exists()
