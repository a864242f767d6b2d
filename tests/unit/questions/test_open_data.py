import pytest

from kiemtin.checks.models import FactCheck
from kiemtin.questions.enums import CaseState, Decider, Decision
from kiemtin.questions.models import Case, Match, Message
from kiemtin.questions.open_data import case_counts, cases, matches, messages
from tests.unit.questions.making import case_in, make_case, make_message, make_review, publish_check

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", CaseState.values)
def test_only_closed_cases_say_more_than_counts_and_days(desk, checker, editor, ready_pages, state):
    case = case_in(CaseState(state), desk, author=checker, editor=editor)
    Case.objects.filter(pk=case.pk).update(language="vi")
    row = next(row for row in cases() if row.id == case.pk)
    is_closed = state in {"published", "not-checkable", "declined"}
    assert (row.language, bool(row.nature)) == (("vi", state != "declined") if is_closed else ("", False))
    assert bool(row.public_reason) == (state == "declined")
    assert bool(row.check_id) == (state == "published")
    assert bool(row.merged_into) == (state == "merged")


def test_no_title_is_given_for_it_may_be_a_text_that_nobody_gave(desk):
    make_case(desk, title="Tin nhắn của bà Tám")
    assert "Tám" not in str(list(cases()))


def test_cases_are_counted_by_desk(desk):
    for state in (CaseState.OPEN, CaseState.IN_REVIEW):
        make_case(desk, state=state, nature="fact")
    make_case(desk, state=CaseState.DECLINED, public_reason="Ngoài phạm vi.")
    assert case_counts() == {desk.pk: (2, 1)}


def test_only_texts_that_somebody_agreed_to(desk):
    given, kept = make_message(text="Cho"), make_message(text="Không cho")
    Message.objects.filter(pk=given.pk).update(agreed=1)
    assert [row.text for row in messages()] == ["Cho"]
    assert kept.agreed == 0


def decided(message, **fields):
    given = {"probability": 0.5, "band": "maybe", "decision": Decision.YES, "decider": Decider.ASKER, "passage": "đoạn"}
    return Match.objects.create(message=message, **(given | fields))


def test_a_decision_on_a_text_that_was_not_given_names_no_message_and_no_passage():
    given, kept = make_message(), make_message()
    Message.objects.filter(pk=given.pk).update(agreed=2)
    review = make_review()
    decided(given, external_review=review)
    decided(kept, external_review=review)
    decided(kept, external_review=make_review(), decision=Decision.OPEN)
    assert [(row.message_id, row.passage) for row in matches()] == [(given.pk, "đoạn"), (None, "")]
    assert {(row.target, row.review_url, row.review_publisher) for row in matches()} == {
        ("review", review.url, "Báo Kiểm")
    }


def test_nothing_is_said_of_a_check_that_has_no_page(desk, checker, editor, ready_pages):
    public = publish_check(desk, author=checker, editor=editor).fact_check
    draft = FactCheck.objects.create(desk=desk)
    message = make_message()
    decided(message, fact_check=draft)
    decided(message, fact_check=public)
    assert [(row.target, row.check_id) for row in matches()] == [("check", public.pk)]


def test_an_address_that_no_browser_may_follow_is_left_out():
    decided(make_message(), external_review=make_review(url="javascript:alert(1)"))
    assert [row.review_url for row in matches()] == [""]


def test_the_number_of_queries_does_not_grow(desk, django_assert_num_queries):
    review = make_review()
    for _ in range(5):
        message = make_message(make_case(desk, messages=0))
        Message.objects.update(agreed=1)
        decided(message, external_review=review)
    for rows in (cases, messages, matches):
        with django_assert_num_queries(1):
            assert len(list(rows())) == 5
