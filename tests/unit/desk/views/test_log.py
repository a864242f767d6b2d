import pytest

from kiemtin.audit.pulse import beat
from kiemtin.audit.record import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(desk):
    return f"/en/desk/{desk.slug}/log/"


@pytest.fixture
def client(sign_in, administrator):
    return sign_in(administrator)


@pytest.fixture
def happen(desk):
    def go(by="worker", verb="case.assigned", object_type="case", object_id="7", **detail):
        return record(
            by=by, verb=verb, object_type=object_type, object_id=object_id, detail={"desk": desk.slug} | detail
        )

    return go


def test_it_says_who_did_what_to_what(client, at, happen, checker, editor):
    happen(by=checker.actor, verb="case.declined")
    happen(verb="people.changed", by=editor.actor, object_type="person", object_id=str(checker.pk), what="removed")
    page = client.get(at).content.decode()
    for text in ("Lan Phạm", "declined a case", "number 7", "Hà Trần", "took a person out of the desk (", "Lan Phạm"):
        assert text.split(" (")[0] in page


def test_other_desks_stay_out_of_it(client, at, other_desk):
    record(by="worker", verb="case.declined", detail={"desk": other_desk.slug})
    record(by="worker", verb="case.declined")
    assert "declined a case" not in client.get(at).content.decode()


def test_it_is_narrowed_to_a_kind_and_a_person(client, at, happen, checker):
    happen(by=checker.actor, verb="check.edited")
    happen(verb="page.written", object_type="page")
    happen(verb="invitation.accepted", object_type="invitation")
    by_kind = {kind: client.get(at, {"kind": kind}).content.decode() for kind in ("check", "page", "people", "bad")}
    words = {"check": "edited a fact-check", "page": "wrote a page of the desk", "people": "accepted an invitation"}
    for kind, word in words.items():
        assert word in by_kind[kind]
        assert word in by_kind["bad"]
        assert not any(other in by_kind[kind] for other in words.values() if other != word)
    mine = client.get(at, {"person": checker.pk}).content.decode()
    assert "edited a fact-check" in mine
    assert "wrote a page of the desk" not in mine


def test_its_pages_follow_one_another_and_keep_the_filter(client, at, happen):
    for number in range(60):
        happen(object_id=str(number))
    first = client.get(at, {"kind": "case"})
    assert [line.event.object_id for line in first.context["lines"]] == [str(n) for n in range(59, 9, -1)]
    assert "kind=case" in first.context["older"]
    second = client.get(at + first.context["older"])
    assert [line.event.object_id for line in second.context["lines"]] == [str(n) for n in range(9, -1, -1)]
    assert second.context["older"] == ""


@pytest.mark.parametrize("query", ["?before=x", "?person=x", "?before=-1", "?before=99999999999999999999", "?person=²"])
def test_wrong_numbers_are_passed_over(client, at, query):
    assert client.get(at + query).status_code == 200


def test_its_queries_do_not_grow(client, at, happen, member, desk, django_assert_max_num_queries):
    for number in range(40):
        happen(by=member(f"Người {number}", "checker", desk).actor)
    with django_assert_max_num_queries(8):
        client.get(at)


def test_administrators_see_that_the_worker_is_missing(client, at):
    assert "The worker is not running" in client.get(at).content.decode()
    beat(worker="a")
    assert "The worker is not running" not in client.get(at).content.decode()
