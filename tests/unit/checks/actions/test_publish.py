import datetime as dt
from dataclasses import replace

import pytest
from django.utils import timezone

from kiemtin.accounts.models import DeskPage
from kiemtin.audit.models import Event
from kiemtin.checks.actions import publish as module
from kiemtin.checks.actions.approve import approve
from kiemtin.checks.actions.number_changes import last_change
from kiemtin.checks.actions.publish import publish
from kiemtin.checks.actions.save_draft import save_draft
from kiemtin.checks.actions.submit import submit
from kiemtin.checks.draft import DraftContent
from kiemtin.checks.exceptions import IncompleteError
from kiemtin.checks.models import FactCheck, Revision
from kiemtin.checks.signals import revision_published


@pytest.fixture
def heard():
    """What the rooms above are told."""
    told = []

    def hear(**given):
        told.append((given["revision"].number, given["by"]))

    revision_published.connect(hear)
    yield told
    revision_published.disconnect(hear)


def test_the_first_revision_is_what_was_approved(approved, content, checker, editor, ready_pages):
    row, before = approved(), timezone.now()
    revision = publish(fact_check=row, by=editor)
    revision.refresh_from_db()
    assert DraftContent.of_revision(revision) == content()
    assert (revision.number, revision.kind, revision.note, revision.changed_fields) == (1, "first", "", [])
    assert (revision.author, revision.approver, revision.authors) == (checker, editor, ["Lan Phạm"])
    assert (revision.source_count, revision.independent_count, revision.language) == (2, 2, "vi")
    assert before <= revision.at <= timezone.now()
    assert revision.sources[0] == {
        "title": "Giải đáp về Covid-19",
        "publisher": "Tổ chức Y tế Thế giới",
        "url": "https://example.org/who",
        "kind": "primary",
        "interest": "independent",
        "shows": "Tỏi không chữa được bệnh.",
        "accessed": "2026-11-20",
    }


def test_the_check_is_public_and_its_working_copy_settled(approved, editor, ready_pages):
    revision = publish(fact_check=approved(), by=editor)
    row = FactCheck.objects.get()
    assert (row.stage, row.public_state, row.latest) == ("settled", "published", revision)
    assert row.published == row.changed == revision.at
    assert (row.author, row.approver, row.remarks, row.note) == (None, None, "", "")
    assert row.seq == last_change() == 1
    assert row.slug == "uong-nuoc-toi-chua-khoi-covid-19"
    assert row.recheck_on is None


def test_a_correction_says_what_changed_and_keeps_the_first_day(published, corrected):
    row = published()
    first = row.latest
    row = corrected(row, note="Tóm tắt nhầm số.", summary="Khác.", verdict="misleading")
    revision = row.latest
    assert (revision.number, revision.kind, revision.note) == (2, "correction", "Tóm tắt nhầm số.")
    assert revision.changed_fields == ["verdict", "summary"]
    row = FactCheck.objects.get()
    assert (row.public_state, row.note, row.seq) == ("corrected", "", 2)
    assert (row.published, row.changed) == (first.at, revision.at)
    assert Revision.objects.get(number=1).summary == first.summary


def test_the_note_of_the_first_is_not_published(approved, editor, ready_pages):
    assert publish(fact_check=approved(note="Ghi cho nhau."), by=editor).note == ""


def test_all_authors_are_named_and_first_who_submitted(draft, second_checker, checker, editor, ready_pages):
    row = draft()
    row = save_draft(
        fact_check=row, by=second_checker, version=row.version, content=replace(DraftContent.of(row), summary="Khác.")
    )
    row = submit(fact_check=row, by=second_checker, version=row.version)
    row = approve(fact_check=row, by=editor, version=row.version)
    assert publish(fact_check=row, by=editor).authors == ["Minh Đỗ", "Lan Phạm"]


def test_the_earliest_source_tells_when_to_look_again(approved, content, editor, ready_pages):
    one, two = content().sources
    days = [timezone.localdate() + dt.timedelta(days=days) for days in (90, 30)]
    sources = (replace(one, recheck_on=days[0]), replace(two, recheck_on=days[1]))
    publish(fact_check=approved(sources=sources), by=editor)
    assert FactCheck.objects.get().recheck_on == days[1]


def test_a_day_to_look_again_that_is_over_was_heeded_by_whoever_wrote(approved, content, editor, ready_pages):
    one, two = content().sources
    today = timezone.localdate()
    sources = (replace(one, recheck_on=today), replace(two, recheck_on=today + dt.timedelta(days=30)))
    publish(fact_check=approved(sources=sources), by=editor)
    assert FactCheck.objects.get().recheck_on == today + dt.timedelta(days=30)


def test_a_revision_names_the_newest_copy_of_each_source(approved, editor, ready_pages, copy_of):
    row = approved()
    copy_of(row, "https://example.org/who", sha256="a" * 64, taken="2026-11-01T00:00:00Z")
    copy_of(row, "https://www.example.org/who/#phan-2", sha256="b" * 64, taken="2026-11-20T20:00:00Z")
    first, second = publish(fact_check=row, by=editor).sources
    assert (first["copied"], first["copy_sha256"]) == ("2026-11-21", "b" * 64), "the day of the site's own clock"
    assert not {"copied", "copy_sha256"} & set(second)


def test_the_same_page_twice_counts_once(approved, content, editor, ready_pages):
    sources = (*content().sources, replace(content().sources[0], url="http://www.example.org/who/#x"))
    revision = publish(fact_check=approved(sources=sources), by=editor)
    assert (len(revision.sources), revision.source_count, revision.independent_count) == (3, 2, 2)


def test_a_desk_that_has_not_said_what_it_must_publishes_nothing(approved, editor, desk):
    row = approved()
    with pytest.raises(IncompleteError) as error:
        publish(fact_check=row, by=editor)
    assert error.value.gaps == ("page-method", "page-scale", "page-ownership")
    row.refresh_from_db()
    assert (row.stage, Revision.objects.count()) == ("approved", 0)


def test_a_page_that_was_emptied_counts_as_missing(approved, editor, desk, ready_pages):
    row = approved()
    DeskPage.objects.create(desk=desk, kind="scale", language="vi", number=2, body=" \n", by=editor)
    with pytest.raises(IncompleteError) as error:
        publish(fact_check=row, by=editor)
    assert error.value.gaps == ("page-scale",)


def test_what_lost_a_source_in_between_is_not_published(approved, editor, ready_pages):
    row = approved()
    row.sources.first().delete()  # past all actions
    with pytest.raises(IncompleteError):
        publish(fact_check=row, by=editor)


def test_the_rooms_above_hear_of_it_and_can_undo_it(approved, editor, ready_pages, heard):
    publish(fact_check=approved(), by=editor)
    assert heard == [(1, editor)]

    def fail(**_given):
        raise RuntimeError

    row = approved()
    revision_published.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            publish(fact_check=row, by=editor)
    finally:
        revision_published.disconnect(fail)
    row.refresh_from_db()
    assert (row.stage, row.latest, last_change()) == ("approved", None, 1)


def test_without_the_event_there_is_no_revision(approved, editor, ready_pages, monkeypatch):
    row = approved()

    def fail(*_args, **_given):
        raise RuntimeError

    monkeypatch.setattr(module, "finish", fail)
    with pytest.raises(RuntimeError):
        publish(fact_check=row, by=editor)
    assert not Revision.objects.exists()


def test_the_event_tells_the_revision(published):
    published()
    event = Event.objects.filter(verb="check.published").get()
    assert event.detail["revision"] == 1
    assert (event.detail["from"], event.detail["to"]) == ("approved", "settled")
