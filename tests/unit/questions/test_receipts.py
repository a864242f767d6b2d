import datetime as dt

import pytest
from django.utils import timezone, translation

from kiemtin.checks.actions.upsert_external_reviews import upsert_external_reviews
from kiemtin.checks.actions.withdraw_external_reviews import withdraw_external_reviews
from kiemtin.checks.enums import Nature
from kiemtin.checks.models import ExternalReview
from kiemtin.questions.actions.decide_match import decide_match
from kiemtin.questions.codes import shown_code
from kiemtin.questions.enums import CaseState, Decision
from kiemtin.questions.models import Case, Message, Request
from kiemtin.questions.receipts import Progress, Standing, request_of, status_of
from kiemtin.questions.refusals import UnknownCodeError
from tests.publishing import published, revise, withdraw


@pytest.fixture
def garlic(desk):
    return published("Ăn tỏi mỗi ngày thì khỏi cúm")


@pytest.fixture
def in_case(asking, desk):
    """A request whose message is in a case with these values."""

    def make(**fields):
        request = asking().request
        case = Case.objects.create(desk=desk, title="Một", **fields)
        Message.objects.filter(pk=request.message_id).update(case=case, settled=True)
        return request, case

    return make


def road(status):
    return [(step.standing.value, step.progress.value) for step in status.steps]


def test_a_code_is_found_however_it_is_typed(asking):
    request = asking().request
    assert request_of(f" {shown_code(request.code).lower()} ") == request
    for typed in ("", "AAAAA-AAAAA", "?"):
        with pytest.raises(UnknownCodeError):
            request_of(typed)


def test_received(asking):
    status = status_of(asking().request)
    assert status.standing is Standing.RECEIVED
    assert not status.standing.is_final
    assert road(status) == [
        ("received", "now"),
        ("at-desk", "to-come"),
        ("in-progress", "to-come"),
        ("in-review", "to-come"),
        ("answered", "to-come"),
    ]
    assert status.steps[0].at == status.request.at
    assert status.code == shown_code(status.request.code)


@pytest.mark.parametrize(
    ("fields", "standing", "done"),
    [
        ({}, Standing.AT_DESK, 1),
        ({"state": CaseState.IN_PROGRESS}, Standing.IN_PROGRESS, 2),
        ({"state": CaseState.IN_REVIEW, "nature": Nature.FACT}, Standing.IN_REVIEW, 3),
    ],
)
def test_at_the_desk(in_case, fields, standing, done):
    request, case = in_case(**fields)
    status = status_of(request)
    assert status.standing is standing
    progress = [step.progress for step in status.steps]
    assert progress == [Progress.DONE] * done + [Progress.NOW] + [Progress.TO_COME] * (4 - done)
    assert status.steps[1].at == case.opened
    assert (status.answer, status.explanation, status.public_reason) == (None, "", "")


def test_every_state_of_a_case_has_a_standing(in_case, garlic):
    fields = {
        CaseState.IN_REVIEW: {"nature": Nature.FACT},
        CaseState.PUBLISHED: {"nature": Nature.FACT, "fact_check": garlic},
        CaseState.NOT_CHECKABLE: {"nature": Nature.OPINION},
        CaseState.DECLINED: {"public_reason": "Quá cũ."},
    }
    for state in set(CaseState) - {CaseState.MERGED}:
        request, _ = in_case(state=state, **fields.get(state, {}))
        assert status_of(request).standing in Standing


def test_published(in_case, garlic):
    request, case = in_case(state=CaseState.PUBLISHED, nature=Nature.FACT, fact_check=garlic)
    status = status_of(request)
    assert (status.standing, status.answer.revision) == (Standing.ANSWERED, garlic.latest)
    assert road(status) == [("received", "done"), ("at-desk", "done"), ("answered", "done")]
    assert status.steps[-1].at == case.state_since
    assert status.standing.is_final
    assert not status.is_corrected


def test_published_with_another_publisher_s_review(in_case, review):
    upsert_external_reviews(reviews=[review(1)], by="test")
    external = ExternalReview.objects.get()
    request, _ = in_case(state=CaseState.PUBLISHED, nature=Nature.FACT, external_review=external)
    assert status_of(request).answer.external_review == external
    withdraw_external_reviews(keys=["r1"], by="test")
    status = status_of(request)
    assert (status.standing, status.answer, status.is_lost) == (Standing.AT_DESK, None, False)
    Request.objects.filter(pk=request.pk).update(shown_review=external)
    status = status_of(request)
    assert (status.standing, status.answer, status.is_lost) == (Standing.AT_DESK, None, True)
    Message.objects.update(case=None)
    status = status_of(request)
    assert (status.standing, status.withdrawn, status.is_lost) == (Standing.WITHDRAWN, None, False)


def test_the_answer_is_in_the_reader_s_language(in_case, desk):
    vi, en = published("Ăn tỏi", work="toi"), published("Eating garlic", work="toi", language="en")
    request, _ = in_case(state=CaseState.PUBLISHED, nature=Nature.FACT, fact_check=vi)
    assert status_of(request).answer.fact_check == en
    with translation.override("vi"):
        assert status_of(request).answer.fact_check == vi


def test_corrected_since_it_was_seen(asking, library, garlic):
    library.says("answer", garlic)
    request = asking().request
    assert not status_of(request).is_corrected
    revise(garlic, summary="Vẫn không đúng.", note="Sửa con số.")
    status = status_of(request)
    assert (status.is_corrected, [news.note for news in status.news]) == (True, ["Sửa con số."])
    assert status.answer.summary == "Vẫn không đúng."
    assert road(status) == [("received", "done"), ("answered", "done")]


def test_only_what_was_corrected_after_it_was_seen_is_news(asking, library, garlic):
    revise(garlic, note="Trước đó.")
    library.says("answer", garlic)
    request = asking().request
    revise(garlic, note="Sau đó.")
    assert [news.note for news in status_of(request).news] == ["Sau đó."]


def test_withdrawn_since_it_was_seen(asking, library, garlic):
    library.says("answer", garlic)
    request = asking().request
    withdraw(garlic, "Nguồn chính sai.")
    status = status_of(request)
    assert (status.standing, status.answer, status.withdrawn.note) == (Standing.WITHDRAWN, None, "Nguồn chính sai.")
    assert (status.news, status.choices) == ((), ())
    assert status.steps[-1].at == garlic.latest.at


def test_withdrawn_from_a_case(in_case, garlic):
    request, _ = in_case(state=CaseState.PUBLISHED, nature=Nature.FACT, fact_check=garlic)
    withdraw(garlic)
    assert status_of(request).withdrawn == garlic.latest


def test_not_checkable_is_explained_kindly(in_case):
    request, _ = in_case(state=CaseState.NOT_CHECKABLE, nature=Nature.OPINION)
    status = status_of(request)
    assert (status.standing, road(status)[-1]) == (Standing.NOT_CHECKABLE, ("not-checkable", "done"))
    assert "opinion" in status.explanation
    request, _ = in_case(state=CaseState.NOT_CHECKABLE, nature=Nature.SATIRE, nature_note="Đây là truyện cười.")
    assert status_of(request).explanation == "Đây là truyện cười."


def test_declined_says_why(in_case):
    request, _ = in_case(state=CaseState.DECLINED, public_reason="Quá cũ.")
    status = status_of(request)
    assert (status.standing, status.public_reason, status.explanation) == (Standing.DECLINED, "Quá cũ.", "")


def test_choices_stay_open_until_they_are_decided(asking, library, garlic, desk):
    other = published("Ăn hành mỗi ngày thì khỏi cúm")
    library.says("maybe", garlic, other, probability=[0.4, 0.3], guards=["numbers"])
    asked = asking()
    status = status_of(asked.request)
    assert (status.standing, status.guards) == (Standing.ASKED_BACK, ("numbers",))
    assert [choice.finding.fact_check for choice in status.choices] == [garlic, other]
    assert road(status)[:3] == [("received", "done"), ("asked-back", "now"), ("at-desk", "to-come")]
    decide_match(request=asked.request, match=asked.choices[0].match, decision=Decision.NO)
    assert [choice.finding.fact_check for choice in status_of(asked.request).choices] == [other]
    case = Case.objects.create(desk=desk, title="Một")
    Message.objects.update(case=case, settled=True)
    status = status_of(asked.request)
    assert (status.standing, len(status.choices)) == (Standing.AT_DESK, 1)
    decide_match(request=asked.request, match=asked.choices[1].match, decision=Decision.YES)
    status = status_of(asked.request)
    assert (status.standing, status.is_own_choice, status.choices) == (Standing.ANSWERED, True, ())
    assert status.answer.fact_check == other


def test_what_the_desk_says_comes_before_the_asker_s_own_choice(asking, library, garlic, desk):
    other = published("Ăn hành mỗi ngày thì khỏi cúm")
    library.says("maybe", garlic)
    asked = asking()
    decide_match(request=asked.request, match=asked.choices[0].match, decision=Decision.YES)
    case = Case.objects.create(desk=desk, title="Một", state=CaseState.PUBLISHED, nature=Nature.FACT, fact_check=other)
    Message.objects.update(case=case)
    assert status_of(asked.request).answer.fact_check == other


def test_a_merged_case_speaks_as_the_one_it_went_into(in_case, garlic, desk):
    home = Case.objects.create(desk=desk, title="Hai", state=CaseState.PUBLISHED, nature=Nature.FACT, fact_check=garlic)
    request, _ = in_case(state=CaseState.MERGED, merged_into=home)
    assert status_of(request).answer.fact_check == garlic


def test_nothing_of_another_asker_is_in_it(asking, in_case):
    request, case = in_case()
    other = asking("Tỏi thần kỳ chữa cúm của bà ngoại tôi kể")
    Message.objects.update(case=case)
    Case.objects.update(title="Tỏi thần kỳ chữa cúm của bà ngoại tôi kể")
    assert other.request.code not in repr(status_of(request))
    assert "bà ngoại" not in repr(status_of(request))


def test_the_time_at_the_desk_is_never_before_the_question(in_case):
    request, _ = in_case()
    Case.objects.update(opened=timezone.now() - dt.timedelta(days=3))
    assert status_of(request).steps[1].at == request.at


def test_the_queries_are_bounded(asking, library, garlic, review, django_assert_max_num_queries):
    upsert_external_reviews(reviews=[review(1)], by="test")
    library.says("maybe", garlic, ExternalReview.objects.get())
    request = asking().request
    with django_assert_max_num_queries(4):
        status_of(request)
    assert Request.objects.get().shown is None
