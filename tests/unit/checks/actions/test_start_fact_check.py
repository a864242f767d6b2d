import pytest

from kiemtin.audit.models import Event
from kiemtin.checks.actions.start_fact_check import start_fact_check
from kiemtin.checks.exceptions import NotAllowedError
from kiemtin.checks.hands import has_written


def test_a_draft_begins_in_the_desks_language_with_its_claim(desk, checker):
    row = start_fact_check(desk=desk, by=checker, claim=" Tỏi\nchữa bệnh ", topic="health", work="toi")
    row.refresh_from_db()
    assert (row.claim, row.topic, row.work, row.language) == ("Tỏi chữa bệnh", "health", "toi", "vi")
    assert (row.stage, row.public_state, row.version, row.round, row.seq) == ("draft", "unpublished", 1, 1, 0)
    assert start_fact_check(desk=desk, by=checker, language="en").language == "en"


def test_who_gives_the_claim_is_an_author_and_who_only_opens_it_is_none(desk, checker, editor):
    assert has_written(start_fact_check(desk=desk, by=checker, claim="Tỏi chữa bệnh"), checker)
    assert not has_written(start_fact_check(desk=desk, by=editor), editor)


def test_it_is_logged_once(desk, checker):
    row = start_fact_check(desk=desk, by=checker)
    event = Event.objects.get()
    assert (event.verb, event.actor, event.object_id) == ("check.started", checker.actor, str(row.pk))
    assert event.desk == desk.slug


def test_readers_and_people_of_other_desks_may_not(desk, reader, outsider):
    for person in (reader, outsider):
        with pytest.raises(NotAllowedError):
            start_fact_check(desk=desk, by=person)


def test_a_topic_is_one_of_ours(desk, checker):
    with pytest.raises(ValueError, match="gossip"):
        start_fact_check(desk=desk, by=checker, topic="gossip")
