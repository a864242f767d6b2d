import datetime as dt

from kiemtin.questions.asker import asker_of

DAY = dt.date(2026, 11, 24)


def test_the_same_asker_on_one_day_and_nobody_the_next():
    first = asker_of(address="203.0.113.7", agent="Phone", day=DAY)
    assert first == asker_of(address="203.0.113.7", agent="Phone", day=DAY)
    assert len(first) == 64
    others = [
        asker_of(address="203.0.113.8", agent="Phone", day=DAY),
        asker_of(address="203.0.113.7", agent="Other", day=DAY),
        asker_of(address="203.0.113.7", agent="Phone", day=DAY + dt.timedelta(days=1)),
        asker_of(address="203.0.113.7P", agent="hone", day=DAY),
    ]
    assert len({first, *others}) == 5


def test_it_depends_on_the_key(settings):
    first = asker_of(address="203.0.113.7", agent="Phone", day=DAY)
    settings.SECRET_KEY = "another"
    assert asker_of(address="203.0.113.7", agent="Phone", day=DAY) != first


def test_without_an_address_nobody_is_told_apart():
    assert asker_of(address="", agent="Phone") == ""
