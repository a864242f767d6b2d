"""A log and what is published are changed behind the program's back; whoever checks from outside sees it.

The whole site answers, as a program of its own would over HTTP, without a socket between.
"""

import httpx
import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connection

from kiemtin.accounts.models import DeskPage
from kiemtin.audit.models import LogEntry
from kiemtin.audit.publiclog.append import append
from kiemtin.audit.publiclog.entries import Entry
from kiemtin.audit.verifying.check_log import check_log
from kiemtin.audit.verifying.differences import Code
from kiemtin.audit.verifying.memory import Memory
from kiemtin.audit.verifying.site import Site, SiteError, Trouble
from kiemtin.checks.actions.withdraw import withdraw
from kiemtin.checks.actions.withdraw_alert import withdraw_alert
from kiemtin.checks.models import AlertRevision, FactCheck, Revision, ScamAlert
from kiemtin.questions.actions.begin_log import begin_log
from kiemtin.questions.actions.decline import decline
from kiemtin.questions.actions.reopen import reopen
from tests.tampering import forget_log, tamper
from tests.unit.questions.making import make_case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data", "log")]


class World:
    """What was done: thirteen entries, one after the other.

    0 to 2 pages; 3 and 4 a check that was corrected; 5 and 6 one that was withdrawn; 7 and 8 declined cases; 9 and 10
    an alert that was corrected; 11 and 12 one that was withdrawn.
    """


@pytest.fixture
def log(data, logged_pages, published, corrected, published_alert, corrected_alert, editor, desk):
    world = World()
    world.check = published()
    corrected(world.check)
    world.withdrawn = published(claim="Nước lá ổi làm trắng răng")
    withdraw(fact_check=world.withdrawn, by=editor, note="Nguồn chính sai.")
    world.case = make_case(desk)
    decline(case=world.case, by=editor, reason="Chuyện riêng của một người.")
    world.other = make_case(desk)
    decline(case=world.other, by=editor, reason="Không có nguồn nào.")
    world.alert = published_alert(checks=(world.check.pk,))
    corrected_alert(world.alert)
    world.fallen = published_alert(checks=(world.check.pk,), title="Giả công an gọi điện")
    withdraw_alert(alert=world.fallen, by=editor, note="Hai tin không liên quan đến nhau.")
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
    assert (first.size, first.differences, first.since) == (13, [], -1)
    published(claim="Một tin khác hẳn")
    reopen(case=log.other, by=editor)
    later = check_log(site, first.memory)
    assert (later.size, later.differences, later.since) == (15, [], 13)
    # A head that somebody noted, and nothing else, will do too.
    assert check_log(site, Memory(first.note)).differences == []
    decline(case=log.other, by=editor, reason="Vẫn không có nguồn nào.")
    assert check_log(site, later.memory).differences == []


def test_more_entries_than_a_tile_holds(site):
    before = check_log(site, None)
    cases = range(10**9, 10**9 + 300)
    append(*(Entry(kind="reopened", desk="d", at="2026-11-28T00:00:00.000000Z", case=case) for case in cases))
    seen = check_log(site, before.memory)
    assert (seen.size, seen.differences) == (313, [])


@pytest.mark.parametrize("with_digest", [False, True])
def test_a_changed_entry(site, with_digest):
    memory = check_log(site, None).memory
    leaf = bytes(LogEntry.objects.get(index=5).leaf).replace("Nước lá".encode(), "Nước lã".encode())
    tamper('UPDATE audit_logentry SET leaf = %s WHERE "index" = 5', leaf)
    if with_digest:
        tamper('UPDATE audit_logentry SET digest = %s WHERE "index" = 5', bytes(32))
    expected = {(Code.ROOT_WRONG, -1), (Code.TILE_WRONG, 0), (Code.CONTENT_CHANGED, 5)}
    assert codes(check_log(site, None)) == expected
    assert codes(check_log(site, memory)) == expected | {(Code.ENTRY_CHANGED, 5), (Code.HISTORY_REWRITTEN, -1)}


@pytest.mark.parametrize("index", [0, 6, 12])
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
    assert codes(check_log(site, None)) == {(Code.CONTENT_CHANGED, 3)}


def test_a_rewritten_note_of_a_correction(site, log):
    tamper("UPDATE checks_revision SET note = 'Sửa chính tả.' WHERE fact_check_id = %s AND number = 2", log.check.pk)
    assert codes(check_log(site, None)) == {(Code.CONTENT_CHANGED, 4)}


def test_a_version_that_was_taken_away(site, log):
    tamper("UPDATE checks_revision SET number = 9 WHERE fact_check_id = %s AND number = 1", log.check.pk)
    assert codes(check_log(site, None)) == {(Code.CONTENT_GONE, 3)}


def test_a_correction_that_is_no_longer_shown(site, log):
    first = Revision.objects.get(fact_check=log.check, number=1)
    FactCheck.objects.filter(pk=log.check.pk).update(latest=first)
    (found,) = check_log(site, None).differences
    assert (found.code, found.was, found.now) == (Code.OTHER_VERSION, "2", "1")


def test_a_check_that_disappears_from_what_is_given(site, log):
    FactCheck.objects.filter(pk=log.check.pk).update(public_state="withdrawn")
    assert codes(check_log(site, None)) == {(Code.NOT_GIVEN, 4)}


def test_a_withdrawn_check_that_is_given_again(site, log):
    FactCheck.objects.filter(pk=log.withdrawn.pk).update(public_state="published")
    assert codes(check_log(site, None)) == {(Code.WITHDRAWN_GIVEN, 6)}


def test_a_check_that_was_published_past_the_log(site, put_check):
    row = put_check("settled", "published")
    (found,) = check_log(site, None).differences
    assert (found.code, found.subject) == (Code.NOT_LOGGED, f"check/{row.pk}")


@pytest.mark.parametrize(
    ("left", "wrong"),
    [([*range(3), *range(4, 13)], 3), ([*range(4), *range(3, 13)], 4), ([*range(9), *range(10, 13)], 9)],
)
def test_a_version_that_the_log_leaves_out_or_has_twice(site, left, wrong):
    entries = [Entry.of_leaf(bytes(row.leaf)) for row in LogEntry.objects.all()]
    forget_log()
    append(*(entries[index] for index in left))
    assert codes(check_log(site, None)) == {(Code.VERSION_SKIPPED, wrong)}


@pytest.mark.parametrize(
    "change",
    [
        "text = 'Một bài khác.'",
        "title = title || ' '",
        "checks = '[]'",
        "authors = '[\"Người khác\"]'",
        "note = 'Khác.'",
        "at = '2020-01-01 00:00:00'",
        "language = 'en'",
    ],
)
def test_a_rewritten_version_of_an_alert(site, log, change):
    tamper(f"UPDATE checks_alertrevision SET {change} WHERE alert_id = %s AND number = 1", log.alert.pk)  # noqa: S608
    assert codes(check_log(site, None)) == {(Code.CONTENT_CHANGED, 9)}


def test_a_version_of_an_alert_that_was_taken_away(site, log):
    tamper("UPDATE checks_alertrevision SET number = 9 WHERE alert_id = %s AND number = 1", log.alert.pk)
    assert codes(check_log(site, None)) == {(Code.CONTENT_GONE, 9)}


def test_what_is_shown_of_alerts_is_what_was_logged_last(site, log):
    first = AlertRevision.objects.get(alert=log.alert, number=1)
    row = ScamAlert.objects.filter(pk=log.alert.pk)
    row.update(latest=first)
    (found,) = check_log(site, None).differences
    assert (found.code, found.subject, found.was, found.now) == (
        Code.OTHER_VERSION, f"alert/{log.alert.pk}", "2", "1",
    )  # fmt: skip
    row.update(public_state="withdrawn")
    ScamAlert.objects.filter(pk=log.fallen.pk).update(public_state="published")
    assert codes(check_log(site, None)) == {(Code.NOT_GIVEN, 10), (Code.WITHDRAWN_GIVEN, 12)}


def test_an_alert_that_was_published_past_the_log(site, log, put_alert):
    row = put_alert("settled", "published")
    check = row.checks[0]
    found = {(one.code, one.subject) for one in check_log(site, None).differences}
    assert found == {(Code.NOT_LOGGED, f"alert/{row.pk}"), (Code.NOT_LOGGED, f"check/{check}")}


@pytest.mark.parametrize("change", ["body = 'Ai trả tiền cũng được.'", "at = '2020-01-01 00:00:00'"])
def test_a_rewritten_page_of_a_desk(site, change):
    tamper(f"UPDATE accounts_deskpage SET {change} WHERE kind = 'ownership'")  # noqa: S608
    assert codes(check_log(site, None)) == {(Code.CONTENT_CHANGED, 2)}


def test_a_page_that_was_written_or_taken_away_past_the_log(site, desk, editor):
    DeskPage.objects.create(desk=desk, kind="method", language="vi", number=2, body="Khác.", by=editor)
    DeskPage.objects.create(desk=desk, kind="method", language="en", number=1, body="Other.", by=editor)
    tamper("DELETE FROM accounts_deskpage WHERE kind = 'scale'")
    found = {(one.code, one.subject) for one in check_log(site, None).differences}
    assert found == {
        (Code.OTHER_VERSION, "page/nguon-that/method/vi"),
        (Code.NOT_LOGGED, "page/nguon-that/method/en"),
        (Code.CONTENT_GONE, "page/nguon-that/scale/vi"),
        (Code.NOT_GIVEN, "page/nguon-that/scale/vi"),
    }


def test_another_reason_for_declining(site, log):
    tamper("UPDATE questions_case SET public_reason = 'Khác.' WHERE id = %s", log.case.pk)
    assert codes(check_log(site, None)) == {(Code.REASON_CHANGED, 7)}


def test_a_reopened_case_that_is_declined_past_the_log(site, log, editor):
    reopen(case=log.case, by=editor)
    tamper("UPDATE questions_case SET state = 'declined', public_reason = 'Thôi.' WHERE id = %s", log.case.pk)
    assert codes(check_log(site, None)) == {(Code.DECLINED_AGAIN, 13)}


def test_a_rewritten_log_with_a_new_tree_is_seen_by_whoever_kept_the_old_head(site, log):
    memory = check_log(site, None).memory
    tamper("UPDATE checks_revision SET body = 'Khác.' WHERE fact_check_id = %s AND number = 1", log.check.pk)
    forget_log()
    begin_log()
    # To who comes for the first time it is a log like any other.
    assert check_log(site, None).differences == []
    expected = {(Code.HISTORY_REWRITTEN, -1)}
    assert codes(check_log(site, Memory(memory.note))) == expected
    assert expected | {(Code.ENTRY_CHANGED, 3)} == codes(check_log(site, memory))


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
    tamper("UPDATE audit_loghead SET note = replace(note, %s, %s)", "\n13\n", "\n12\n")
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
    assert (checked.size, checked.differences) == (14, [])
