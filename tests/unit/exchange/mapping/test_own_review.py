import json

import pytest
from django.utils import translation

from kiemtin.checks.actions.publish import publish
from kiemtin.checks.actions.withdraw import withdraw
from kiemtin.checks.enums import Verdict
from kiemtin.exchange.mapping.own_review import RATING_VALUES, claim_review
from tests.schema_org import faults

HOME = "https://kiemtin.example"


@pytest.fixture(autouse=True)
def here(settings):
    settings.KIEMTIN_ADDRESS = HOME


def test_a_check_is_valid_by_the_vocabulary_and_by_googles_required_list(published):
    node = claim_review(published())
    assert faults(node) == []
    assert node["@context"] == "https://schema.org"
    assert node["claimReviewed"] == "Uống nước tỏi chữa khỏi Covid-19"
    assert node["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "Sai",
        "ratingValue": 1,
        "bestRating": 5,
        "worstRating": 1,
    }


def test_its_address_is_the_one_of_its_own_language_whoever_asks(published):
    check = published()
    with translation.override("vi"):
        told = claim_review(check)
    with translation.override("en"):
        assert claim_review(check) == told
    assert told["url"] == f"{HOME}/checks/{check.pk}/{check.slug}/"
    assert told["@id"] == f"{HOME}/checks/{check.pk}/"


def test_an_english_check_has_english_words(published, ready_pages, desk):
    ready_pages(desk, "en")
    node = claim_review(published(language="en", claim="Garlic cures Covid-19"))
    assert node["url"].startswith(f"{HOME}/en/checks/")
    assert node["reviewRating"]["alternateName"] == "False"
    assert node["inLanguage"] == "en"


def test_moments_carry_their_offset_and_the_day_of_the_site(published):
    import datetime as dt

    check = published()
    check.published = dt.datetime(2026, 11, 24, 18, 30, tzinfo=dt.UTC)  # the next day in Vietnam
    assert claim_review(check)["datePublished"] == "2026-11-25T01:30:00+07:00"


def test_evidence_is_cited_with_all_that_is_known_of_it(approved, editor, ready_pages, copy_of):
    row = approved()
    copy_of(row, "https://example.org/who", taken="2026-11-22T10:00:00+07:00")
    cited = claim_review(publish(fact_check=row, by=editor).fact_check)["citation"]
    assert cited[0] == {
        "@type": "CreativeWork",
        "name": "Giải đáp về Covid-19",
        "url": "https://example.org/who",
        "publisher": {"@type": "Organization", "name": "Tổ chức Y tế Thế giới"},
        "abstract": "Tỏi không chữa được bệnh.",
        "archivedAt": f"{HOME}/copies/{'a' * 64}/",
        "keywords": [
            *("kind:primary", "interest:independent", "accessed:2026-11-20", "copied:2026-11-22"),
            f"copy_sha256:{'a' * 64}",
        ],
    }
    assert len(cited) == 2


def test_a_correction_is_told_with_its_note(published, corrected):
    check = corrected(published(), note="Năm công bố là 2021.")
    node = claim_review(check)
    assert faults(node) == []
    assert node["correction"]["text"] == "Năm công bố là 2021."
    assert node["version"] == 2


def test_a_draft_and_a_withdrawn_check_are_no_answer(draft, published, editor):
    with pytest.raises(ValueError, match="no answer"):
        claim_review(draft())
    check = published(claim="Một chuyện khác hẳn")
    withdraw(fact_check=check, by=editor, note="Nguồn sai.")
    check.refresh_from_db()
    with pytest.raises(ValueError, match="no answer"):
        claim_review(check)


def test_nothing_is_told_of_people_and_of_wordings_that_no_page_shows(published):
    text = json.dumps(claim_review(published()), ensure_ascii=False)
    for private in ("Lan Phạm", "Hà Trần", "Ăn tỏi sống là hết Covid", "@example.org"):
        assert private not in text


def test_sample_content_says_so_and_the_licence_is_that_of_the_settings(published, desk, settings):
    settings.KIEMTIN_LICENCE = "https://example.org/licence"
    check = published()
    assert "creativeWorkStatus" not in claim_review(check)
    desk.is_sample = True
    desk.save()
    check.desk.refresh_from_db()
    node = claim_review(check)
    assert node["creativeWorkStatus"] == "Sample"
    assert node["sdLicense"] == node["license"] == "https://example.org/licence"
    assert node["sdPublisher"]["name"] == "Nguồn Thật"


def test_numbers_stand_in_the_order_of_the_verdicts_and_some_have_none():
    order = [Verdict.FALSE, Verdict.MISLEADING, Verdict.MISSING_CONTEXT, Verdict.TRUE]
    values = [RATING_VALUES[verdict] for verdict in order]
    assert values == sorted(values)
    assert {Verdict.SCAM, Verdict.UNPROVEN, Verdict.ALTERED} == set(Verdict) - set(RATING_VALUES)


@pytest.mark.parametrize("verdict", Verdict.values)
def test_each_verdict_is_valid(published, verdict):
    node = claim_review(published(verdict=verdict))
    assert faults(node) == []
    assert ("ratingValue" in node["reviewRating"]) == (verdict in RATING_VALUES)
