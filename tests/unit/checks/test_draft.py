import datetime as dt
import unicodedata
from dataclasses import fields, replace

import pytest

from kiemtin.checks.draft import PUBLISHED, DraftContent, SourceContent
from kiemtin.checks.models import FactCheck, Source
from kiemtin.checks.review import Source as StoredSource

FULL = SourceContent(
    title="T",
    publisher="P",
    url="https://example.org",
    kind="primary",
    interest="party",
    shows="S",
    accessed=dt.date(2026, 1, 2),
    recheck_on=dt.date(2027, 1, 1),
)


def test_every_column_of_a_source_is_content():
    columns = {field.name for field in Source._meta.fields} - {"id", "fact_check", "position"}
    assert {field.name for field in fields(SourceContent)} == columns
    assert set(StoredSource.__annotations__) == columns | {"copied", "copy_sha256"}, "a revision names its copy too"


def test_a_source_goes_into_a_revision_and_back_whole():
    assert SourceContent.of_json(FULL.to_json()) == FULL
    assert all(isinstance(value, str) for value in FULL.to_json().values())
    assert SourceContent().to_json() == {"kind": "secondary"}
    assert SourceContent.of_json({}) == SourceContent()


def test_what_a_browser_sends_is_made_one_form():
    given = DraftContent(
        claim=" Tỏi\nchữa  bệnh ",
        summary=unicodedata.normalize("NFD", "Không đúng."),
        body="Một.\r\n\r\nHai.\rBa.\n",
        wordings=("a", " a ", "", "b"),
        sources=(SourceContent(), SourceContent(title=" T\n1 ")),
    )
    assert given.cleaned() == DraftContent(
        claim="Tỏi chữa bệnh",
        summary="Không đúng.",
        body="Một.\n\nHai.\nBa.",
        wordings=("a", "b"),
        sources=(SourceContent(title="T 1"),),
    )


def test_signs_that_hide_something_are_taken_out():
    found = DraftContent(claim="a\u202eb\x00c", body="x\ty\u2066z").cleaned()
    assert (found.claim, found.body) == ("abc", "x\tyz")


def test_signs_that_text_needs_stay():
    emoji = "👩\u200d⚕️"  # joined by a zero-width joiner
    assert DraftContent(claim=emoji).cleaned().claim == emoji


@pytest.mark.parametrize(
    "content",
    [
        DraftContent(verdict="wrong"),
        DraftContent(verdict="declined"),
        DraftContent(topic="gossip"),
        DraftContent(sources=(SourceContent(title="T", kind="x"),)),
        DraftContent(sources=(SourceContent(title="T", interest="x"),)),
    ],
)
def test_words_that_are_not_ours_are_refused(content):
    with pytest.raises(ValueError, match="is not a valid"):
        content.cleaned()


def test_what_differs_is_named(content):
    one = content()
    assert one.changed_from(one) == ()
    assert replace(one, claim="x", sources=()).changed_from(one) == ("claim", "sources")
    assert replace(one, note="x").changed_from(one) == ()
    assert one.changed_from(DraftContent()) == PUBLISHED


def test_the_working_copy_and_the_revision_are_the_same_content(published):
    row = published()
    assert DraftContent.of(FactCheck.objects.get()) == DraftContent.of_revision(row.latest)
