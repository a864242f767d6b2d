"""A log and what is published are changed behind the program's back; whoever checks from outside sees it.

The whole site answers, as a program of its own would over HTTP, without a socket between.
"""

import httpx
import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connection

from kiemtin.audit.models import LogEntry
from kiemtin.audit.publiclog.append import append
from kiemtin.audit.publiclog.entries import Entry
from kiemtin.audit.verifying.check_log import check_log
from kiemtin.audit.verifying.differences import Code
from kiemtin.audit.verifying.memory import Memory
from kiemtin.audit.verifying.site import Site, SiteError, Trouble
from kiemtin.checks.actions.withdraw import withdraw
from kiemtin.checks.models import FactCheck, Revision
from kiemtin.questions.actions.begin_log import begin_log
from kiemtin.questions.actions.decline import decline
from kiemtin.questions.actions.reopen import reopen
from tests.tampering import forget_log, tamper
from tests.unit.questions.making import make_case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data", "log")]


class World:
    """What was done: six entries, one after the other."""


@pytest.fixture
def log(data, published, corrected, editor, desk):
    world = World()
    world.check = published()
    corrected(world.check)
    world.withdrawn = published(claim="Nước lá ổi làm trắng răng")
    withdraw(fact_check=world.withdrawn, by=editor, note="Nguồn chính sai.")
    world.case = make_case(desk)
    decline(case=world.case, by=editor, reason="Chuyện riêng của một người.")
    world.other = make_case(desk)
    decline(case=world.other, by=editor, reason="Không có nguồn nào.")
    return world


@pytest.fixture
def site(kept_connection):
    transport = httpx.WSGITransport(app=get_wsgi_application())
    with Site("http://localhost", transport=transport) as site:
        yield site


def codes(seen):
    return {(one.code, one.entry) for one in seen.differences}


def test_a_log_that_is_as_it_was_signed_is_right_at_once_and_later(site, log, published, editor):
    first = check_log(site, None)
    assert (first.size, first.differences, first.since) == (6, [], -1)
    published(claim="Một tin khác hẳn")
    reopen(case=log.other, by=editor)
    later = check_log(site, first.memory)
    assert (later.size, later.differences, later.since) == (8, [], 6)
    # A head that somebody noted, and nothing else, will do too.
    assert check_log(site, Memory(first.note)).differences == []
    decline(case=log.other, by=editor, reason="Vẫn không có nguồn nào.")
    assert check_log(site, later.memory).differences == []


def test_more_entries_than_a_tile_holds(site):
    before = check_log(site, None)
    cases = range(10**9, 10**9 + 300)
    append(*(Entry(kind="reopened", desk="d", at="2026-11-28T00:00:00.000000Z", case=case) for case in cases))
    seen = check_log(site, before.memory)
    assert (seen.size, seen.differences) == (306, [])


@pytest.mark.parametrize("with_digest", [False, True])
def test_a_changed_entry(site, with_digest):
    memory = check_log(site, None).memory
    leaf = bytes(LogEntry.objects.get(index=2).leaf).replace("Nước lá".encode(), "Nước lã".encode())
    tamper('UPDATE audit_logentry SET leaf = %s WHERE "index" = 2', leaf)
    if with_digest:
        tamper('UPDATE audit_logentry SET digest = %s WHERE "index" = 2', bytes(32))
    expected = {(Code.ROOT_WRONG, -1), (Code.TILE_WRONG, 0), (Code.CONTENT_CHANGED, 2)}
    assert codes(check_log(site, None)) == expected
    assert codes(check_log(site, memory)) == expected | {(Code.ENTRY_CHANGED, 2), (Code.HISTORY_REWRITTEN, -1)}


@pytest.mark.parametrize("index", [0, 3, 5])
def test_a_removed_entry(site, index):
    tamper('DELETE FROM audit_logentry WHERE "index" = %s', index)
    assert codes(check_log(site, None)) == {(Code.ENTRIES_MISSING, 0)}


def test_two_entries_that_changed_places(site):
    for old, new in ((0, 100), (1, 0), (100, 1)):
        tamper('UPDATE audit_logentry SET "index" = %s WHERE "index" = %s', new, old)
    assert (Code.ROOT_WRONG, -1) in codes(check_log(site, None))


@pytest.mark.parametrize(
    "change",
    [
        "body = 'Một bài khác.'",
        "summary = summary || ' '",
        "verdict = 'true'",
        "claim = 'Câu khác'",
        "authors = '[\"Người khác\"]'",
        {
            "sqlite": "sources = json_set(sources, '$[0].url', 'https://example.org/khac')",
            "postgresql": "sources = jsonb_set(sources, '{0,url}', '\"https://example.org/khac\"')",
        },
        {
            "sqlite": "sources = json_set(sources, '$[0].copy_sha256', '00')",
            "postgresql": "sources = jsonb_set(sources, '{0,copy_sha256}', '\"00\"')",
        },
        {"sqlite": "at = datetime(at, '-1 day')", "postgresql": "at = at - interval '1 day'"},
    ],
)
def test_a_rewritten_version(site, log, change):
    change = change if isinstance(change, str) else change[connection.vendor]
    tamper(f"UPDATE checks_revision SET {change} WHERE fact_check_id = %s AND number = 1", log.check.pk)  # noqa: S608
    assert codes(check_log(site, None)) == {(Code.CONTENT_CHANGED, 0)}


def test_a_rewritten_note_of_a_correction(site, log):
    tamper("UPDATE checks_revision SET note = 'Sửa chính tả.' WHERE fact_check_id = %s AND number = 2", log.check.pk)
    assert codes(check_log(site, None)) == {(Code.CONTENT_CHANGED, 1)}


def test_a_version_that_was_taken_away(site, log):
    tamper("UPDATE checks_revision SET number = 9 WHERE fact_check_id = %s AND number = 1", log.check.pk)
    assert codes(check_log(site, None)) == {(Code.CONTENT_GONE, 0)}


def test_a_correction_that_is_no_longer_shown(site, log):
    first = Revision.objects.get(fact_check=log.check, number=1)
    FactCheck.objects.filter(pk=log.check.pk).update(latest=first)
    (found,) = check_log(site, None).differences
    assert (found.code, found.was, found.now) == (Code.OTHER_VERSION, "2", "1")


def test_a_check_that_disappears_from_what_is_given(site, log):
    FactCheck.objects.filter(pk=log.check.pk).update(public_state="withdrawn")
    assert codes(check_log(site, None)) == {(Code.NOT_GIVEN, 1)}


def test_a_withdrawn_check_that_is_given_again(site, log):
    FactCheck.objects.filter(pk=log.withdrawn.pk).update(public_state="published")
    assert codes(check_log(site, None)) == {(Code.WITHDRAWN_GIVEN, 3)}


def test_a_check_that_was_published_past_the_log(site, put_check):
    row = put_check("settled", "published")
    (found,) = check_log(site, None).differences
    assert (found.code, found.check) == (Code.NOT_LOGGED, row.pk)


@pytest.mark.parametrize(("left", "wrong"), [([1, 2, 3, 4, 5], 0), ([0, 0, 1, 2, 3, 4, 5], 1)])
def test_a_version_that_the_log_leaves_out_or_has_twice(site, left, wrong):
    entries = [Entry.of_leaf(bytes(row.leaf)) for row in LogEntry.objects.all()]
    forget_log()
    append(*(entries[index] for index in left))
    assert codes(check_log(site, None)) == {(Code.VERSION_SKIPPED, wrong)}


def test_another_reason_for_declining(site, log):
    tamper("UPDATE questions_case SET public_reason = 'Khác.' WHERE id = %s", log.case.pk)
    assert codes(check_log(site, None)) == {(Code.REASON_CHANGED, 4)}


def test_a_reopened_case_that_is_declined_past_the_log(site, log, editor):
    reopen(case=log.case, by=editor)
    tamper("UPDATE questions_case SET state = 'declined', public_reason = 'Thôi.' WHERE id = %s", log.case.pk)
    assert codes(check_log(site, None)) == {(Code.DECLINED_AGAIN, 6)}


def test_a_rewritten_log_with_a_new_tree_is_seen_by_whoever_kept_the_old_head(site, log):
    memory = check_log(site, None).memory
    tamper("UPDATE checks_revision SET body = 'Khác.' WHERE fact_check_id = %s AND number = 1", log.check.pk)
    forget_log()
    begin_log()
    # To who comes for the first time it is a log like any other.
    assert check_log(site, None).differences == []
    expected = {(Code.HISTORY_REWRITTEN, -1)}
    assert codes(check_log(site, Memory(memory.note))) == expected
    assert expected | {(Code.ENTRY_CHANGED, 0)} == codes(check_log(site, memory))


def test_a_log_that_was_made_shorter(site, log, data):
    memory = check_log(site, None).memory
    leaf = Entry.of_leaf(bytes(LogEntry.objects.get(index=0).leaf))
    forget_log()
    append(leaf)
    assert (Code.SHRUNK, -1) in codes(check_log(site, memory))


def test_another_key(site, data):
    memory = check_log(site, None).memory
    forget_log()
    (data / "log-key").unlink()
    begin_log()
    assert codes(check_log(site, memory)) == {(Code.KEY_CHANGED, -1)}
    assert codes(check_log(site, Memory(memory.note))) == {(Code.KEY_CHANGED, -1)}


def test_a_key_that_did_not_sign(site, data):
    forget_log()
    (data / "log-key").rename(data / "away")
    begin_log()
    (data / "away").rename(data / "log-key")
    assert codes(check_log(site, None)) == {(Code.BAD_SIGNATURE, -1)}


def test_a_changed_head(site):
    tamper("UPDATE audit_loghead SET note = replace(note, %s, %s)", "\n6\n", "\n5\n")
    assert codes(check_log(site, None)) == {(Code.BAD_SIGNATURE, -1)}


def test_a_log_of_another_name(site, settings):
    memory = check_log(site, None).memory
    forget_log()
    settings.KIEMTIN_ADDRESS = "https://khac.example"
    begin_log()
    assert (Code.ORIGIN_CHANGED, -1) in codes(check_log(site, memory))


def test_a_log_that_is_gone(site):
    memory = check_log(site, None).memory
    forget_log()
    assert codes(check_log(site, memory)) == {(Code.LOG_GONE, -1)}
    with pytest.raises(SiteError) as caught:
        check_log(site, None)
    assert caught.value.trouble is Trouble.NO_LOG


def test_what_is_published_while_the_log_is_read_is_no_difference(site, published, monkeypatch):
    given, seen = site.given, []

    def meanwhile():
        if not seen:
            seen.append(published(claim="Một tin vừa đăng"))
        yield from given()

    monkeypatch.setattr(site, "given", meanwhile)
    checked = check_log(site, None)
    assert (checked.size, checked.differences) == (7, [])
