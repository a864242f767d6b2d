from dataclasses import replace

import pytest
from django.utils import translation

from kiemtin.accounts.enums import REQUIRED_PAGES
from kiemtin.accounts.models import DeskPage
from kiemtin.checks.actions.start_correction import start_correction
from kiemtin.checks.completeness import Advice, Gap, advice, desk_gaps, evidence, gaps, gaps_of
from kiemtin.checks.draft import DraftContent, SourceContent

ONE = SourceContent(
    title="T", publisher="P", url="https://example.org/1", kind="primary", interest="independent", shows="S"
)
TWO = replace(ONE, url="https://example.org/2")
PARTY = replace(ONE, url="https://example.org/3", interest="party")


def test_a_complete_content_has_no_gap(content):
    assert gaps(content(), is_correction=False) == ()
    assert gaps(content(note="Vì sao."), is_correction=True) == ()


def test_an_empty_one_has_all(content):
    assert gaps(DraftContent(), is_correction=True) == (
        Gap.CLAIM,
        Gap.VERDICT,
        Gap.SUMMARY,
        Gap.BODY,
        Gap.TOPIC,
        Gap.FEW_SOURCES,
        Gap.NO_INDEPENDENT,
        Gap.NOTE,
    )


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ((ONE, TWO), ()),
        ((ONE, PARTY), ()),
        ((ONE,), (Gap.FEW_SOURCES,)),
        ((PARTY,), (Gap.FEW_SOURCES, Gap.NO_INDEPENDENT)),
        ((PARTY, replace(PARTY, url="https://example.org/4")), (Gap.NO_INDEPENDENT,)),
        ((ONE, replace(TWO, title=" ")), (Gap.FEW_SOURCES, Gap.SOURCE_TITLE)),
        ((ONE, TWO, replace(PARTY, publisher="")), (Gap.SOURCE_PUBLISHER,)),
        ((ONE, TWO, replace(PARTY, interest="")), (Gap.SOURCE_INTEREST,)),
        ((ONE, TWO, replace(PARTY, url="")), (Gap.SOURCE_URL,)),
        ((ONE, TWO, SourceContent(shows="x")), tuple(gap for gap in Gap if gap.value.startswith("source-"))),
        ((ONE, TWO, SourceContent()), ()),
    ],
)
def test_two_sources_and_one_of_them_independent(content, sources, expected):
    assert gaps(content(sources=sources), is_correction=False) == expected


@pytest.mark.parametrize(
    "url",
    [
        "example.org/1",
        "ftp://example.org",
        "javascript:alert(1)",
        "https://",
        "https://a b.org",
        "mailto:a@example.org",
        "https://example.org@evil.org/",
        "//example.org",
        "https://exa\nmple",
    ],
)
def test_an_address_is_one_that_a_reader_can_open(content, url):
    assert Gap.SOURCE_URL in gaps(content(sources=(ONE, TWO, replace(PARTY, url=url))), is_correction=False)


@pytest.mark.parametrize("url", ["http://example.org", "https://báo.vn/tin?x=1#y", "HTTPS://Example.org:8443/a"])
def test_such_addresses_are_fine(content, url):
    assert gaps(content(sources=(ONE, TWO, replace(PARTY, url=url))), is_correction=False) == ()


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/1",
        "http://example.org/1",
        "https://www.example.org/1",
        "https://EXAMPLE.org/1/",
        "https://example.org/1#top",
    ],
)
def test_one_page_is_one_source_however_it_is_written(content, url):
    assert evidence(content(sources=(ONE, replace(ONE, url=url)))) == (1, 1)


def test_another_query_or_path_is_another_page(content):
    others = (replace(ONE, url="https://example.org/1?id=2"), replace(ONE, url="https://example.org/1/x"))
    assert evidence(content(sources=(ONE, *others))) == (3, 3)


def test_a_page_that_is_once_called_a_party_is_not_independent(content):
    assert evidence(content(sources=(ONE, replace(ONE, interest="party"), PARTY))) == (2, 0)


def test_a_correction_must_change_something(published, checker):
    row = start_correction(fact_check=published(), by=checker)
    assert gaps_of(row) == (Gap.NOTE, Gap.UNCHANGED)
    row.summary, row.note = "Khác.", "Vì sao."
    assert gaps_of(row) == ()


def test_advice_blocks_nothing(content):
    long = content(claim="x" * 76, summary="y" * 301, sources=(replace(ONE, kind="secondary", shows=""), TWO))
    assert gaps(long, is_correction=False) == ()
    assert set(advice(long)) == {Advice.LONG_CLAIM, Advice.LONG_SUMMARY, Advice.NO_SHOWS, Advice.NO_ACCESSED}
    assert advice(content(claim="x" * 75)) == ()
    assert Advice.NO_PRIMARY in advice(content(sources=(replace(ONE, kind="secondary"),)))


def test_the_pages_of_a_desk_count_in_its_language(desk, checker, ready_pages, other_desk):
    assert desk_gaps(desk) == ()
    assert desk_gaps(desk, "en") == REQUIRED_PAGES
    assert desk_gaps(other_desk) == REQUIRED_PAGES
    DeskPage.objects.create(desk=desk, kind="method", language="vi", number=2, body=" ", by=checker)
    assert desk_gaps(desk) == (REQUIRED_PAGES[0],)
    DeskPage.objects.create(desk=desk, kind="method", language="vi", number=3, body="Lại có.", by=checker)
    assert desk_gaps(desk) == ()


@pytest.mark.django_db
def test_every_required_page_has_its_gap():
    assert [Gap.of_page(kind).value for kind in REQUIRED_PAGES] == [f"page-{kind.value}" for kind in REQUIRED_PAGES]


@pytest.mark.parametrize("choice", [*Gap, *Advice])
def test_every_gap_is_a_sentence_that_says_what_to_do(choice):
    assert str(choice.label).endswith((".", "?"))
    with translation.override("vi"):
        assert str(choice.label).endswith((".", "?"))
