import datetime as dt
from dataclasses import replace

import pytest
from django.utils import timezone

from kiemtin.checks import published as module
from kiemtin.checks.actions.start_correction import start_correction
from kiemtin.checks.actions.withdraw import withdraw
from kiemtin.checks.enums import Topic
from kiemtin.checks.models import CitedSource, FactCheck


@pytest.fixture
def library(published, draft):
    """Two works in two languages, one only in English, one that stands alone, and a draft."""
    draft(claim="Nháp")
    rows = [
        ("toi-vi", "vi", "toi", "health", "false"),
        ("toi-en", "en", "toi", "health", "false"),
        ("lua-en", "en", "lua", "scam", "scam"),
        ("mot-vi", "vi", "", "health", "true"),
        ("pin-en", "en", "pin", "everyday", "false"),
        ("pin-vi", "vi", "pin", "everyday", "false"),
    ]
    return {
        claim: published(claim=claim, language=language, work=work, topic=topic, verdict=verdict)
        for claim, language, work, topic, verdict in rows
    }


def claims(rows):
    return [row.claim for row in rows]


def test_each_check_once_in_the_reader_s_language_or_else_in_another(library):
    assert claims(module.public_checks("vi")) == ["pin-vi", "mot-vi", "lua-en", "toi-vi"]
    assert claims(module.public_checks("en")) == ["pin-en", "mot-vi", "lua-en", "toi-en"]
    assert len(module.public_checks()) == 6


def test_a_work_in_other_languages_only_is_shown_once(published):
    published(claim="a-fr", language="fr", work="a")
    published(claim="a-en", language="en", work="a")
    assert claims(module.public_checks("vi")) == ["a-fr"]


def test_a_version_that_was_withdrawn_gives_way_to_the_other(library, editor):
    withdraw(fact_check=library["toi-vi"], by=editor, note="Sai.")
    assert "toi-en" in claims(module.public_checks("vi"))
    assert "toi-vi" not in claims(module.public_checks())


def test_by_topic_and_verdict_of_what_is_public(library, checker):
    row = start_correction(fact_check=library["mot-vi"], by=checker)
    row.topic, row.verdict = "scam", "scam"
    row.save()
    assert claims(module.public_checks("vi", topic="health")) == ["mot-vi", "toi-vi"]
    assert claims(module.public_checks("vi", verdict="scam")) == ["lua-en"]
    assert claims(module.public_checks("vi", topic="health", verdict="true")) == ["mot-vi"]
    assert module.topics("vi") == [(Topic.SCAM, 1), (Topic.HEALTH, 2), (Topic.EVERYDAY, 1)]


def test_what_changed_last_comes_first(library, corrected):
    corrected(library["toi-vi"])
    assert claims(module.public_checks("vi"))[0] == "toi-vi"


def test_withdrawn_ones_have_a_page_and_drafts_have_none(library, draft, editor):
    withdraw(fact_check=library["toi-vi"], by=editor, note="Sai.")
    assert module.with_pages().filter(claim="toi-vi").exists()
    assert not module.with_pages().filter(claim="Nháp").exists()


def test_by_ids_in_the_order_given(library, draft):
    wanted = [library["pin-vi"].pk, 10**9, library["toi-en"].pk, draft().pk]
    assert claims(module.by_ids(wanted).values()) == ["pin-vi", "toi-en"]
    assert module.by_ids([]) == {}


def test_found_ones_in_the_reader_s_language(library):
    found = [library["toi-en"], library["lua-en"], library["toi-vi"], library["mot-vi"]]
    assert claims(module.in_language(found, "vi")) == ["toi-vi", "lua-en", "mot-vi"]
    assert claims(module.in_language(found, "en")) == ["toi-en", "lua-en", "mot-vi"]


def test_translations(library):
    assert claims(module.translations(library["toi-vi"])) == ["toi-en"]
    assert claims(module.translations(library["mot-vi"])) == []


def test_corrections_and_withdrawals_newest_first(library, corrected, editor):
    corrected(library["toi-vi"])
    corrected(library["pin-en"])
    withdraw(fact_check=library["mot-vi"], by=editor, note="Sai.")
    assert [(row.claim, row.kind) for row in module.corrections()] == [
        ("mot-vi", "withdrawal"),
        ("pin-en", "correction"),
        ("toi-vi", "correction"),
    ]
    assert claims(module.corrections("en")) == ["pin-en"]


def test_revisions_of_a_check(published, corrected):
    row = corrected(published())
    assert [revision.number for revision in module.revisions(row)] == [2, 1]
    second, first = module.revision_and_before(row, 2)
    assert (second.number, first.number) == (2, 1)
    assert module.revision_and_before(row, 1)[1] is None
    assert module.revision_and_before(row, 3) is None


def test_what_is_due_for_a_second_look(published, content, desk, other_desk, editor):
    today = timezone.localdate()

    def due(days):
        one, two = content().sources
        return published(claim=str(days), sources=(one, replace(two, recheck_on=today + dt.timedelta(days=days))))

    for days in (50, 30, 51):
        due(days)
    published(claim="không")
    gone = due(10)
    withdraw(fact_check=gone, by=editor, note="Sai.")
    until = today + dt.timedelta(days=50)
    assert claims(module.to_look_at(desk.pk, until)) == ["30", "50"]
    assert claims(module.to_look_at(other_desk.pk, until)) == []


def test_a_source_that_changed_comes_before_any_day(published, desk):
    rows = [published(claim=claim) for claim in ("Một", "Hai", "Ba")]
    FactCheck.objects.filter(pk=rows[0].pk).update(recheck_on=timezone.localdate())
    given = {"page": "x", "url": "https://x.example"}
    for row, flagged in ((rows[1], timezone.now()), (rows[2], None)):
        CitedSource.objects.create(fact_check=row, revision=row.latest, flagged=flagged, **given)
    found = module.to_look_at(desk.pk, timezone.localdate())
    assert claims(found) == ["Hai", "Một"]
    assert [len(row.flagged_sources) for row in found] == [1, 0]


@pytest.mark.parametrize(
    "read",
    [
        lambda row: [
            (one.desk.name, one.latest.author.name, one.latest.approver.name) for one in module.public_checks("vi")
        ],
        lambda row: next(iter(module.by_ids([row.pk]).values())).latest.claim,
        lambda row: [(one.latest.claim, one.desk.name) for one in module.translations(row)],
        lambda row: module.topics("vi"),
        lambda row: [(one.fact_check.slug, one.fact_check.desk.name) for one in module.corrections()],
        lambda row: [(one.author.name, one.approver.name) for one in module.revisions(row)],
        lambda row: module.revision_and_before(row, 2),
        lambda row: module.in_language([row], "en"),
    ],
)
def test_each_is_one_query_however_many_there_are(library, corrected, read, django_assert_num_queries):
    row = corrected(library["toi-vi"])
    corrected(library["pin-en"])
    with django_assert_num_queries(1):
        read(row)
