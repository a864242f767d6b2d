import json
import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from kiemtin.audit.models import Event
from kiemtin.checks.actions.start_correction import start_correction
from kiemtin.checks.actions.upsert_external_reviews import upsert_external_reviews
from kiemtin.checks.actions.withdraw import withdraw
from kiemtin.checks.exceptions import IncompleteError, NotAllowedError
from kiemtin.checks.models import ExternalReview, FactCheck, Revision
from kiemtin.exchange.actions.load_samples import Loaded, load_samples
from kiemtin.exchange.exceptions import SampleError

SAMPLES = Path(str(files("kiemtin") / "samples" / "checks"))


@pytest.fixture
def folder(tmp_path):
    """Two of the samples, to be changed."""
    for name in ("5g-covid.json", "antibiotics-cold-flu.json"):
        shutil.copy(SAMPLES / name, tmp_path)
    return tmp_path


@pytest.fixture
def load(desk, checker, editor, ready_pages, folder):
    def run(**fields):
        given = {"desk": desk, "author": checker, "approver": editor, "by": "command-line", "folder": folder}
        return load_samples(**(given | fields))

    return run


def rewrite(folder, **fields):
    file = folder / "5g-covid.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | fields), encoding="utf-8")


def test_the_whole_library_is_published_in_both_languages(load, desk, checker, editor, django_assert_max_num_queries):
    count = len(list(SAMPLES.glob("*.json")))
    with django_assert_max_num_queries(170 * count):
        assert load(folder=None) == Loaded(added=2 * count)
    rows = FactCheck.objects.select_related("latest")
    assert {(row.desk_id, row.public_state, row.stage) for row in rows} == {(desk.pk, "published", "settled")}
    assert {(row.latest.author_id, row.latest.approver_id) for row in rows} == {(checker.pk, editor.pk)}
    assert {row.language for row in rows.filter(work="5g-covid")} == {"vi", "en"}
    vi = rows.get(work="5g-covid", language="vi")
    assert vi.latest.topic == "health"
    assert "\n\n" in vi.latest.body
    assert vi.latest.sources[0]["shows"].startswith("Dẫn WHO")
    assert vi.latest.wordings
    assert vi.slug == "song-5g-lam-lay-lan-hoac-gay-ra-covid-19"


def test_the_same_again_changes_nothing(load):
    assert load() == Loaded(added=4)
    before = list(FactCheck.objects.order_by("id").values())
    assert load() == Loaded(unchanged=4)
    assert list(FactCheck.objects.order_by("id").values()) == before
    assert Revision.objects.count() == 4


def test_a_sample_that_changed_is_corrected_with_a_note(load, folder):
    load()
    rewrite(folder, summary={"vi": "Không có bằng chứng.", "en": "There is no evidence."})
    assert load() == Loaded(changed=2, unchanged=2)
    row = FactCheck.objects.get(work="5g-covid", language="vi")
    assert (row.public_state, row.latest.number, row.latest.changed_fields) == ("corrected", 2, ["summary"])
    assert row.latest.note
    assert row.latest.summary == "Không có bằng chứng."


def test_what_a_person_made_of_a_sample_stands(load, corrected, checker, editor):
    load()
    vi = FactCheck.objects.get(work="5g-covid", language="vi")
    en = FactCheck.objects.get(work="5g-covid", language="en")
    other = FactCheck.objects.get(work="antibiotics-cold-flu", language="vi")
    corrected(vi)
    start_correction(fact_check=en, by=checker)
    withdraw(fact_check=other, by=editor, note="Cần xem lại.")
    assert load() == Loaded(unchanged=4)
    vi.refresh_from_db()
    assert vi.latest.summary.endswith("Đã sửa.")
    other.refresh_from_db()
    assert other.public_state == "withdrawn"


def test_old_sample_reviews_are_withdrawn_and_others_stay(load, review):
    upsert_external_reviews(reviews=[review(1, sample=True), review(2)], by="test")
    load()
    assert ExternalReview.objects.get(key="r1").withdrawn
    assert not ExternalReview.objects.get(key="r2").withdrawn


def test_it_is_logged_with_its_counts(load, desk):
    load()
    event = Event.objects.get(verb="samples.loaded")
    assert (event.actor, event.desk, event.object_id) == ("command-line", desk.slug, str(desk.pk))
    assert event.detail == {"added": 4, "changed": 0, "unchanged": 0}


def test_all_or_nothing(load, folder, review):
    upsert_external_reviews(reviews=[review(1, sample=True)], by="test")
    (folder / "z.json").write_text(json.dumps({"slug": "z"}))
    with pytest.raises(SampleError):
        load()
    assert not FactCheck.objects.exists()
    assert not ExternalReview.objects.get().withdrawn


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[]"])
def test_a_damaged_library_says_so(load, folder, content):
    (folder / "z.json").write_bytes(content)
    with pytest.raises(SampleError):
        load()


def test_no_library_says_so(load, tmp_path):
    with pytest.raises(SampleError):
        load(folder=tmp_path / "nowhere")


def test_the_rules_are_those_of_people(load, desk, checker, editor, reader):
    with pytest.raises(NotAllowedError):
        load(author=reader)
    with pytest.raises(NotAllowedError):
        load(author=editor, approver=checker)
    assert not FactCheck.objects.exists()


def test_a_desk_without_pages_publishes_none(desk, checker, editor, folder):
    with pytest.raises(IncompleteError):
        load_samples(desk=desk, author=checker, approver=editor, by="command-line", folder=folder)
    assert not FactCheck.objects.exists()


def test_checks_of_another_desk_are_left_alone(load, other_desk, member):
    load()
    author, approver = member("A", "checker", other_desk), member("B", "editor", other_desk)
    with pytest.raises(SampleError):
        load(desk=other_desk, author=author, approver=approver)
