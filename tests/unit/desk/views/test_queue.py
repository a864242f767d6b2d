"""The queue: what it lists, in which order, and what it costs."""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import timezone

from kiemtin.accounts.enums import Role
from kiemtin.checks.models import CitedSource, FactCheck
from kiemtin.questions.models import Case, Conflict, Demand, Match, Message
from tests.publishing import published as publish
from tests.unit.questions.making import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def queue(desk, sign_in, checker, data):
    """Open the queue as the checker and return the numbers of the cases on it, in order."""
    client = sign_in(checker)

    def look(**query):
        answer = client.get(f"/en/desk/{desk.slug}/", query)
        assert answer.status_code == 200
        return [row.case.pk for row in answer.context.get("rows", ())]

    look.client = client
    return look


def heated(desk, heat, **fields):
    case = make_case(desk, **fields)
    Case.objects.filter(pk=case.pk).update(heat=heat)
    return case.pk


def test_it_opens_with_what_is_to_do_the_hottest_first(desk, other_desk, queue):
    cool, hot = heated(desk, 1), heated(desk, 5)
    heated(desk, 9, state="declined", public_reason="Không.")
    heated(other_desk, 9)
    assert queue() == [hot, cool]


def test_each_tab_lists_its_own(desk, checker, editor, queue):
    now = timezone.now()
    old = make_case(desk).pk
    Case.objects.filter(pk=old).update(first_asked=now - dt.timedelta(days=5), heat=0)
    mine = heated(desk, 3, assignee=checker, state="in-progress", nature="fact")
    theirs = heated(desk, 2, assignee=editor)
    review = heated(desk, 4, state="in-review", nature="fact")
    closed = make_case(desk, state="not-checkable", nature="opinion").pk
    assert queue(tab="mine") == [mine]
    assert queue(tab="in-review") == [review]
    assert queue(tab="waiting")[0] == old
    assert set(queue(tab="all")) == {old, mine, theirs, review, closed}
    assert queue(tab="nonsense", state="nonsense", asked="many") == queue()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"assignee": "nobody"}, {"plain", "asked"}),
        ({"assignee": "me"}, {"mine"}),
        ({"nature": "unsaid"}, {"plain", "mine", "asked"}),
        ({"nature": "fact"}, {"fact"}),
        ({"asked": "5"}, {"asked"}),
        ({"state": "declined"}, {"declined"}),
        ({"since": "2199-01-01"}, set()),
    ],
)
def test_filters_narrow_the_list(query, expected, desk, checker, editor, queue):
    made = {
        "plain": make_case(desk),
        "mine": make_case(desk, assignee=checker),
        "fact": make_case(desk, nature="fact", assignee=editor),
        "asked": make_case(desk, requests=6),
        "declined": make_case(desk, state="declined", public_reason="Không."),
    }
    names = {case.pk: name for name, case in made.items()}
    assert {names[pk] for pk in queue(**query)} == expected
    chips = {active.label for active in queue.client.get(f"/en/desk/{desk.slug}/", query).context["filter"].active}
    assert len(chips) == 1


def test_the_topic_is_that_of_the_cases_check(desk, queue):
    case = make_case(desk, nature="fact")
    check = FactCheck.objects.create(desk=desk, topic="health")
    Case.objects.filter(pk=case.pk).update(fact_check=check)
    make_case(desk)
    assert queue(topic="health") == [case.pk]
    assert queue(topic="world") == []


def test_orders(desk, queue):
    much, little = make_case(desk, requests=4).pk, make_case(desk, requests=1).pk
    Case.objects.filter(pk=little).update(heat=99)
    assert queue(sort="asked") == [much, little]
    assert queue(sort="hottest") == [little, much]
    assert queue(sort="best") == queue()


def test_titles_are_found_without_their_diacritics_and_by_number_in_all_states(desk, queue):
    case = make_case(desk, title="Ngân hàng ĐỔI tiền sau Tết", state="declined", public_reason="Không.").pk
    other = make_case(desk, title="Bão số 14").pk
    assert queue(q="doi tien") == [case]
    assert queue(q="Đổi  TIỀN") == [case]
    assert queue(q=f"#{other}") == [other]
    assert queue(q="tiền bão") == []
    assert queue(q="doi tien", tab="to-do") == []
    assert queue(q="100%") == []


def test_a_renamed_case_is_found_by_its_new_title(desk, checker, queue):
    from kiemtin.questions.actions.rename import rename

    case = make_case(desk, title="Bão số 14")
    rename(case=case, by=checker, title="Lũ quét ở Sơn La")
    assert queue(q="lu quet") == [case.pk]
    assert queue(q="bao so") == []


def test_a_row_says_what_matters(desk, checker, queue):
    case, other = make_case(desk, messages=2, requests=3), make_case(desk)
    Match.objects.create(message=case.messages.first(), case=other, probability=0.5, band="maybe")
    Match.objects.create(message=case.messages.last(), case=other, probability=0.4, band="maybe")
    Conflict.objects.create(case=case, person=checker, reason="Người nhà.")
    Case.objects.filter(pk=case.pk).update(first_asked=timezone.now() - dt.timedelta(days=3))
    Demand.objects.create(message=case.messages.first(), day=timezone.localdate(), count=4)
    answer = queue.client.get(f"/en/desk/{desk.slug}/")
    rows = {row.case.pk: row for row in answer.context["rows"]}
    row = rows[case.pk]
    assert (row.proposals, row.is_conflict, row.is_late, row.week[-1], row.top) == (1, True, True, 4, 4)
    assert (rows[other.pk].proposals, rows[other.pk].is_late) == (1, False)
    page = answer.content.decode()
    assert "2 messages" in page
    assert "your conflict of interest" in page


def test_readers_look_and_do_not_work(desk, member, sign_in, data):
    make_case(desk)
    page = sign_in(member("Đọc", Role.READER, desk)).get(f"/en/desk/{desk.slug}/").content.decode()
    assert 'type="checkbox"' not in page
    assert "Take it" not in page


def test_pages_of_fifty(desk, queue):
    Case.objects.bulk_create(Case(desk=desk, title=f"Tin {n}", heat=n) for n in range(70))
    assert len(queue()) == 50
    assert len(queue(page=2)) == 20
    assert len(queue(page="last")) == 50


def test_what_is_due_for_a_re_check_is_listed_a_week_ahead(desk, queue):
    today = timezone.localdate()
    late, soon, later = (publish(f"Tin {n}", desk=desk) for n in range(3))
    for check, days in ((late, -1), (soon, 7), (later, 8)):
        FactCheck.objects.filter(pk=check.pk).update(recheck_on=today + dt.timedelta(days=days))
    answer = queue.client.get(f"/en/desk/{desk.slug}/", {"tab": "recheck"})
    assert [row.check.pk for row in answer.context["checks"]] == [late.pk, soon.pk]
    assert "overdue" in answer.content.decode()
    assert answer.context["nav_counts"]["recheck"] == 2


def test_the_day_to_look_again_comes_up_in_the_queue_from_the_draft_on(desk, queue, content, published):
    """The whole way: the checker gives a source its day, the check is published, the day comes near."""
    one, two = content().sources
    soon = timezone.localdate() + dt.timedelta(days=7)
    row = published(sources=(one, replace(two, recheck_on=soon)))
    published(claim="Tin khác", sources=(one, replace(two, recheck_on=soon + dt.timedelta(days=1))))
    page = queue.client.get(f"/en/desk/{desk.slug}/", {"tab": "recheck"})
    assert [one.check.pk for one in page.context["checks"]] == [row.pk]
    assert row.latest.claim in page.content.decode()


def test_a_source_that_changed_or_is_gone_comes_up_there_too(desk, queue):
    check = publish("Tin có nguồn hỏng", desk=desk)
    given = {"fact_check": check, "revision": check.latest, "page": "n.example/?", "url": "https://n.example/"}
    flag = {"title": "Thông báo", "standing": "gone", "failure": "gone", "flagged": timezone.now(), "seen": "c" * 64}
    source = CitedSource.objects.create(**given, **flag)
    url = f"/en/desk/{desk.slug}/"
    answer = queue.client.get(url, {"tab": "recheck"})
    page = answer.content.decode()
    assert answer.context["nav_counts"]["recheck"] == 1
    for shown in ("Tin có nguồn hỏng", "Thông báo", "n.example", "There is nothing at this address any more"):
        assert shown in page, shown
    answer = queue.client.post(
        f"{url}checks/{check.pk}/sources/{source.pk}/hold/", {"seen": f"gone:{'c' * 16}", "queue": "1"}
    )
    assert answer["Location"] == f"{url}?tab=recheck"
    assert "Nothing is due for re-check" in queue.client.get(url, {"tab": "recheck"}).content.decode()


def test_it_tells_of_news_and_leaves_the_list_alone(desk, queue):
    case = make_case(desk)
    opened = timezone.now()
    past = opened - dt.timedelta(minutes=1)
    url = f"/en/desk/{desk.slug}/news/"
    assert queue.client.get(url, {"opened": opened.isoformat()}).status_code == 204
    Case.objects.filter(pk=case.pk).update(last_asked=opened, state_since=past)
    assert "1 case has news" in queue.client.get(url, {"opened": past.isoformat()}).content.decode()
    assert queue.client.get(url, {"opened": past.isoformat(), "tab": "mine"}).status_code == 204
    assert queue.client.get(url, {"opened": "yesterday"}).status_code == 204


def test_several_are_assigned_at_once_and_it_is_said_which_were_not(desk, checker, second_checker, queue):
    one, two = make_case(desk), make_case(desk, state="declined", public_reason="Không.")
    form = {"case": [one.pk, two.pk], "person": second_checker.pk, "assign": "", "back": "tab=all&sort=asked"}
    answer = queue.client.post(f"/en/desk/{desk.slug}/cases/together/", form, follow=True)
    assert answer.redirect_chain[-1][0] == f"/en/desk/{desk.slug}/?tab=all&sort=asked"
    said = [str(message) for message in answer.context["messages"]]
    assert said[0] == "1 case assigned."
    assert said[1].startswith(f"#{two.pk}: This cannot be done")
    one.refresh_from_db()
    assert one.assignee == second_checker


def test_a_case_is_taken_from_its_row(desk, checker, queue):
    case = make_case(desk)
    queue.client.post(f"/en/desk/{desk.slug}/cases/together/", {"case": case.pk, "take": "1"})
    case.refresh_from_db()
    assert case.assignee == checker


def test_cases_of_other_desks_are_left_alone(desk, other_desk, checker, queue):
    theirs = make_case(other_desk)
    queue.client.post(f"/en/desk/{desk.slug}/cases/together/", {"case": [theirs.pk, "x", 10**30], "take": "1"})
    theirs.refresh_from_db()
    assert theirs.assignee is None


def test_assigning_to_nobody_is_said(desk, queue):
    case = make_case(desk)
    form = {"case": case.pk, "assign": "", "person": ""}
    answer = queue.client.post(f"/en/desk/{desk.slug}/cases/together/", form, follow=True)
    assert "no active checker" in answer.content.decode()


def test_readers_assign_nothing(desk, member, sign_in, data):
    case = make_case(desk)
    client = sign_in(member("Đọc", Role.READER, desk))
    assert client.post(f"/en/desk/{desk.slug}/cases/together/", {"case": case.pk, "take": "1"}).status_code == 403


@pytest.fixture
def many(desk, checker):
    """A full page of cases with messages, demand, proposals, conflicts and people."""
    cases = Case.objects.bulk_create(Case(desk=desk, title=f"Tin {n}", assignee=checker) for n in range(120))
    messages = Message.objects.bulk_create(
        Message(digest=f"m{n:063}", text=f"Tin {n}", case=cases[n % 120]) for n in range(360)
    )
    Demand.objects.bulk_create(Demand(message=one, day=timezone.localdate(), count=2) for one in messages)
    Match.objects.bulk_create(
        Match(message=one, case=cases[(n + 1) % 120], probability=0.5, band="maybe") for n, one in enumerate(messages)
    )
    Conflict.objects.bulk_create(Conflict(case=case, person=checker, reason="…") for case in cases[:30])


@pytest.mark.parametrize("query", [{}, {"tab": "all", "page": 2}, {"q": "tin", "sort": "asked"}, {"tab": "recheck"}])
def test_it_costs_the_same_queries_with_many_rows(query, desk, many, queue, django_assert_max_num_queries):
    queue(**query)
    with django_assert_max_num_queries(12):
        queue(**query)
