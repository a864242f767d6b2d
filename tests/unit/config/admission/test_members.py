import pytest

from kiemtin.config.admission import members
from kiemtin.config.admission.members import Members


def cookie(text):
    return {"HTTP_COOKIE": text}


@pytest.fixture
def clock():
    return [1000.0]


@pytest.fixture
def known(clock):
    return Members(clock=lambda: clock[0])


def test_a_session_is_known_once_it_was_seen_at_the_desk(known):
    assert not known.knows(cookie("sessionid=abc"))
    known.remember(cookie("theme=dark; sessionid=abc; csrftoken=x"))
    assert known.knows(cookie("sessionid=abc"))
    assert not known.knows(cookie("sessionid=abd"))
    assert not known.knows(cookie("xsessionid=abc"))
    assert not known.knows({})


def test_it_is_forgotten_half_an_hour_after_the_desk_was_last_shown(known, clock):
    known.remember(cookie("sessionid=abc"))
    clock[0] += 1000
    known.remember(cookie("sessionid=abc"))
    clock[0] += 1799
    assert known.knows(cookie("sessionid=abc"))
    clock[0] += 2
    assert not known.knows(cookie("sessionid=abc"))


def test_so_many_are_remembered_at_most_and_old_ones_make_room(known, clock, monkeypatch):
    monkeypatch.setattr(members, "_MOST", 2)
    for name in "ab":
        known.remember(cookie(f"sessionid={name}"))
    known.remember(cookie("sessionid=c"))
    assert not known.knows(cookie("sessionid=c"))
    clock[0] += 2_000
    known.remember(cookie("sessionid=c"))
    assert known.knows(cookie("sessionid=c"))
    assert len(known._until) == 1
