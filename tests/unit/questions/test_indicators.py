import datetime as dt

import pytest
from django.db import connection

from kiemtin.checks.enums import Nature
from kiemtin.matching.searching import Search
from kiemtin.questions import indicators as module
from kiemtin.questions.actions.decide_match import decide_match
from kiemtin.questions.actions.decide_proposal import decide_proposal
from kiemtin.questions.actions.settle import Settled, settle
from kiemtin.questions.enums import Answered, CaseState, Decision
from kiemtin.questions.indicators import cases_sharing, counted_of, shared_with
from kiemtin.questions.models import Case, Indicator, Match, Message, Sighting
from kiemtin.questions.shelf import MESSAGES
from tests.unit.questions.making import make_review, publish_case

PRIZE = "Chúc mừng bạn trúng xe máy, vào vietc0mbank[.]xyz/nhan-qua điền thông tin, gọi 0988 123 456 để được hướng dẫn"
LOAN = "Cho vay không thế chấp giải ngân năm phút, alo +84988123456 gặp nhân viên tư vấn"
OTHER = "Tuyển cộng tác viên chốt đơn tại nhà lương cao, liên hệ 0911 222 333"


@pytest.fixture
def worker(desk):
    messages = Search(MESSAGES, use_encoder=False)
    return lambda: settle(messages=messages)


def test_they_are_counted_with_each_asker_and_not_with_a_second_question(asking, desk):
    message = asking(PRIZE, asker="one").message
    asking(PRIZE, asker="one")
    asking(PRIZE, asker="two")
    assert set(Sighting.objects.values_list("indicator__kind", "asked")) == {("domain", 2), ("phone", 2)}
    assert message.text.count("[phone]") == 1


def test_nothing_of_a_number_but_its_end_is_stored(asking, desk, data):
    asking(PRIZE)
    row = Indicator.objects.get(kind="phone")
    assert (row.shown, len(row.digest)) == ("…456", 64)
    digest = row.digest
    Indicator.objects.all().delete()
    (data / "indicator-key").unlink()
    asking(f"{PRIZE} nhé")
    assert Indicator.objects.get(kind="phone").digest != digest


def test_messages_that_differ_only_in_a_number_are_one_with_two_indicators(asking, desk):
    one = asking(LOAN).message
    two = asking(LOAN.replace("+84988123456", "0977 555 444")).message
    assert one == two
    assert sorted(Sighting.objects.values_list("indicator__shown", "asked")) == [("…444", 1), ("…456", 1)]


def test_a_copy_in_other_words_is_proposed_and_never_joined(asking, worker, desk, checker):
    first, second, third = (asking(text).message for text in (PRIZE, LOAN, OTHER))
    assert worker() == Settled(opened=3, proposed=1)
    for message in (first, second, third):
        message.refresh_from_db()
    match = Match.objects.get(by_indicator=True)
    assert (match.message, match.case, match.probability) == (second, first.case, 0.0)
    assert len({first.case_id, second.case_id, third.case_id}) == 3
    decide_proposal(match=match, by=checker, yes=True)
    second.refresh_from_db()
    assert second.case == first.case


def test_what_the_desk_said_no_to_is_not_proposed_again(asking, worker, desk, checker):
    first, second = asking(PRIZE).message, asking(LOAN).message
    worker()
    match = decide_proposal(match=Match.objects.get(by_indicator=True), by=checker, yes=False)
    Message.objects.filter(pk=second.pk).update(case=None, settled=False)
    assert worker() == Settled(opened=1)
    match.refresh_from_db()
    assert match.decision == Decision.NO
    assert Match.objects.filter(message=second, case=Message.objects.get(pk=first.pk).case).count() == 1


def test_words_and_indicator_together_are_one_proposal(asking, worker, desk):
    first = asking(PRIZE).message
    worker()
    first.refresh_from_db()
    Case.objects.filter(pk=first.case_id).update(state=CaseState.DECLINED, public_reason="Ngoài phạm vi.")
    copy = asking(f"Ai biết cái này không: {PRIZE}").message  # so near that only the state of the case keeps it out
    worker()
    row = Match.objects.get(message=copy, case=first.case)
    assert (row.by_indicator, row.probability > 0.5) == (True, True)


@pytest.mark.parametrize("answered_with", ["check", "review"])
def test_what_is_published_on_a_copy_is_asked_back_about_and_never_the_answer(
    asking, library, worker, desk, checker, editor, ready_pages, answered_with
):
    asking(PRIZE)
    worker()
    case = Case.objects.get()
    if answered_with == "check":
        publish_case(case, author=checker, editor=editor)
    else:
        review = make_review()
        Case.objects.filter(pk=case.pk).update(state=CaseState.PUBLISHED, nature=Nature.FACT, external_review=review)
    asked = asking(LOAN)
    assert asked.band is Answered.MAYBE
    choice = asked.choices[0]
    assert (choice.match.by_indicator, choice.match.probability) == (True, 0.0)
    assert asked.request.shown is None
    again = asking(LOAN)  # from what is stored
    assert (again.band, [one.match.pk for one in again.choices]) == (Answered.MAYBE, [choice.match.pk])
    decide_match(request=again.request, match=choice.match, decision=Decision.YES)
    assert asking(OTHER).band is Answered.NONE


def test_what_it_was_found_for_by_words_comes_after_or_stays_with_the_desk(
    asking, library, worker, desk, checker, editor, ready_pages
):
    asking(PRIZE)
    worker()
    case = Case.objects.get()
    publish_case(case, author=checker, editor=editor)
    case.refresh_from_db()
    far, near = make_review(claim="Chuyện khác"), make_review(claim="Gần hơn")
    library.says("none", far, probability=0.2)
    asked = asking(LOAN)
    assert [one.match.fact_check for one in asked.choices] == [case.fact_check]
    assert Match.objects.filter(external_review=far, message=asked.message, rank__gte=3).exists()
    library.says("maybe", near, case.fact_check, probability=0.4)
    asked = asking(f"{LOAN} nhanh")
    assert [(one.match.fact_check, one.match.by_indicator) for one in asked.choices] == [
        (case.fact_check, True),
        (None, False),
    ]
    library.says("answer", near)
    asked = asking(f"{LOAN} ngay")
    assert (asked.band, asked.answers[0].external_review) == (Answered.ANSWER, near)


@pytest.mark.parametrize("how", ["at once", "by their own word"])
def test_what_answered_a_copy_without_a_case_is_asked_back_about(asking, library, desk, how):
    review = make_review()
    library.says("answer" if how == "at once" else "maybe", review)
    asked = asking(PRIZE)
    if how != "at once":
        decide_match(request=asked.request, match=asked.choices[0].match, decision=Decision.YES)
    library.says("none")
    asked = asking(LOAN)
    assert (asked.band, asked.answers[0].external_review) == (Answered.MAYBE, review)
    assert asking(OTHER).band is Answered.NONE


def test_all_that_is_published_on_copies_is_asked_back_about(asking, worker, desk, checker, editor, ready_pages):
    asking(PRIZE)
    asking(f"{OTHER}, hoặc 0988123456")
    worker()
    for case in Case.objects.all():
        publish_case(case, author=checker, editor=editor)
    assert len(asking(LOAN).choices) == 2


def test_a_known_message_with_another_number_is_looked_at_again(
    asking, library, worker, desk, checker, editor, ready_pages
):
    asking(OTHER.replace("0911 222 333", "0977 555 444"))
    worker()
    asking(PRIZE)
    worker()
    publish_case(Case.objects.get(messages__text__contains="xe máy"), author=checker, editor=editor)
    assert asking(OTHER).band is Answered.NONE
    assert asking(OTHER.replace("0911 222 333", "0988 123 456")).band is Answered.MAYBE


def test_what_stands_in_too_many_cases_links_nothing(asking, worker, desk, monkeypatch):
    first = asking(PRIZE).message
    worker()
    asking(LOAN)
    worker()
    first.refresh_from_db()
    assert cases_sharing(first)
    monkeypatch.setattr(module, "MOST_CASES", 1)
    assert cases_sharing(first) == []


def test_a_case_shows_how_often_each_was_asked_about_anywhere(asking, worker, desk, django_assert_num_queries):
    first = asking(PRIZE).message
    asking(PRIZE)
    second = asking(LOAN).message
    worker()
    first.refresh_from_db(), second.refresh_from_db()
    Sighting.objects.filter(message=first).update(first=dt.date(2024, 1, 2))
    case = first.case
    with django_assert_num_queries(3):
        found = counted_of(case)
    told = [(one.indicator.kind, one.asked, one.since, one.others) for one in found]
    assert told == [
        ("phone", 3, dt.date(2024, 1, 2), (second.case_id,)),
        ("domain", 2, dt.date(2024, 1, 2), ()),
    ]
    assert {pk: [str(one) for one in rows] for pk, rows in shared_with(first.case, [second.case_id]).items()} == {
        second.case_id: ["phone: …456"]
    }


def test_no_column_says_who(db):
    with connection.cursor() as cursor:
        for table, columns in (
            ("questions_indicator", {"id", "kind", "digest", "shown"}),
            ("questions_sighting", {"id", "message_id", "indicator_id", "asked", "first", "last"}),
        ):
            found = connection.introspection.get_table_description(cursor, table)
            assert {column.name for column in found} == columns
