import pytest

from kiemtin.checks.actions.publish import publish
from kiemtin.checks.copies import copies_of_sources, shown_copies, stored_copies, told_copy, without_copy
from kiemtin.checks.draft import DraftContent
from kiemtin.checks.models import CopyRequest, FactCheck

pytestmark = pytest.mark.django_db
WHO, BAO = "https://example.org/who", "https://example.org/bao"
LATER = "2099-01-01T00:00:00Z"


@pytest.fixture
def named(approved, copy_of, editor, ready_pages):
    """A published check whose first source had a copy."""
    row = approved()
    copy_of(row, WHO, taken="2026-11-01T00:00:00Z")
    return publish(fact_check=row, by=editor).fact_check


def shown(row):
    return {page: copy.sha256[:1] for page, copy in shown_copies(row.latest, stored_copies(row)).items()}


def test_the_desk_sees_all_copies_of_a_source_newest_first(draft, copy_of):
    row = draft()
    copy_of(row, WHO, sha256="a" * 64, taken="2026-11-02T00:00:00Z")
    copy_of(row, WHO, sha256="b" * 64, taken="2026-11-01T00:00:00Z")
    CopyRequest.objects.create(fact_check=row, page="example.org/bao?", url=BAO)
    found = copies_of_sources(row)
    assert [copy.sha256[:1] for copy in found["example.org/who?"].copies] == ["a", "b"]
    assert found["example.org/who?"].newest.sha256[:1] == "a"
    assert found["example.org/bao?"].is_waiting
    assert found["example.org/bao?"].newest is None


def test_what_has_a_copy_or_waits_for_one_is_not_asked_for_again(draft, copy_of):
    row = draft()
    sources = DraftContent.of(row).sources
    assert without_copy(sources, row) == [WHO, BAO]
    copy_of(row, "http://www.example.org/who")
    assert without_copy(sources, row) == [BAO]
    CopyRequest.objects.create(fact_check=row, page="example.org/bao?", url=BAO, state="failed")
    assert without_copy(sources, row) == []


def test_readers_are_shown_the_copy_that_the_version_names(named, copy_of):
    copy_of(named, WHO, sha256="b" * 64, method="fetched", taken=LATER)
    assert shown(named) == {"example.org/who?": "a"}


def test_where_it_names_none_the_first_that_the_program_took_since_counts(named, copy_of):
    copy_of(named, BAO, sha256="c" * 64, method="fetched", taken="2020-01-01T00:00:00Z")
    assert shown(named) == {"example.org/who?": "a"}
    copy_of(named, BAO, sha256="d" * 64, method="fetched", taken=LATER)
    copy_of(named, BAO, sha256="e" * 64, method="fetched", taken="2099-02-01T00:00:00Z")
    assert shown(named) == {"example.org/who?": "a", "example.org/bao?": "d"}


def test_a_file_that_nobody_approved_is_shown_to_nobody(named, copy_of):
    copy_of(named, BAO, sha256="f" * 64, method="uploaded", licence="public", taken=LATER)
    assert "example.org/bao?" not in shown(named)
    assert told_copy("f" * 64) is None


def test_a_page_that_is_not_cited_is_shown_to_nobody(named, copy_of):
    copy_of(named, "https://example.org/khac", sha256="f" * 64, method="fetched", licence="public", taken=LATER)
    assert told_copy("f" * 64) is None


def test_an_older_version_shows_only_what_it_named(named, corrected, copy_of):
    first = named.latest
    row = corrected(named)
    copy_of(row, BAO, sha256="d" * 64, method="fetched", taken=LATER)
    first.fact_check = row
    assert set(shown_copies(first, stored_copies(row))) == {"example.org/who?"}
    assert "example.org/bao?" in shown_copies(row.latest, stored_copies(row))


def test_a_copy_is_told_of_once_something_is_published(approved, copy_of, editor, ready_pages):
    row = approved()
    copy = copy_of(row, WHO, licence="public")
    assert told_copy(copy.sha256) is None
    publish(fact_check=row, by=editor)
    assert told_copy(copy.sha256) == copy
    assert told_copy("0" * 64) is None


def test_of_two_checks_that_have_the_same_file_the_one_that_gives_it_counts(approved, copy_of, editor, ready_pages):
    rows = [approved(claim=claim) for claim in ("Một", "Hai")]
    copies = [copy_of(row, WHO, licence=licence) for row, licence in zip(rows, ("named-only", "public"), strict=True)]
    for row in rows:
        publish(fact_check=row, by=editor)
    assert told_copy("a" * 64) == copies[1]


def test_a_later_version_that_takes_the_source_out_still_tells_of_its_copy(named, corrected, content):
    """Its earlier version stays public, and names it."""
    _, second = content().sources
    other = content().sources[0]
    from dataclasses import replace

    corrected(named, sources=(replace(other, url="https://example.org/moi"), second))
    assert told_copy("a" * 64) is not None
    assert shown(FactCheck.objects.get(pk=named.pk)) == {}
