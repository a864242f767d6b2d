import hashlib
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from kiemtin.checks.actions.hold_source import mark
from kiemtin.checks.actions.publish import publish
from kiemtin.checks.models import CitedSource, CopyRequest, StoredCopy
from kiemtin.checks.workflow import RULES, Action
from kiemtin.exchange.actions import upload_copy as uploading
from tests.cast import CHECK_STATES, ROLES

pytestmark = pytest.mark.django_db
WHO, BAO = "https://example.org/who", "https://example.org/bao"
PDF = b"%PDF-1.7 thu"


def pdf(content=PDF, name="ban-sao.pdf"):
    return SimpleUploadedFile(name, content)


@pytest.fixture
def at(desk):
    return lambda row, end="": f"/en/desk/{desk.slug}/checks/{row.pk}/copies/{end}"


@pytest.fixture
def sent(copy_of):
    """Where each action is done, and what is sent there; made ready for a check."""

    def make(action, row):
        if action is Action.TAKE_COPY:
            return "copies/take/", {"url": WHO}
        if action is Action.HAND_IN_COPY:
            return "copies/hand-in/", {"url": WHO, "file": pdf(), "licence": "named-only"}
        if action is Action.HOLD_SOURCE:
            return _hold(row)
        copy = copy_of(row, WHO)
        end = {Action.DROP_COPY: "delete", Action.LICENSE_COPY: "licence"}[action]
        return f"copies/{copy.pk}/{end}/", {"licence": "public"}

    return make


def _hold(row):
    if row.latest is None:
        return "sources/999/hold/", {"seen": ""}
    given = {"page": "example.org/who?", "url": WHO, "standing": "gone", "flagged": timezone.now()}
    source = CitedSource.objects.create(fact_check=row, revision=row.latest, **given)
    return f"sources/{source.pk}/hold/", {"seen": mark(source)}


def whole():
    rows = (StoredCopy, CopyRequest, CitedSource)
    return [list(row.objects.order_by("pk").values()) for row in rows]


@pytest.mark.parametrize(
    "action", [Action.TAKE_COPY, Action.HAND_IN_COPY, Action.DROP_COPY, Action.LICENSE_COPY, Action.HOLD_SOURCE]
)
@pytest.mark.parametrize("role", ROLES)
def test_the_page_does_what_the_table_says(action, role, put_check, someone, sign_in, sent, desk):
    client, rule = sign_in(someone(role)), RULES[action]
    for stage, public in CHECK_STATES:
        with transaction.atomic():
            row = put_check(stage, public)
            end, fields = sent(action, row)
            before = whole()
            answer = client.post(f"/en/desk/{desk.slug}/checks/{row.pk}/{end}", fields)
            is_done = rule.allows(role=role, state=stage, public=public) and (row.latest or "999" not in end)
            assert (whole() != before) == bool(is_done), (stage, public)
            if role in ("", "elsewhere"):
                assert answer.status_code == 404
            elif role not in rule.roles:
                assert answer.status_code in (403, 404)
            else:
                assert answer.status_code in (302, 404, 422)
            transaction.set_rollback(True)


def test_each_source_is_listed_with_what_was_kept_of_it(sign_in, checker, draft, copy_of, at):
    row = draft()
    copy_of(row, WHO, size=3 << 20, taken="2026-11-20T10:00:00+07:00")
    CopyRequest.objects.create(fact_check=row, page="example.org/bao?", url=BAO, state="failed", failure="robots")
    page = sign_in(checker).get(at(row)).content.decode()
    for shown in (
        "Giải đáp về Covid-19",
        "a" * 64,
        "3.0\xa0MB",
        "Only named, with its date and SHA-256",
        "The copy could not be taken.",
        "asks programs not to read this address (robots.txt)",
        'enctype="multipart/form-data"',
    ):
        assert shown in page, shown
    assert "Let readers download it" not in page, "that is for editors"


def test_a_file_is_handed_in(sign_in, checker, draft, at, data):
    row = draft()
    client = sign_in(checker)
    sent = {"url": WHO, "file": pdf(name="x.exe"), "licence": "public"}
    page = client.post(at(row, "hand-in/"), sent, follow=True).content.decode()
    copy = StoredCopy.objects.get()
    assert (copy.sha256, copy.licence) == (hashlib.sha256(PDF).hexdigest(), "public")
    assert "The next publication names this copy." in page
    assert copy.sha256 in page


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (None, "Choose a file first."),
        (pdf(b""), "This file is empty. Choose another one."),
        (pdf(b"<html>%PDF-"), "This is neither a PDF nor a picture that can be opened."),
        (pdf(b"%PDF-" + b"x" * 100), "This file is larger than 25 MB."),
    ],
    ids=["none", "empty", "page", "large"],
)
def test_a_file_that_is_no_copy_is_said_beside_its_source(sign_in, checker, draft, at, data, file, said, monkeypatch):
    monkeypatch.setattr(uploading, "LARGEST_COPY", 50)
    row = draft()
    sent = {"url": BAO, "licence": "public"} | ({"file": file} if file else {})
    if file:
        file.seek(0)
    answer = sign_in(checker).post(at(row, "hand-in/"), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(said) == 2, "above, and at the field"
    assert page.count("<details open>") == 1
    second = page.index("<details open>")
    assert second > page.index('id="source-2"')
    assert re.search(r'value="public"[^>]*checked', page[second:]), "who gets it is not to be said again"
    assert not StoredCopy.objects.exists()


def test_a_source_without_an_address_cannot_be_copied(sign_in, checker, draft, content, at):
    from dataclasses import replace

    first, second = content().sources
    row = draft(sources=(replace(first, url="không có"), second))
    page = sign_in(checker).get(at(row)).content.decode()
    assert page.count("Take a copy now") == 1
    answer = sign_in(checker).post(at(row, "take/"), {"url": "không có"}, follow=True)
    assert "Give the source its whole address first" in answer.content.decode()


def test_the_desk_may_read_a_copy_that_is_only_named(sign_in, reader, outsider, draft, copy_of, at):
    row = draft()
    copy = copy_of(row, WHO, content=PDF)
    answer = sign_in(reader).get(at(row, f"{copy.pk}/file"))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"]
    assert sign_in(outsider).get(at(row, f"{copy.pk}/file")).status_code == 404


def test_copies_of_another_check_are_not_reached_through_this_one(sign_in, checker, draft, copy_of, at):
    row, other = draft(), draft(claim="Khác")
    copy = copy_of(other, WHO, content=PDF)
    client = sign_in(checker)
    assert client.get(at(row, f"{copy.pk}/file")).status_code == 404
    answer = client.post(at(row, f"{copy.pk}/delete/"))
    assert (answer.status_code, StoredCopy.objects.count()) == (404, 1)
    assert "This is not there any more" in answer.content.decode()


def test_what_readers_are_told_of_cannot_be_deleted(sign_in, checker, editor, approved, copy_of, ready_pages, at):
    row = approved()
    copy = copy_of(row, WHO)
    publish(fact_check=row, by=editor)
    client = sign_in(checker)
    client.post(f"/en/desk/{row.desk.slug}/checks/{row.pk}/start-correction/")
    page = client.get(at(row)).content.decode()
    assert f"/copies/{copy.pk}/delete/" not in page
    assert f'href="/en/copies/{copy.sha256}/"' in page
    answer = client.post(at(row, f"{copy.pk}/delete/"), follow=True)
    assert "Readers are told of this copy, so it stays." in answer.content.decode()


def test_a_source_that_changed_meanwhile_is_not_held(sign_in, checker, published, desk):
    row = published()
    end, fields = _hold(row)
    CitedSource.objects.update(standing="changed", seen="d" * 64)
    answer = sign_in(checker).post(f"/en/desk/{desk.slug}/checks/{row.pk}/{end}", fields, follow=True)
    assert "Somebody may have been quicker" in answer.content.decode()
    assert CitedSource.objects.get().flagged is not None


def test_a_source_of_another_check_is_not_held_through_this_one(sign_in, checker, published, desk):
    row, other = published(), published(claim="Khác")
    end, fields = _hold(other)
    assert sign_in(checker).post(f"/en/desk/{desk.slug}/checks/{row.pk}/{end}", fields).status_code == 404
    assert CitedSource.objects.get().flagged is not None


def test_the_check_shows_what_is_to_be_looked_at(sign_in, checker, published, desk):
    row = published()
    _hold(row)
    page = sign_in(checker).get(f"/en/desk/{desk.slug}/checks/{row.pk}/").content.decode()
    assert "Sources to look at" in page
    assert "Looked at: still holds" in page


def test_the_page_needs_few_queries(sign_in, checker, draft, copy_of, at, django_assert_max_num_queries):
    row = draft()
    copy_of(row, WHO)
    client = sign_in(checker)
    client.get(at(row))
    with django_assert_max_num_queries(16):
        client.get(at(row))
