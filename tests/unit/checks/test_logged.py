import json

import pytest

from kiemtin.audit.models import LogEntry, LogHead
from kiemtin.audit.publiclog.entries import Entry, canonical
from kiemtin.checks.actions.withdraw import withdraw
from kiemtin.checks.actions.withdraw_alert import withdraw_alert
from kiemtin.checks.logged import alert_content, page_content, revision_content
from kiemtin.checks.models import AlertRevision, Revision
from kiemtin.checks.signals import revision_published
from kiemtin.staff.actions.write_page import write_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data")]


def entries():
    return [Entry.of_leaf(bytes(row.leaf)) for row in LogEntry.objects.all()]


def test_publishing_correcting_and_withdrawing_are_entries(published, corrected, editor):
    check = published()
    corrected(check)
    withdraw(fact_check=check, by=editor, note="Nguồn chính sai.")
    found = entries()
    assert [(one.kind, one.check, one.revision) for one in found] == [
        ("published", check.pk, 1),
        ("corrected", check.pk, 2),
        ("withdrawn", check.pk, 3),
    ]
    assert {(one.desk, one.verdict, one.claim) for one in found} == {("nguon-that", "false", check.latest.claim)}
    assert [head.size for head in LogHead.objects.all()] == [1, 2, 3]


def test_nothing_of_people_is_in_an_entry(published, checker, editor):
    published()
    leaf = bytes(LogEntry.objects.get().leaf).decode()
    assert not any(word in leaf for word in (checker.name, editor.name, checker.email, editor.email))


def test_content_is_what_readers_see_and_keeps_its_hash(published, editor):
    check = published()
    revision = Revision.objects.select_related("fact_check__desk").get()
    content = revision_content(revision)
    assert set(content) == {
        "check", "desk", "revision", "kind", "note", "claim", "verdict", "summary", "body", "topic", "language",
        "sources", "authors", "at",
    }  # fmt: skip
    assert content == json.loads(canonical(content))
    assert content["sources"][0]["url"] == "https://example.org/who"
    editor.name = "Tên Mới"
    editor.save()
    assert revision_content(Revision.objects.get()) == content
    assert check.latest.authors == content["authors"]


def test_alerts_are_entries_as_checks_are(published_alert, corrected_alert, editor, checker):
    row = published_alert()
    corrected_alert(row)
    withdraw_alert(alert=row, by=editor, note="Hai tin không liên quan.")
    found = entries()
    assert [(one.kind, one.alert, one.revision) for one in found] == [
        ("published", row.pk, 1),
        ("corrected", row.pk, 2),
        ("withdrawn", row.pk, 3),
    ]
    assert {(one.desk, one.title, one.language, one.check) for one in found} == {("nguon-that", row.title, "vi", 0)}
    assert [head.size for head in LogHead.objects.all()] == [1, 2, 3]
    leaf = bytes(LogEntry.objects.first().leaf).decode()
    assert not any(word in leaf for word in (checker.name, editor.name))
    content = alert_content(AlertRevision.objects.get(number=2))
    assert set(content) == {
        "alert", "desk", "revision", "kind", "note", "title", "text", "language", "checks", "authors", "at",
    }  # fmt: skip
    assert content == json.loads(canonical(content))


def test_each_version_of_a_page_is_an_entry(desk, editor, logged_pages):
    given = {"desk": desk, "kind": "method", "language": "vi", "by": editor, "expected_number": 1}
    page = write_page(**given, body="Chúng tôi làm khác.")
    write_page(**(given | {"expected_number": 2}), body="Chúng tôi làm khác.")  # the same again adds none
    assert [(one.kind, one.page, one.revision) for one in entries()] == [
        ("published", "method", 1),
        ("published", "scale", 1),
        ("published", "ownership", 1),
        ("published", "method", 2),
    ]
    content = page_content(page)
    assert set(content) == {"page", "desk", "revision", "body", "language", "at"}
    assert editor.name not in json.dumps(content, ensure_ascii=False)


def test_what_is_not_published_in_the_end_is_not_logged(approved, editor, ready_pages):
    from kiemtin.checks.actions.publish import publish

    def refuse(**_):
        raise RuntimeError("somebody above says no")

    row = approved()
    ready_pages(row.desk)
    revision_published.connect(refuse)
    try:
        with pytest.raises(RuntimeError):
            publish(fact_check=row, by=editor)
    finally:
        revision_published.disconnect(refuse)
    assert not LogEntry.objects.exists()
