import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from kiemtin.audit.models import Event
from kiemtin.audit.pulse import beat
from kiemtin.audit.record import record
from kiemtin.desk.forms.log import LogFilter

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def at(desk):
    return f"/en/desk/{desk.slug}/log/"


@pytest.fixture
def client(sign_in, administrator):
    return sign_in(administrator)


@pytest.fixture
def happen(desk):
    """Record something at the desk; `days` ago if a test says so."""

    def go(by="worker", verb="case.assigned", object_type="case", object_id="7", desk=desk.slug, days=0, **detail):
        given = {"actor": by, "verb": verb, "object_type": object_type, "object_id": object_id, "detail": detail}
        return Event.objects.create(at=timezone.now() - days * DAY, desk=desk, **given)

    return go


def shown(client, at, **query):
    """The events of the page, as verb and number."""
    page = client.get(at, query)
    assert page.status_code == 200
    return [(line.event.verb, line.event.object_id) for line in page.context["lines"]]


def test_it_says_who_did_what_to_what(client, at, happen, checker, editor):
    happen(by=checker.actor, verb="case.declined")
    happen(verb="people.changed", by=editor.actor, object_type="person", object_id=str(checker.pk), what="removed")
    happen(by=editor.actor, verb="case.assigned", to=checker.actor)
    happen(verb="person.signed-in", by=editor.actor, object_type="person", object_id=str(editor.pk))
    lines = [(one.who, one.what, one.more) for one in client.get(at).context["lines"]]
    assert lines == [
        ("Hà Trần", "signed in", ""),
        ("Hà Trần", "assigned a case", "Lan Phạm · number 7"),
        ("Hà Trần", "took a person out of the desk", "Lan Phạm"),
        ("Lan Phạm", "declined a case", "number 7"),
    ]


def test_other_desks_stay_out_of_it_whatever_is_asked_for(client, at, other_desk, outsider):
    record(by=outsider.actor, verb="case.declined", desk=other_desk.slug, object_type="case", object_id="9")
    queries = (
        {},
        {"where": "installation"},
        {"where": other_desk.slug},
        {"who": outsider.actor},
        {"number": "9"},
        {"kind": "case"},
        {"desk": other_desk.slug},
    )
    for query in queries:
        assert ("case.declined", "9") not in shown(client, at, **query)
    table = client.post(f"{at}csv/", {"where": other_desk.slug, "who": outsider.actor})
    assert "case.declined" not in b"".join(table.streaming_content).decode()


def test_what_concerns_the_installation_is_a_word_away(client, at):
    record(by="command-line", verb="backup.made", desk="", object_type="backup")
    assert shown(client, at) == []
    assert shown(client, at, where="installation") == [("backup.made", "")]


def test_it_is_narrowed_to_a_kind(client, at, happen):
    happen(verb="check.edited")
    happen(verb="page.written", object_type="page")
    happen(verb="invitation.accepted", object_type="invitation")
    happen(verb="match.decided")
    for kind, verb in {
        "check": "check.edited",
        "page": "page.written",
        "people": "invitation.accepted",
        "case": "match.decided",
    }.items():
        assert [found for found, _ in shown(client, at, kind=kind)] == [verb]
    assert len(shown(client, at, kind="bad")) == 4


def test_to_a_person_with_what_was_done_to_their_account(client, at, happen, checker, editor):
    happen(by=checker.actor, object_id="1")
    happen(by="web", verb="person.locked-out", object_type="person", object_id=str(checker.pk))
    happen(by=editor.actor, object_type="case", object_id=str(checker.pk))
    assert [verb for verb, _ in shown(client, at, who=checker.actor)] == ["person.locked-out", "case.assigned"]
    assert len(shown(client, at, who="user-0")) == 3


def test_also_to_one_who_has_left_to_a_token_and_to_the_program(client, at, happen, desk, checker, administrator):
    happen(by=checker.actor, object_id="1")
    happen(by=administrator.actor, verb="people.changed", object_type="person", object_id=str(checker.pk))
    happen(object_id="2")
    token = desk.api_tokens.create(name="Bot", digest="d", made_by=administrator, expires=timezone.now())
    happen(by=token.actor, verb="page-markup.created", object_type="page", object_id="3")
    checker.memberships.all().delete()
    choices = dict(client.get(at).context["filter"].fields["who"].choices)
    assert choices[checker.actor] == "Lan Phạm"
    assert shown(client, at, who=checker.actor)[-1] == ("case.assigned", "1")
    assert shown(client, at, who="worker") == [("case.assigned", "2")]
    assert shown(client, at, who=token.actor) == [("page-markup.created", "3")]


@pytest.mark.parametrize("number", ["7", "#7", " # 7 "])
def test_to_one_thing_by_its_number(client, at, happen, number):
    happen(object_id="7")
    happen(object_id="17")
    happen(object_type="fact-check", verb="check.edited", object_id="7")
    assert len(shown(client, at, number=number)) == 2
    assert shown(client, at, number=number, kind="case") == [("case.assigned", "7")]
    assert shown(client, at, number=number, kind="check") == [("check.edited", "7")]


def test_to_a_time_with_its_first_and_last_day(client, at, happen):
    for days in (3, 2, 1, 0):
        happen(days=days, object_id=str(days))
    day = [(timezone.localdate() - days * DAY).isoformat() for days in range(4)]
    assert [n for _, n in shown(client, at, since=day[2], until=day[1])] == ["1", "2"]
    assert [n for _, n in shown(client, at, since=day[1])] == ["0", "1"]
    assert [n for _, n in shown(client, at, until=day[3])] == ["3"]


def test_its_pages_follow_one_another_and_keep_the_filter(client, at, happen):
    for number in range(60):
        happen(object_id=str(number))
    first = client.get(at, {"kind": "case"})
    assert [line.event.object_id for line in first.context["lines"]] == [str(n) for n in range(59, 9, -1)]
    assert "kind=case" in first.context["older"]
    second = client.get(at + first.context["older"])
    assert [line.event.object_id for line in second.context["lines"]] == [str(n) for n in range(9, -1, -1)]
    assert second.context["older"] == ""
    assert client.get(at + second.context["newest"]).context["is_first"]


WRONG = ["?before=x", "?who=x", "?before=-1", "?before=99999999999999999999", "?number=²", "?since=x", "?where=y"]


@pytest.mark.parametrize("query", WRONG)
def test_what_cannot_be_read_filters_nothing(client, at, happen, query):
    happen()
    assert len(client.get(at + query).context["lines"]) == 1


def test_its_queries_do_not_grow(client, at, happen, member, desk, django_assert_max_num_queries):
    for number in range(40):
        happen(by=member(f"Người {number}", "checker", desk).actor)
    with django_assert_max_num_queries(14):
        client.get(at)


def test_administrators_see_that_the_worker_is_missing(client, at):
    assert "The worker is not running" in client.get(at).content.decode()
    beat(worker="a")
    assert "The worker is not running" not in client.get(at).content.decode()


def test_it_speaks_both_languages(client, at, happen):
    happen(verb="person.signed-in", object_type="person")
    english = client.get(at).content.decode()
    assert "signed in" in english
    with translation.override("vi"):
        assert client.get(at.removeprefix("/en")).status_code == 200


# As a table


@pytest.fixture
def table(client, at):
    def take(**query):
        answer = client.post(f"{at}csv/", query)
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        return answer, list(csv.DictReader(io.StringIO(text)))

    return take


def test_all_that_fits_comes_as_a_table(table, happen, checker, desk):
    for number in range(1_200):
        happen(by=checker.actor, object_id=str(number))
    happen(verb="page.written")
    answer, rows = table(kind="case")
    assert [row["number"] for row in rows] == [str(n) for n in range(1_199, -1, -1)]
    assert rows[0] | {"time": ""} == {
        "time": "",
        "who": "Lan Phạm",
        "what": "assigned a case",
        "about": "number 1199",
        "actor": checker.actor,
        "verb": "case.assigned",
        "object": "case",
        "number": "1199",
        "detail": "",
    }
    assert f"log-{desk.slug}-" in answer["Content-Disposition"]


def test_that_somebody_took_it_stands_in_the_log(table, administrator, desk):
    table()
    event = Event.objects.get()
    assert (event.verb, event.actor, event.desk) == ("log.downloaded", administrator.actor, desk.slug)


def test_no_cell_is_worked_out_by_a_spreadsheet(table, happen, checker):
    checker.name = "=HYPERLINK(1)"
    checker.save()
    happen(by=checker.actor)
    assert table()[1][-1]["who"] == "'=HYPERLINK(1)"


# Speed: the log only grows


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("", "audit_event_desk "),
        ("kind=case", "audit_event_desk "),
        ("kind=page", "audit_event_desk_verb "),
        ("kind=case&number=7", "audit_event_object "),
        ("since=2026-01-01&until=2026-01-02", "audit_event_desk_at "),
    ],
)
def test_each_search_goes_by_an_index_that_leads_to_few(desk, query, index):
    plan = LogFilter(QueryDict(query), desk=desk).events()[:51].explain()
    assert index in plan


def test_whom_it_can_be_narrowed_to_is_told_without_going_through_all_of_it(desk, administrator):
    """A DISTINCT over the events of the desk took seconds with 300,000 of them."""
    with CaptureQueriesContext(connection) as queries:
        LogFilter(QueryDict(""), desk=desk)
    asked = [query["sql"] for query in queries if "audit_event" in query["sql"]]
    assert len(asked) == 1
    assert "DISTINCT" not in asked[0]
