import errno
import threading

import pytest

from kiemtin.config.worker import Chore, finish, keep_beating, work
from tests.patience import PATIENCE

pytestmark = pytest.mark.django_db  # the loop lets go of stale connections


class Counted:
    """Does so much each time, from a list; then nothing."""

    def __init__(self, *amounts):
        self.amounts = list(amounts)
        self.runs = 0

    def __call__(self):
        self.runs += 1
        amount = self.amounts.pop(0) if self.amounts else 0
        if isinstance(amount, Exception):
            raise amount
        return amount


def test_while_there_is_something_to_do_it_is_due_at_once():
    run = Counted(3, 0)
    chore = Chore("index", run, every=5)
    assert chore.turn(10.0)
    assert chore.due == 10.0
    assert not chore.turn(10.0)
    assert chore.due == 15.0
    assert not chore.turn(14.9)
    assert run.runs == 2


def test_after_failures_the_pause_doubles_up_to_a_minute_and_ends_with_a_success(capsys):
    chore = Chore("replies", Counted(*[OSError("hoi@example.org")] * 8, 1), every=1)
    pauses = []
    for _ in range(8):
        chore.turn(chore.due)
        pauses.append(chore.due)
    assert [round(b - a) for a, b in zip([0, *pauses], pauses, strict=False)] == [2, 4, 8, 16, 32, 60, 60, 60]
    assert chore.turn(chore.due)
    assert chore.failures == 0
    told = capsys.readouterr().err
    assert "replies failed: OSError" in told
    assert "example.org" not in told, "what somebody wrote is in no log"


def test_a_full_disk_is_told_by_its_name(capsys):
    Chore("index", Counted(OSError(errno.ENOSPC, "hoi@example.org")), every=1).turn(0.0)
    assert capsys.readouterr().err == "worker: index failed: OSError (ENOSPC)\n"


def test_a_full_disk_behind_another_error_is_told_too(capsys):
    error = ValueError("hoi@example.org")
    error.__cause__ = OSError(errno.ENOSPC, "hoi@example.org")
    Chore("index", Counted(error), every=1).turn(0.0)
    assert capsys.readouterr().err == "worker: index failed: OSError (ENOSPC)\n"


def test_one_failing_chore_does_not_stop_the_others():
    stop = threading.Event()
    done = Counted(1, 1)

    def last():
        stop.set()
        return 0

    work([Chore("a", Counted(OSError()), 1), Chore("b", done, 1), Chore("c", last, 1)], stop)
    assert done.runs == 1


def test_stopping_ends_before_the_next_chore():
    stop = threading.Event()
    after = Counted()

    def first():
        stop.set()
        return 1

    work([Chore("a", first, 1), Chore("b", after, 1)], stop)
    assert after.runs == 0


def test_finishing_goes_on_until_nothing_is_left():
    run = Counted(2, 2, 1, 0)
    assert finish([Chore("a", run, 1)])
    assert run.runs == 4
    assert not finish([Chore("a", Counted(OSError()), 1)])


def test_a_chore_that_waits_for_others_holds_nobody_up():
    stop, go, begun = threading.Event(), threading.Event(), threading.Event()
    seen, ended = [], threading.Event()

    def slow():
        begun.set()
        go.wait(PATIENCE)
        seen.append(threading.current_thread().name)
        ended.set()
        return 0

    def quick():
        if begun.is_set():
            stop.set()
        return 0

    work([Chore("sources", slow, 1.0, is_apart=True), Chore("replies", quick, 0.01)], stop)
    assert seen == []
    go.set()
    assert ended.wait(PATIENCE)
    assert seen == ["sources"]


def test_a_chore_apart_comes_again_and_counts_its_failures_too(capsys):
    stop, run = threading.Event(), Counted(1, OSError(), 1)
    chore = Chore("sources", run, 0.01, is_apart=True)

    def ends():
        if run.runs > 4:
            stop.set()
        return 0

    work([chore, Chore("end", ends, 0.01)], stop)
    assert chore.failures == 0
    assert capsys.readouterr().err == "worker: sources failed: OSError\n"


@pytest.mark.parametrize(("every", "times"), [(1.0, 1), (30.0, 2)], ids=["soon", "later"])
def test_a_connection_is_kept_over_a_short_pause_and_closed_at_the_end(monkeypatch, every, times):
    """Eight new connections a second cost a server of PostgreSQL more than what is asked over them."""
    stop, closed = threading.Event(), []
    monkeypatch.setattr("kiemtin.config.worker.let_go", lambda: closed.append(True))

    def last():
        stop.set()
        return 0

    work([Chore("cases", last, every)], stop)
    assert len(closed) == times


@pytest.mark.parametrize("closing", ["close_old_connections", "let_go"])
def test_a_connection_that_cannot_be_closed_ends_nothing(closing, monkeypatch, capsys):
    failures = [OSError(errno.EIO, "hoi@example.org")]  # what failed once is closed then, as Django has it

    def fails():
        if failures:
            raise failures.pop()

    stop = threading.Event()
    monkeypatch.setattr(f"kiemtin.config.worker.{closing}", fails)

    def last():
        stop.set()
        return 0

    work([Chore("cases", last, 1.0)], stop)
    assert capsys.readouterr().err == "worker: connection failed: OSError (EIO)\n"


def test_at_the_end_all_of_it_is_done():
    run = Counted(1, 1)
    assert finish([Chore("sources", run, 1.0, is_apart=True)])
    assert run.runs == 3


def test_what_has_grace_is_finished_at_the_end():
    stop, begun, done = threading.Event(), threading.Event(), []

    def mail():
        begun.set()
        stop.wait(PATIENCE)
        done.append("noted")
        return 0

    def ends():
        if begun.wait(PATIENCE):
            stop.set()
        return 0

    work([Chore("replies", mail, 1.0, is_apart=True, grace=30.0), Chore("end", ends, 1.0)], stop)
    assert done == ["noted"]


def test_those_that_have_grace_have_it_together():
    """One after the other would take twelve seconds."""
    stop, hang, begun = threading.Event(), threading.Event(), threading.Semaphore(0)

    def slow():
        begun.release()
        hang.wait(PATIENCE)
        return 0

    chores = [Chore(f"chore {number}", slow, every=0.01, is_apart=True, grace=0.3) for number in range(40)]
    loop = threading.Thread(target=work, args=(chores, stop))
    loop.start()
    assert all(begun.acquire(timeout=PATIENCE) for _ in chores)
    stop.set()
    loop.join(6)
    is_ended = not loop.is_alive()
    hang.set()
    loop.join()
    assert is_ended


def test_it_beats_at_once_and_goes_on_after_a_failure(capsys):
    stop, beats = threading.Event(), []

    def beat():
        beats.append(len(beats))
        if len(beats) == 2:
            raise OSError(errno.ENOSPC, "full")
        if len(beats) == 3:
            stop.set()

    keep_beating(beat, stop, every=0.01)
    assert len(beats) == 3
    assert capsys.readouterr().err == "worker: pulse failed: OSError (ENOSPC)\n"
