import threading

import pytest

from kiemtin.config.admission.gate import Gate
from kiemtin.config.admission.kinds import Kind, Rule
from kiemtin.config.admission.lines import FullError

FOR_EVER = 60.0  # seconds; a test that fails does not hang


def gate(places=1, **fields):
    rule = Rule(**({"share": 1, "places": 9, "waiting": 9, "patience": FOR_EVER} | fields))
    return Gate(dict.fromkeys(Kind, rule), places=places, reserve=0)


class Visitor(threading.Thread):
    """Goes in, says so, and leaves when it is told."""

    def __init__(self, gate, **options):
        super().__init__(daemon=True)
        self.gate, self.options = gate, options
        self.is_in, self.may_leave, self.turned_away = threading.Event(), threading.Event(), threading.Event()

    def run(self):
        try:
            with self.gate.inside(Kind.ASKING, **self.options):
                self.is_in.set()
                self.may_leave.wait(FOR_EVER)
        except FullError:
            self.turned_away.set()


def started(gate, **options):
    visitor = Visitor(gate, **options)
    visitor.start()
    return visitor


def wait_until_one_waits(gate):
    while not gate._lines.waiting(Kind.ASKING):
        pass


def test_a_thread_waits_for_the_one_before_it():
    one = gate()
    first = started(one)
    assert first.is_in.wait(FOR_EVER)
    second = started(one)
    wait_until_one_waits(one)
    assert not second.is_in.is_set()
    first.may_leave.set()
    assert second.is_in.wait(FOR_EVER)
    second.may_leave.set()
    second.join(FOR_EVER)
    with one.inside(Kind.ASKING):
        pass


def test_a_place_is_given_back_whatever_happens_in_it():
    one = gate()
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), one.inside(Kind.ASKING):
            raise ZeroDivisionError


def test_who_has_waited_long_enough_is_turned_away_and_leaves_the_line():
    one = gate(patience=0)
    with one.inside(Kind.ASKING):
        with pytest.raises(FullError), one.inside(Kind.ASKING):
            pass
        assert one._lines.waiting(Kind.ASKING) == 0
        assert not one._calls
    with one.inside(Kind.ASKING):
        pass


def test_who_is_patient_waits_on():
    one = gate(patience=0)
    first = started(one)
    assert first.is_in.wait(FOR_EVER)
    second = started(one, is_patient=True)
    wait_until_one_waits(one)
    first.may_leave.set()
    assert second.is_in.wait(FOR_EVER)
    second.may_leave.set()


def test_many_threads_are_never_more_inside_than_there_are_places():
    one = gate(places=3, waiting=100)
    inside, most, lock = [], [], threading.Lock()

    def visit():
        for _ in range(50):
            with one.inside(Kind.READING):
                with lock:
                    inside.append(1)
                    most.append(len(inside))
                with lock:
                    inside.pop()

    threads = [threading.Thread(target=visit) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(FOR_EVER)
    assert len(most) == 400
    assert max(most) <= 3
    assert not one._calls
