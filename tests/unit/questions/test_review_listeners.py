from contextlib import nullcontext

import pytest
from django.db import transaction

from kiemtin.audit.models import Event
from kiemtin.checks.actions.restore_external_reviews import restore_external_reviews
from kiemtin.checks.actions.upsert_external_reviews import upsert_external_reviews
from kiemtin.checks.actions.withdraw_external_reviews import withdraw_external_reviews
from kiemtin.checks.enums import Nature
from kiemtin.checks.models import ExternalReview
from kiemtin.questions.actions.answer_with_review import answer_with_review
from kiemtin.questions.actions.deliver import deliver
from kiemtin.questions.actions.retry_reply import desk_of
from kiemtin.questions.actions.start_draft import start_draft
from kiemtin.questions.enums import CaseState, ReplyKind, ReplyState
from kiemtin.questions.models import Reply
from kiemtin.questions.secrets import seal
from tests.unit.questions.making import make_case, make_message, make_request

pytestmark = pytest.mark.django_db


class Carrier:
    def __init__(self):
        self.told = []

    def hand_over(self, address, telling):
        self.told.append((telling.kind, telling.external_review.rating))
        return nullcontext()


@pytest.fixture
def stored(review):
    upsert_external_reviews(reviews=[review(1, rating="Sai"), review(2)], by="test")
    return ExternalReview.objects.get(key="r1")


@pytest.fixture
def shown(stored):
    """One who was shown it at once and left an address, and one who asked something else."""
    message = make_message(requests=0)
    make_request(make_message(requests=0), shown_review=ExternalReview.objects.get(key="r2"))
    return make_request(message, shown_review=stored)


def queued():
    rows = Reply.objects.filter(state=ReplyState.QUEUED).order_by("pk")
    return list(rows.values_list("request", "kind", "external_review__key"))


def change(review, **fields):
    upsert_external_reviews(reviews=[review(1, **({"rating": "Đúng"} | fields))], by="test")


def test_who_was_shown_a_review_is_told_that_its_publisher_changed_it(shown, review):
    change(review)
    assert queued() == [(shown.pk, ReplyKind.CORRECTION, "r1")]
    change(review, rating="Một nửa")
    assert len(queued()) == 1, "what still waits goes out as it is then"


def test_what_an_asker_does_not_see_is_nothing_to_be_told_of(shown, review):
    change(review, rating="Sai", licence="CC0", wordings=("khác",))
    assert queued() == []


def test_who_left_no_address_is_told_on_the_page_only(stored, review):
    make_request(make_message(requests=0), address=False, shown_review=stored)
    change(review)
    assert queued() == []
    stored.refresh_from_db()
    assert (stored.rating_before, bool(stored.reworded)) == ("Sai", True)


def test_who_was_shown_a_review_is_told_that_it_was_withdrawn(shown):
    withdraw_external_reviews(keys=["r1"], by="test")
    assert queued() == [(shown.pk, ReplyKind.WITHDRAWAL, "r1")]


def test_a_change_that_waits_is_overtaken_by_a_withdrawal(shown, review):
    change(review)
    withdraw_external_reviews(keys=["r1"], by="test")
    assert queued() == [(shown.pk, ReplyKind.WITHDRAWAL, "r1")]


def test_what_is_back_is_told_of_and_the_withdrawal_that_waits_is_called_off(shown):
    withdraw_external_reviews(keys=["r1"], by="test")
    restore_external_reviews(keys=["r1"], by="test")
    carrier = Carrier()
    _reachable(shown)
    deliver(channels={"mail": carrier})
    assert carrier.told == [(ReplyKind.CORRECTION, "Sai")]


def test_they_are_delivered(shown, review):
    _reachable(shown)
    carrier = Carrier()
    change(review)
    deliver(channels={"mail": carrier})
    withdraw_external_reviews(keys=["r1"], by="test")
    deliver(channels={"mail": carrier})
    assert carrier.told == [(ReplyKind.CORRECTION, "Đúng"), (ReplyKind.WITHDRAWAL, "Đúng")]


def _reachable(request):
    request.reply_address.secret = seal("hoi@example.org")
    request.reply_address.save()
    Reply.objects.exclude(request=request).update(state=ReplyState.CANCELLED)


def test_all_of_a_case_that_was_answered_with_it_are_told(desk, editor, stored):
    case = make_case(desk, requests=2, nature=Nature.FACT)
    answer_with_review(case=case, external_review=stored, by=editor)
    withdraw_external_reviews(keys=["r1"], by="test")
    assert [kind for _, kind, _ in queued()] == [ReplyKind.WITHDRAWAL] * 2
    assert Reply.objects.filter(kind=ReplyKind.ANSWER, state=ReplyState.SUPERSEDED).count() == 2


def test_a_case_that_was_answered_with_it_is_open_again(desk, editor, stored):
    case = make_case(desk, requests=1, nature=Nature.FACT)
    other = make_case(desk, requests=1, nature=Nature.FACT)
    answer_with_review(case=case, external_review=stored, by=editor)
    answer_with_review(case=other, external_review=ExternalReview.objects.get(key="r2"), by=editor)
    withdraw_external_reviews(keys=["r1"], by="worker")
    case.refresh_from_db()
    other.refresh_from_db()
    assert (case.state, case.external_review, other.state) == (CaseState.OPEN, stored, CaseState.PUBLISHED)
    assert Event.objects.get(verb="case.answer-withdrawn").object_id == str(case.pk)
    start_draft(case=case, by=editor)
    case.refresh_from_db()
    assert (case.state, case.external_review_id) == (CaseState.IN_PROGRESS, None), "it would bar the publication"


def test_an_answer_that_waits_goes_out_as_it_is_and_is_not_corrected_before(desk, editor, stored, review):
    case = make_case(desk, requests=1, nature=Nature.FACT)
    answer_with_review(case=case, external_review=stored, by=editor)
    change(review)
    assert [kind for _, kind, _ in queued()] == [ReplyKind.ANSWER]


def test_nobody_is_told_where_the_change_was_undone(shown, review):
    with transaction.atomic():
        change(review)
        assert queued()
        transaction.set_rollback(True)
    assert queued() == []


def test_what_went_without_a_case_belongs_to_the_desk_that_takes_in_the_questions(shown, desk, review):
    change(review)
    assert desk_of(Reply.objects.get()) == desk


def test_many_changes_that_nobody_was_given_cost_one_look(review, django_assert_max_num_queries):
    upsert_external_reviews(reviews=[review(number) for number in range(300)], by="test")
    many = [review(number, rating="Khác") for number in range(300)]
    with django_assert_max_num_queries(20):
        upsert_external_reviews(reviews=many, by="test")
