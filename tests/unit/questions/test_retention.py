import datetime as dt

from allauth.account import app_settings
from allauth.core.internal.ratelimit import parse_rates
from django.conf import settings
from django.utils import translation

from kiemtin.questions.actions.ask_with_picture import AT_DESK_FOR
from kiemtin.questions.actions.need_picture import NEEDED_FOR
from kiemtin.questions.actions.take_picture import UNASKED_FOR
from kiemtin.questions.limits import LONGEST_WINDOW
from kiemtin.questions.outbox import KEPT_FOR
from kiemtin.questions.overdue import ATTEMPTS_FOR
from kiemtin.questions.retention import RULES, Whose, in_words

BY_NAME = {rule.name: rule for rule in RULES}


def test_each_rule_has_its_name_and_words():
    assert len(BY_NAME) == len(RULES)
    for rule in RULES:
        assert str(rule.what)
        assert "%(" not in rule.how_long
        assert rule.whose in Whose


def test_what_is_not_for_good_is_deleted_by_a_rule():
    for rule in RULES:
        says_a_time = bool(rule.times)
        assert says_a_time is (rule.due is not None), rule.name


def test_its_times_are_those_that_others_work_by():
    assert BY_NAME["addresses"].times["answered"] == KEPT_FOR
    assert BY_NAME["pictures"].times == {"desk": AT_DESK_FOR, "needed": NEEDED_FOR}
    assert BY_NAME["unasked"].times["unasked"] == UNASKED_FOR
    assert BY_NAME["buckets"].times["longest"] == LONGEST_WINDOW
    assert BY_NAME["sessions"].times["session"].total_seconds() == settings.SESSION_COOKIE_AGE


def test_attempts_are_counted_no_longer_than_it_says():
    rates = [rate for given in app_settings.RATE_LIMITS.values() for rate in parse_rates(given)]
    assert dt.timedelta(seconds=max(rate.duration for rate in rates)) <= ATTEMPTS_FOR


def test_times_in_words():
    days = {1: "one day", 3: "3 days", 30: "30 days", 365: "one year"}
    assert {count: in_words(dt.timedelta(days=count)) for count in days} == days
    assert in_words(dt.timedelta(minutes=5)) == "5 minutes"


def test_it_speaks_the_language_of_the_page():
    with translation.override("vi"):
        assert BY_NAME["askers"].how_long != "one day" or str(BY_NAME["askers"].what)
