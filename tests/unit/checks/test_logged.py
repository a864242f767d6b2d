import json

import pytest

from kiemtin.audit.models import LogEntry, LogHead
from kiemtin.audit.publiclog.entries import Entry, canonical
from kiemtin.checks.actions.withdraw import withdraw
from kiemtin.checks.logged import revision_content
from kiemtin.checks.models import Revision
from kiemtin.checks.signals import revision_published

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
