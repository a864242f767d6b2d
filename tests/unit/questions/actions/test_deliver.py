import datetime as dt
import itertools
import sqlite3
from contextlib import contextmanager

import pytest
from django.db import OperationalError
from django.utils import timezone, translation

from kiemtin.checks.actions.withdraw import withdraw
from kiemtin.checks.enums import Nature, Verdict
from kiemtin.questions.actions import deliver as module
from kiemtin.questions.actions.answer_with_review import answer_with_review
from kiemtin.questions.actions.close_not_checkable import close_not_checkable
from kiemtin.questions.actions.decline import decline
from kiemtin.questions.actions.deliver import Delivered, deliver
from kiemtin.questions.actions.forget_address import forget_address
from kiemtin.questions.actions.leave_address import leave_address
from kiemtin.questions.actions.reopen import reopen
from kiemtin.questions.actions.split import split
from kiemtin.questions.enums import Language, ReplyKind, ReplyState
from kiemtin.questions.explanations import EXPLANATIONS
from kiemtin.questions.models import Case, Reply, ReplyAddress, Request
from kiemtin.questions.outbox import KEPT_FOR, LEASE, MAX_ATTEMPTS, Telling, TransportError, wait_after
from tests.unit.questions.making import correct, make_case, make_message, make_request, make_review, publish_case

pytestmark = pytest.mark.usefixtures("ready_pages")
ADDRESS = "nguoi.hoi@example.org"


class Killed(BaseException):
    """The worker is gone, and tidies nothing up."""


class Post:
    """A channel that remembers what it was handed, and fails as it is told to."""

    def __init__(self):
        self.sent: list[tuple[str, Telling]] = []
        self.failures, self.before, self.after, self.goodbye = [], None, None, None

    @contextmanager
    def hand_over(self, address, telling):
        if self.before:
            self.before()
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append((address, telling))
        if self.after:
            self.after()
        yield
        if self.goodbye:
            self.goodbye()


@pytest.fixture
def post():
    return Post()


@pytest.fixture
def run(post):
    def deliver_now(*, later=dt.timedelta(0), limit=100):
        return deliver(channels={"mail": post}, limit=limit, now=timezone.now() + later)

    return deliver_now


@pytest.fixture
def case(desk):
    """A case with one who asked and left an address."""
    case = make_case(desk, messages=0, nature=Nature.FACT)
    request = make_request(make_message(case, requests=0), address=False)
    leave_address(request=request, address=ADDRESS)
    return case


@pytest.fixture
def asked(case):
    return Request.objects.get(message__case=case)


@pytest.fixture
def revision(case, checker, editor):
    return publish_case(case, author=checker, editor=editor)


def the_reply(**which):
    return Reply.objects.get(**which)


def test_the_answer_is_handed_over_once_and_remembered(revision, asked, post, run):
    at = timezone.now()
    assert run() == Delivered(sent=1)
    assert run() == Delivered()
    ((address, telling),) = post.sent
    assert address == ADDRESS
    assert (telling.kind, telling.revision, telling.fact_check, telling.code) == (
        ReplyKind.ANSWER,
        revision,
        revision.fact_check,
        asked.code,
    )
    reply = the_reply()
    assert (reply.state, reply.attempts, reply.lease, reply.error) == (ReplyState.SENT, 1, None, "")
    assert reply.sent >= at
    asked.refresh_from_db()
    assert asked.shown == revision
    assert abs(ReplyAddress.objects.get().purge_after - at - KEPT_FOR) < dt.timedelta(minutes=1)


def test_it_fails_twice_and_then_works(revision, post, run):
    post.failures = [TransportError("busy"), TransportError("busy")]
    assert run() == Delivered(waiting=1)
    reply = the_reply()
    assert (reply.state, reply.attempts, reply.error) == (ReplyState.QUEUED, 1, "busy")
    assert run() == Delivered()  # not before its time
    assert run(later=dt.timedelta(minutes=2)) == Delivered(waiting=1)
    assert run(later=dt.timedelta(minutes=10)) == Delivered(sent=1)
    reply.refresh_from_db()
    assert (reply.state, reply.attempts, reply.error) == (ReplyState.SENT, 3, "")


def test_what_is_of_no_use_is_not_tried_again(revision, post, run):
    post.failures = [TransportError(f"550 <{ADDRESS}> unknown, nor b@example.org", permanent=True)]
    assert run() == Delivered(failed=1)
    assert run(later=dt.timedelta(days=2)) == Delivered()
    reply = the_reply()
    assert reply.state == ReplyState.FAILED
    assert "@" not in reply.error
    assert ReplyAddress.objects.get().purge_after is not None


def test_after_the_last_attempt_it_failed(revision, post, run):
    post.failures = [TransportError("busy")] * MAX_ATTEMPTS
    for day in range(MAX_ATTEMPTS - 1):
        assert run(later=dt.timedelta(days=2 * day)) == Delivered(waiting=1)
    assert run(later=dt.timedelta(days=40)) == Delivered(failed=1)
    assert not post.failures


def test_waits_grow_from_a_minute_to_a_day():
    waits = [wait_after(attempt) for attempt in range(1, MAX_ATTEMPTS + 1)]
    assert dt.timedelta(seconds=48) <= waits[0] <= dt.timedelta(seconds=72)
    assert all(before < after for before, after in itertools.pairwise(waits[:-1]))
    assert max(waits) <= dt.timedelta(hours=24 * 1.2)
    assert len({wait_after(3) for _ in range(20)}) > 1


def test_a_fault_of_ours_holds_up_nobody_else(desk, editor, post, run):
    decline(case=make_case(desk, address=False), by=editor, reason="Ngoài phạm vi.")
    case = make_case(desk, messages=0)
    for address in ("a@example.org", "b@example.org"):
        leave_address(request=make_request(make_message(case, requests=0), address=False), address=address)
    decline(case=case, by=editor, reason="Ngoài phạm vi.")
    post.failures = [ValueError(f"a fault that repeats {ADDRESS}")]
    assert run() == Delivered(sent=1, waiting=1)
    assert the_reply(state=ReplyState.QUEUED).error == "ValueError"


# What changes before it is handed over


def test_an_older_revision_is_never_sent(revision, checker, editor, post, run):
    # As if the correction had not called it off: the worker looks by itself.
    correct(revision.fact_check, author=checker, editor=editor)
    Reply.objects.filter(revision=revision).update(state=ReplyState.QUEUED)
    assert run() == Delivered(sent=1, called_off=1)
    assert [telling.revision.number for _, telling in post.sent] == [2]
    assert the_reply(revision=revision).state == ReplyState.SUPERSEDED


def test_a_withdrawn_one_is_not_sent_as_an_answer(case, revision, editor, post, run):
    withdraw(fact_check=revision.fact_check, by=editor, note="Nguồn đã rút.")
    Reply.objects.filter(revision=revision).update(state=ReplyState.QUEUED)
    assert run() == Delivered(sent=1, called_off=1)
    ((_, telling),) = post.sent
    assert (telling.kind, telling.revision.note) == (ReplyKind.WITHDRAWAL, "Nguồn đã rút.")


def test_a_correction_says_what_the_asker_has(revision, checker, editor, post, run):
    run()
    second = correct(revision.fact_check, author=checker, editor=editor)
    assert run() == Delivered(sent=1)
    telling = post.sent[-1][1]
    assert (telling.kind, telling.revision, telling.before) == (ReplyKind.CORRECTION, second, revision)


def test_a_correction_does_not_overtake_the_answer(revision, checker, editor, post, run):
    """Another worker is handing over the answer just now."""
    Reply.objects.update(state=ReplyState.SENDING, lease=timezone.now() + LEASE, attempts=1)
    correct(revision.fact_check, author=checker, editor=editor)
    assert run() == Delivered()
    Reply.objects.filter(revision=revision).update(state=ReplyState.SENT, lease=None)
    assert run() == Delivered(sent=1)


def test_who_has_their_address_forgotten_is_told_nothing(revision, asked, post, run):
    forget_address(request=asked)
    Reply.objects.update(state=ReplyState.QUEUED)
    assert run() == Delivered(called_off=1)
    assert (post.sent, the_reply().state) == ([], ReplyState.CANCELLED)


def test_a_message_that_left_the_case_is_told_nothing_of_it(revision, asked, checker, post, run):
    split(case=asked.message.case, messages=[asked.message], by=checker, title="Tin khác")
    Reply.objects.update(state=ReplyState.QUEUED)
    assert run() == Delivered(called_off=1)
    assert post.sent == []


def test_a_case_that_was_opened_again_tells_nothing(case, editor, post, run):
    decline(case=case, by=editor, reason="Ngoài phạm vi.")
    reopen(case=case, by=editor)
    Reply.objects.update(state=ReplyState.QUEUED)
    assert run() == Delivered(called_off=1)
    assert post.sent == []


def test_a_review_that_its_publisher_withdrew_is_not_sent(case, editor, post, run):
    review = make_review()
    answer_with_review(case=case, by=editor, external_review=review)
    type(review).objects.update(withdrawn=True)
    assert run() == Delivered(called_off=1)
    assert post.sent == []


# What is told


def test_a_review_goes_as_the_publishers(case, asked, editor, post, run):
    review = make_review()
    answer_with_review(case=case, by=editor, external_review=review)
    run()
    asked.refresh_from_db()
    assert (asked.shown, asked.shown_review) == (None, review)
    assert post.sent[0][1].external_review == review


@pytest.mark.parametrize("language", Language)
def test_reasons_are_in_the_askers_language(language, case, checker, post, run):
    Request.objects.update(language=language)
    close_not_checkable(case=case, by=checker, nature=Nature.OPINION)
    run()
    telling = post.sent[0][1]
    with translation.override(language):
        assert (telling.language, telling.explanation) == (language, str(EXPLANATIONS[Nature.OPINION]))
    assert Request.objects.get(message__case=case).shown is None


def test_a_declined_question_is_told_why(case, editor, post, run):
    decline(case=case, by=editor, reason="Ngoài phạm vi.")
    run()
    assert post.sent[0][1].public_reason == "Ngoài phạm vi."


# Several workers, and workers that die


def test_two_workers_do_not_send_the_same(revision, post, run, monkeypatch):
    """Both have seen it; one of them was quicker."""
    seen = [Reply.objects.filter(pk=the_reply().pk), Reply.objects.none()]
    assert run() == Delivered(sent=1)
    monkeypatch.setattr(module, "_due", lambda channels, at: seen.pop(0))
    assert run() == Delivered()
    assert len(post.sent) == 1


def test_while_one_worker_hands_it_over_no_other_does(revision, post, run):
    results = []
    post.before = lambda: results.append(deliver(channels={"mail": Post()}))
    assert run() == Delivered(sent=1)
    assert results == [Delivered()]


def test_killed_before_the_handover_it_is_sent_after_the_lease(revision, post, run):
    post.before = lambda: (_ for _ in ()).throw(Killed)
    with pytest.raises(Killed):
        run()
    assert the_reply().state == ReplyState.SENDING
    post.before = None
    assert run() == Delivered()
    assert run(later=LEASE * 1.1) == Delivered(sent=1)


def test_killed_after_the_handover_it_goes_again_under_the_same_message_id(revision, post, run):
    post.after = lambda: (_ for _ in ()).throw(Killed)
    with pytest.raises(Killed):
        run()
    post.after = None
    assert run(later=LEASE * 1.1) == Delivered(sent=1)
    assert len({telling.message_id for _, telling in post.sent}) == 1
    assert len(post.sent) == 2


def killed_after_the_handover(post, run):
    post.after = lambda: (_ for _ in ()).throw(Killed)
    with pytest.raises(Killed):
        run()
    post.after = None


def test_killed_after_the_handover_and_overtaken_the_asker_counts_as_having_it(revision, checker, editor, post, run):
    killed_after_the_handover(post, run)
    second = correct(revision.fact_check, author=checker, editor=editor)
    assert run(later=LEASE * 1.1) == Delivered(sent=1, called_off=1)
    telling = post.sent[-1][1]
    assert (telling.kind, telling.revision, telling.before) == (ReplyKind.CORRECTION, second, revision)


def test_twice_killed_and_overtaken_they_are_still_told_of_a_correction(revision, asked, checker, editor, post, run):
    """Nothing that was handed over is noted as sent, and yet the last one is no first answer."""
    killed_after_the_handover(post, run)
    second = correct(revision.fact_check, author=checker, editor=editor)
    post.after = lambda: (_ for _ in ()).throw(Killed)
    with pytest.raises(Killed):
        run(later=LEASE * 1.1)
    post.after = None
    third = correct(revision.fact_check, author=checker, editor=editor, verdict=Verdict.TRUE)
    assert run(later=LEASE * 2.5) == Delivered(sent=1, called_off=1)
    telling = post.sent[-1][1]
    assert (telling.kind, telling.revision, telling.before) == (ReplyKind.CORRECTION, third, second)


def test_killed_after_the_handover_a_message_that_left_the_case_is_told_of_its_correction(
    revision, asked, checker, editor, post, run
):
    killed_after_the_handover(post, run)
    split(case=asked.message.case, messages=[asked.message], by=checker, title="Tin khác")
    assert run(later=LEASE * 1.1) == Delivered(called_off=1)
    correct(revision.fact_check, author=checker, editor=editor)
    assert run(later=LEASE * 1.1) == Delivered(sent=1)
    assert post.sent[-1][1].before == revision


def test_what_may_have_been_given_is_not_forgotten_when_it_fails_since(revision, checker, editor, post, run):
    killed_after_the_handover(post, run)
    post.failures = [TransportError("busy")]
    assert run(later=LEASE * 1.1) == Delivered(waiting=1)
    second = correct(revision.fact_check, author=checker, editor=editor)
    assert run(later=LEASE * 2) == Delivered(sent=1)
    telling = post.sent[-1][1]
    assert (telling.kind, telling.revision, telling.before) == (ReplyKind.CORRECTION, second, revision)


def test_nor_when_it_is_given_up(revision, checker, editor, post, run):
    Reply.objects.update(attempts=MAX_ATTEMPTS - 1)
    killed_after_the_handover(post, run)
    assert run(later=LEASE * 1.1) == Delivered(failed=1)
    correct(revision.fact_check, author=checker, editor=editor)
    assert run(later=LEASE * 2) == Delivered(sent=1)
    assert post.sent[-1][1].before == revision


@pytest.mark.parametrize("is_doubtful", [True, False])
def test_nor_when_the_server_went_away_without_a_word(is_doubtful, revision, asked, checker, editor, post, run):
    """Who certainly got nothing is answered with the newest, as if for the first time."""
    post.failures = [TransportError("SMTPServerDisconnected", is_doubtful=is_doubtful)]
    assert run() == Delivered(waiting=1)
    asked.refresh_from_db()
    assert asked.shown == (revision if is_doubtful else None)
    correct(revision.fact_check, author=checker, editor=editor)
    assert run() == Delivered(sent=1)
    telling = post.sent[-1][1]
    assert (telling.kind, telling.before) == (
        (ReplyKind.CORRECTION, revision) if is_doubtful else (ReplyKind.ANSWER, None)
    )


def test_a_correction_that_goes_again_still_says_what_it_corrects(revision, checker, editor, post, run):
    assert run() == Delivered(sent=1)
    second = correct(revision.fact_check, author=checker, editor=editor)
    killed_after_the_handover(post, run)
    post.failures = [TransportError("busy"), TransportError("gone", is_doubtful=True)]
    assert run(later=LEASE * 1.1) == Delivered(waiting=1)
    assert run(later=LEASE * 2) == Delivered(waiting=1)
    assert run(later=LEASE * 3) == Delivered(sent=1)
    assert [(telling.revision, telling.before) for _, telling in post.sent[1:]] == [(second, revision)] * 2


def test_what_they_were_shown_since_stays(revision, asked, checker, editor, post, run):
    killed_after_the_handover(post, run)
    second = correct(revision.fact_check, author=checker, editor=editor)
    Request.objects.update(shown=second)
    Reply.objects.filter(revision=second).delete()
    assert run(later=LEASE * 1.1) == Delivered(called_off=1)
    asked.refresh_from_db()
    assert asked.shown == second


def test_what_never_came_to_a_handover_does_not_count_as_given(revision, asked, checker, post, run):
    Reply.objects.update(attempts=3)
    split(case=asked.message.case, messages=[asked.message], by=checker, title="Tin khác")
    Reply.objects.update(state=ReplyState.QUEUED)
    assert run() == Delivered(called_off=1)
    asked.refresh_from_db()
    assert asked.shown is None


def test_it_is_noted_before_the_goodbye(revision, post, run):
    """Who is killed while they part, which may take long, has sent it and knows it."""
    post.goodbye = lambda: (_ for _ in ()).throw(Killed)
    with pytest.raises(Killed):
        run()
    assert the_reply().state == ReplyState.SENT
    post.goodbye = None
    assert run(later=LEASE * 1.1) == Delivered()
    assert len(post.sent) == 1


@pytest.fixture
def locked(monkeypatch):
    """Hold the database for so many tries to note that a reply was sent."""
    full = OperationalError("database is locked")
    full.__cause__ = sqlite3.OperationalError()
    full.__cause__.sqlite_errorcode = sqlite3.SQLITE_BUSY
    note, pauses, failures = module._sent, [], []

    def sent(*given):
        if failures:
            raise failures.pop()
        return note(*given)

    monkeypatch.setattr(module, "_sent", sent)
    monkeypatch.setattr(module.time, "sleep", pauses.append)

    def hold(tries):
        failures[:] = [full] * tries
        return pauses

    return hold


def test_what_was_handed_over_is_noted_as_soon_as_it_can_be(revision, post, run, locked):
    pauses = locked(3)
    assert run() == Delivered(sent=1)
    assert len(post.sent) == 1
    assert pauses == [1.0, 2.0, 4.0]


def test_what_cannot_be_noted_for_minutes_stays_with_its_worker(revision, post, run, locked):
    pauses = locked(20)
    with pytest.raises(OperationalError):
        run()
    assert (the_reply().state, len(post.sent)) == (ReplyState.SENDING, 1)
    assert sum(pauses) < LEASE.total_seconds()


def test_a_fault_of_ours_in_noting_is_not_tried_again(revision, post, run, monkeypatch):
    def broken(*_):
        raise ValueError("ours")

    pauses = []
    monkeypatch.setattr(module, "_sent", broken)
    monkeypatch.setattr(module.time, "sleep", pauses.append)
    with pytest.raises(ValueError, match="ours"):
        run()
    assert pauses == []
    assert the_reply().state == ReplyState.SENDING


def test_at_the_end_of_the_worker_the_rest_is_left(revision, post):
    assert deliver(channels={"mail": post}, is_to_end=lambda: True) == Delivered()
    assert the_reply().state == ReplyState.QUEUED


# A clock that was wrong for a while


YEAR = dt.timedelta(days=365)


@pytest.mark.parametrize(
    ("ahead", "fields"),
    [
        (YEAR, {"attempts": 0}),
        (dt.timedelta(hours=20), {"attempts": 0}),  # never tried: it waits for nothing
        (YEAR, {"attempts": 3}),
        (YEAR, {"attempts": 1, "state": ReplyState.SENDING}),
    ],
)
def test_what_a_clock_that_was_ahead_has_set_holds_nothing_up(revision, post, run, ahead, fields):
    at = timezone.now() + ahead
    Reply.objects.update(next_try=at, lease=at + LEASE if "state" in fields else None, **fields)
    assert run() == Delivered(sent=1)


def test_a_pause_that_can_be_right_is_kept(revision, post, run):
    Reply.objects.update(next_try=timezone.now() + dt.timedelta(hours=20), attempts=8)
    assert run() == Delivered()


def test_what_kills_every_worker_is_given_up(revision, post, run):
    Reply.objects.update(state=ReplyState.SENDING, attempts=MAX_ATTEMPTS, lease=timezone.now() - LEASE)
    assert run() == Delivered(failed=1)
    assert post.sent == []


def test_a_worker_that_lost_its_lease_does_not_undo_the_others_work(revision, post, run):
    """It slept over its lease in the handover; another sent it and somebody has seen a state since."""
    post.after = lambda: Reply.objects.update(state=ReplyState.FAILED, lease=None)
    run()
    assert the_reply().state == ReplyState.FAILED


# Channels


def test_without_its_channel_a_reply_waits(revision, post):
    assert deliver(channels={}) == Delivered()
    assert the_reply().state == ReplyState.QUEUED


def test_at_most_so_many_at_once(desk, editor, run):
    case = make_case(desk, messages=0)
    for number in range(3):
        leave_address(
            request=make_request(make_message(case, requests=0), address=False), address=f"a{number}@example.org"
        )
    decline(case=case, by=editor, reason="Ngoài phạm vi.")
    assert run(limit=2).count == 2
    assert run(limit=2).count == 1


def test_an_address_whose_key_is_gone_fails_for_good(revision, data, run):
    (data / "reply-key").unlink()
    assert run() == Delivered(failed=1)
    assert the_reply().error == "address-unreadable"
    assert Case.objects.exists()
