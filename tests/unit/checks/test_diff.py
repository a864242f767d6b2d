from dataclasses import replace

from django.utils import translation

from kiemtin.checks.diff import LABELS, Op, Span, revision_diff, source_text
from kiemtin.checks.draft import PUBLISHED
from kiemtin.checks.models import FactCheck


def one(before, after, field, **options):
    found = {diff.field: diff for diff in revision_diff(before, after, **options)}
    assert list(found) == [field]
    return found[field].lines


def test_every_published_field_has_a_label():
    assert set(LABELS) == set(PUBLISHED)


def test_only_what_changed_is_told_in_the_order_of_the_page(content):
    before = content()
    assert revision_diff(before, before) == ()
    after = replace(before, body="Khác.", claim="Khác", sources=before.sources[:1])
    assert [diff.field for diff in revision_diff(before, after)] == ["claim", "body", "sources"]


def test_words_of_a_text(content):
    (line,) = one(content(summary="Tỏi chữa bệnh."), content(summary="Tỏi không chữa bệnh."), "summary")
    assert line == (Span(Op.SAME, "Tỏi "), Span(Op.ADDED, "không "), Span(Op.SAME, "chữa bệnh."))


def test_a_choice_changes_whole_and_in_the_reader_s_words(content):
    before, after = content(verdict="false"), content(verdict="missing-context")
    assert one(before, after, "verdict") == ((Span(Op.REMOVED, "False"), Span(Op.ADDED, "Missing context")),)
    with translation.override("vi"):
        assert one(before, after, "verdict")[0][0] == Span(Op.REMOVED, "Sai")


def test_sources_are_compared_by_their_page(content):
    first, second = content().sources
    after = content(sources=(replace(first, interest="party"), replace(second, url="https://example.org/khac")))
    lines = one(content(), after, "sources")
    assert len(lines) == 3
    assert lines[0] == (Span(Op.REMOVED, source_text(second)),)
    assert [span for span in lines[1] if span.op is Op.ADDED]
    assert lines[2] == (Span(Op.ADDED, source_text(after.sources[1])),)


def test_an_order_of_sources_that_changed_is_told(content):
    lines = one(content(), content(sources=content().sources[::-1]), "sources")
    assert len(lines) == 2
    assert {span.op for line in lines for span in line} == {Op.REMOVED, Op.ADDED}


def test_wordings_are_for_the_desk_only(content):
    before, after = content(), content(wordings=("Ăn tỏi sống là hết Covid", "Tỏi trị Covid"))
    assert one(before, after, "wordings") == ((Span(Op.ADDED, "Tỏi trị Covid"),),)
    assert revision_diff(before, after, is_public=True) == ()


def test_without_a_version_before_everything_is_new(content):
    found = revision_diff(None, content())
    assert {span.op for diff in found for line in diff.lines for span in line} == {Op.ADDED}
    assert {diff.field for diff in found} == set(PUBLISHED)


def test_rows_of_the_database_are_versions_too(published, corrected):
    row = corrected(published(), verdict="misleading")
    first, second = row.revisions.order_by("number")
    assert [diff.field for diff in revision_diff(first, second)] == ["verdict"]
    assert revision_diff(second, FactCheck.objects.get()) == ()


def test_a_source_in_one_line(content):
    with translation.override("en"):
        assert source_text(content().sources[0]) == (
            "Giải đáp về Covid-19 · Tổ chức Y tế Thế giới · https://example.org/who · Primary source · "
            "Independent of whoever the claim is about · Tỏi không chữa được bệnh. · read on 20 Nov 2026"
        )
