import datetime as dt

from django.utils import timezone

from kiemtin.public.readings import alerts_state, changes, library_state, listed, most_asked, related_to
from kiemtin.questions.models import CheckDemand


def ask(check, days, count):
    CheckDemand.objects.create(fact_check=check, day=timezone.localdate() - dt.timedelta(days=days), count=count)


def test_what_was_asked_most_in_the_last_week_comes_first(published, editor):
    one, two, old, gone = (published(claim=f"Tin số {number} về tỏi") for number in range(4))
    ask(one, 0, 2)
    ask(one, 6, 3)  # 5 in all
    ask(two, 1, 4)
    ask(old, 7, 99)  # a day too long ago
    ask(gone, 0, 50)
    from kiemtin.checks.actions.withdraw import withdraw

    withdraw(fact_check=gone, by=editor, note="Sai.")
    assert [(entry.fact_check.pk, entry.count) for entry in most_asked("vi")] == [(one.pk, 5), (two.pk, 4)]
    assert len(most_asked("vi", 1)) == 1


def test_related_checks_are_of_the_same_topic_and_not_the_same_work(published, ready_pages, desk):
    ready_pages(desk, "en")
    check = published(work="toi")
    published(work="toi", language="en")
    same, _other = published(claim="Tỏi tốt cho tim"), published(claim="Mã PIN", topic="scam")
    assert related_to(check, "vi") == [same]


def test_lists_read_no_working_copy(published):
    published()
    check = listed("vi").get()
    assert {"claim", "summary", "body", "note", "remarks"} <= check.get_deferred_fields()


def test_the_state_of_the_library_follows_each_publication(published, corrected, desk):
    states = [library_state()]
    check = published()
    states.append(library_state())
    corrected(check)
    states.append(library_state())
    desk.name = "Tên mới"
    desk.save()
    states.append(library_state())
    assert len({state for state, _ in states}) == 4
    assert states[0][1] is None


def test_the_state_of_alerts_follows_alerts_too(published_alert, published):
    published()
    before = alerts_state()
    published_alert()
    after, library = alerts_state(), library_state()
    assert after[0] != before[0]
    assert after[1] > library[1] >= before[1]
    assert len(library[0][0]) == len(after[0][0]) - 2
    published(claim="Một tin khác về tỏi")
    assert alerts_state()[0] != after[0]
    assert alerts_state()[1] > after[1]


def test_corrections_and_withdrawals_are_changes(published, corrected):
    check = published()
    assert not changes()
    corrected(check)
    assert [revision.number for revision in changes()] == [2]
