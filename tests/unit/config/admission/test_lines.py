from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.config.admission.kinds import Kind, Rule
from kiemtin.config.admission.lines import FullError, Lines, Standing

READ, ASK, DESK = Kind.READING, Kind.ASKING, Kind.DESK


def rule(**fields):
    return Rule(**({"share": 1, "places": 9, "waiting": 9, "patience": 10.0} | fields))


def lines(places=1, reserve=0, **rules):
    given = {READ: rule(), ASK: rule(), DESK: rule(may_use_reserve=True)}
    return Lines(given | {Kind(kind): one for kind, one in rules.items()}, places=places, reserve=reserve)


def is_inside(ticket):
    return ticket.standing is Standing.INSIDE


def test_there_are_so_many_places_and_who_leaves_lets_the_longest_waiting_in():
    row = lines(places=2)
    first, second, third, fourth = (row.arrive(READ, now) for now in (0.0, 0.1, 0.2, 0.3))
    assert [is_inside(one) for one in (first, second, third, fourth)] == [True, True, False, False]
    assert row.leave(second, 1.0) == [third]
    assert row.leave(first, 1.1) == [fourth]
    assert row.leave(third, 1.2) == []
    assert is_inside(row.arrive(READ, 1.3))


def test_a_kind_has_no_more_than_its_own_places():
    row = lines(places=3, asking=rule(places=1))
    first = row.arrive(ASK, 0.0)
    second = row.arrive(ASK, 0.0)
    assert is_inside(first)
    assert not is_inside(second)
    assert is_inside(row.arrive(READ, 0.0)), "others have the rest"
    assert row.leave(first, 1.0) == [second]


def test_the_reserve_is_for_the_desk_alone():
    row = lines(places=2, reserve=1)
    asking = row.arrive(ASK, 0.0)
    waiting = row.arrive(ASK, 0.0)
    desk = row.arrive(DESK, 0.0)
    assert [is_inside(one) for one in (asking, waiting, desk)] == [True, False, True]
    assert row.leave(desk, 1.0) == [], "the place stays free"
    assert is_inside(row.arrive(DESK, 1.0))
    assert row.leave(asking, 2.0) == [waiting]


def run(row, costs, many):
    """Keep one place busy, three of each kind waiting; return how many of each kind had it, by its cost in seconds."""
    now, had = 0.0, Counter()
    inside = row.arrive(next(iter(costs)), now)
    for kind in costs:
        for _ in range(3):
            row.arrive(kind, now)
    for _ in range(many):
        now += costs[inside.kind]
        had[inside.kind] += 1
        (following,) = row.leave(inside, now)
        row.arrive(following.kind, now)
        inside = following
    return had


def test_shares_are_kept_while_all_wait():
    had = run(lines(reading=rule(share=3), asking=rule(share=1)), {READ: 0.1, ASK: 0.1}, 400)
    assert had[READ] == pytest.approx(300, abs=4)


def test_a_share_is_one_of_time_so_cheap_ones_are_many():
    had = run(lines(), {READ: 0.01, ASK: 0.1}, 1_100)
    assert had[READ] * 0.01 == pytest.approx(had[ASK] * 0.1, rel=0.1)


def test_who_did_not_come_for_long_has_saved_nothing_up():
    row = lines()
    now = 0.0
    for _ in range(100):
        ticket = row.arrive(READ, now)
        now += 1.0
        row.leave(ticket, now)
    had = Counter()
    inside = row.arrive(READ, now)
    for kind in (READ, ASK, READ, ASK, READ, ASK):
        row.arrive(kind, now)
    for _ in range(20):
        now += 1.0
        had[inside.kind] += 1
        (inside,) = row.leave(inside, now)
        row.arrive(inside.kind, now)
    assert abs(had[READ] - had[ASK]) <= 2


def test_what_one_will_take_is_charged_before_it_is_known():
    """Four places are shared out at once; nobody has paid yet."""
    row = lines(places=4)
    before = [row.arrive(DESK, 0.0) for _ in range(4)]
    for kind in (READ, READ, READ, READ, ASK, ASK, ASK, ASK):
        row.arrive(kind, 0.0)
    let_in = Counter(other.kind for ticket in before for other in row.leave(ticket, 1.0))
    assert let_in == {READ: 2, ASK: 2}


def test_only_so_many_wait():
    row = lines(asking=rule(waiting=2))
    for _ in range(3):
        row.arrive(ASK, 0.0)
    with pytest.raises(FullError) as full:
        row.arrive(ASK, 0.0)
    assert full.value.kind is ASK
    assert row.waiting(ASK) == 2


def test_who_would_wait_too_long_is_turned_away_on_arrival():
    row = lines(asking=rule(patience=4.0))
    inside = row.arrive(ASK, 0.0)
    others = [row.arrive(ASK, 0.0) for _ in range(3)]
    assert row.expected(ASK, 0.0) == 0.0, "nobody knows yet"
    (inside,) = row.leave(inside, 1.5)  # one in 1.5 seconds; two wait still
    assert row.expected(ASK, 1.5) == pytest.approx(4.5)
    with pytest.raises(FullError) as full:
        row.arrive(ASK, 1.5)
    assert full.value.expected == pytest.approx(4.5)
    (inside,) = row.leave(inside, 2.5)  # 1.5 + 0.1 · (1.0 − 1.5) = 1.45, for two
    assert row.expected(ASK, 2.5) == pytest.approx(2.9)
    assert row.arrive(ASK, 2.5).standing is Standing.WAITING
    assert others[0].standing is Standing.GONE


def test_a_gap_that_is_longer_than_usual_counts_before_it_is_over():
    row = lines(asking=rule(patience=10.0))
    inside, *_ = (row.arrive(ASK, 0.0) for _ in range(4))
    row.leave(inside, 1.0)  # one a second; two wait
    assert row.expected(ASK, 1.5) == pytest.approx(3.0)
    assert row.expected(ASK, 4.0) == pytest.approx(5.0), "nobody was let in for three seconds"


def test_who_is_first_in_line_shows_how_long_it_takes_at_least():
    """The average of gaps lags behind when it all becomes slower."""
    row = lines(asking=rule(patience=2.0))
    inside, *_ = (row.arrive(ASK, 0.0) for _ in range(5))
    for now in (0.01, 1.0, 2.2):
        (inside,) = row.leave(inside, now)
    # gaps of 0.01, 0.99 and 1.2 make 0.217 on average; the last in line has waited since the start
    assert row.expected(ASK, 2.3) == pytest.approx(2.3)
    with pytest.raises(FullError):
        row.arrive(ASK, 2.3)


def test_an_old_estimate_keeps_nobody_out_of_an_empty_line():
    row = lines(asking=rule(patience=1.0))
    first = row.arrive(ASK, 0.0)
    second = row.arrive(ASK, 0.0)
    row.leave(first, 60.0)
    row.leave(second, 120.0)
    row.arrive(ASK, 121.0)
    assert row.arrive(ASK, 121.0).standing is Standing.WAITING


def test_what_was_begun_is_never_turned_away():
    row = lines(reading=rule(waiting=0))
    inside = row.arrive(READ, 0.0)
    patient = row.arrive(READ, 0.0, is_patient=True)
    assert row.leave(inside, 1.0) == [patient]


def test_who_gives_up_is_let_in_no_more():
    row = lines()
    inside, second, third = (row.arrive(READ, 0.0) for _ in range(3))
    assert row.give_up(second)
    assert row.leave(inside, 1.0) == [third]
    assert not row.give_up(third), "it is inside already"


KINDS = st.sampled_from([READ, ASK, DESK])
STEPS = st.lists(st.tuples(st.sampled_from(["arrive", "leave", "give up"]), KINDS, st.floats(0, 2)), max_size=60)


@given(STEPS)
def test_nobody_waits_while_there_is_room_and_nobody_goes_past_their_own(steps):
    row = lines(places=3, reserve=1, asking=rule(places=1, waiting=3), reading=rule(waiting=4, patience=3.0))
    now, here, let_in = 0.0, [], {kind: [] for kind in (READ, ASK, DESK)}
    for deed, kind, later in steps:
        now += later
        mine = [ticket for ticket in here if ticket.kind is kind]
        inside = [ticket for ticket in mine if is_inside(ticket)]
        waiting = [ticket for ticket in mine if ticket.standing is Standing.WAITING]
        if deed == "arrive":
            try:
                ticket = row.arrive(kind, now)
            except FullError:
                continue
            here.append(ticket)
            if is_inside(ticket):
                assert not waiting
        elif deed == "leave" and inside:
            for ticket in row.leave(inside[0], now):
                let_in[ticket.kind].append(ticket)
        elif deed == "give up" and waiting:
            assert row.give_up(waiting[-1])
        counts = Counter(ticket.kind for ticket in here if is_inside(ticket))
        left = Counter(ticket.kind for ticket in here if ticket.standing is Standing.WAITING)
        assert counts.total() <= 3
        assert counts[READ] + counts[ASK] <= 2
        assert counts[ASK] <= 1
        if left[DESK]:
            assert counts.total() == 3
        if left[READ]:
            assert counts.total() == 3 or counts[READ] + counts[ASK] == 2
        if left[ASK]:
            assert counts.total() == 3 or counts[READ] + counts[ASK] == 2 or counts[ASK] == 1
    for kind, tickets in let_in.items():
        order = [ticket for ticket in here if ticket in tickets]
        assert order == tickets, kind
