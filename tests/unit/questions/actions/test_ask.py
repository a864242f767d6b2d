import datetime as dt

import pytest
from django.utils import timezone

from kiemtin.checks.actions.upsert_external_reviews import upsert_external_reviews
from kiemtin.checks.actions.withdraw_external_reviews import withdraw_external_reviews
from kiemtin.checks.enums import Nature
from kiemtin.checks.models import ExternalReview, Wording
from kiemtin.questions import limits
from kiemtin.questions.actions.ask import TIME_TO_CHOOSE
from kiemtin.questions.codes import parse_code
from kiemtin.questions.demand import value_now
from kiemtin.questions.enums import Answered, CaseState, Decider, Decision
from kiemtin.questions.models import Case, CheckDemand, Demand, Match, Message, ReplyAddress, Request
from kiemtin.questions.refusals import RefusalError
from tests.publishing import published, revise, withdraw


@pytest.fixture
def garlic(desk):
    return published("Ăn tỏi mỗi ngày thì khỏi cúm")


@pytest.fixture
def leaf(desk):
    return published("Uống nước lá đu đủ thì khỏi ung thư")


@pytest.fixture
def external(data, db, review):
    def make(number=1, **fields):
        upsert_external_reviews(reviews=[review(number, **fields)], by="test")
        return ExternalReview.objects.get(key=f"r{number}")

    return make


def put_in(message, **fields):
    """Put a message into a case of its own."""
    given = {"title": "Một"} | fields
    case = Case.objects.create(desk_id=1, **given) if "desk" not in fields else Case.objects.create(**given)
    message.case, message.settled = case, True
    message.save()
    return case


def test_nothing_fits(asking, library):
    asked = asking()
    assert (asked.band, asked.answers, asked.choices, asked.is_repeat) == (Answered.NONE, (), (), False)
    message = Message.objects.get()
    assert (message.band, message.matched_seq, message.asked, message.settled) == (
        Answered.NONE,
        library.mark,
        1,
        False,
    )
    assert message.due <= timezone.now()
    assert parse_code(asked.request.code) == asked.request.code
    assert (asked.request.channel, asked.request.language, asked.request.shown) == ("web", "en", None)
    assert value_now(message.heat) == pytest.approx(1, rel=1e-3)
    assert Demand.objects.get().count == 1


def test_a_sure_answer_is_given_at_once_and_needs_no_case(asking, library, garlic):
    library.says("answer", garlic)
    asked = asking()
    assert asked.band is Answered.ANSWER
    assert [finding.fact_check for finding in asked.answers] == [garlic]
    assert asked.message.settled
    assert asked.request.shown == garlic.latest
    assert CheckDemand.objects.get().count == 1
    match = Match.objects.get()
    assert (match.fact_check, match.rank, match.band, match.decision) == (garlic, 0, "answer", Decision.OPEN)


def test_an_answer_of_another_publisher(asking, library, external):
    library.says("answer", external())
    asked = asking()
    assert asked.request.shown_review == external()
    assert asked.request.shown is None
    assert asked.message.settled
    assert not CheckDemand.objects.exists()


def test_perhaps_asks_back_about_what_is_near(asking, library, garlic, leaf, external):
    library.says("maybe", garlic, leaf, external(), probability=[0.4, 0.04, 0.06], guards=["numbers"])
    asked = asking()
    assert asked.band is Answered.MAYBE
    assert [choice.finding.key for choice in asked.choices] == [f"check:{garlic.pk}", "r1"]
    assert asked.answers == tuple(choice.finding for choice in asked.choices)
    assert asked.guards == ("numbers",)
    assert asked.request.shown is None
    assert not asked.message.settled
    assert TIME_TO_CHOOSE / 2 < asked.message.due - timezone.now() <= TIME_TO_CHOOSE
    assert Match.objects.count() == 3


def test_only_masked_text_is_asked_matched_and_stored(asking, library):
    asked = asking("Gọi 0988 123 456 để nhận quà của ngân hàng")
    assert asked.message.text == "Gọi [phone] để nhận quà của ngân hàng"
    assert library.asked == ["Gọi   để nhận quà của ngân hàng"]


def test_what_is_refused_leaves_nothing(asking):
    with pytest.raises(RefusalError):
        asking(" ")
    assert not Message.objects.exists()
    assert not Request.objects.exists()


def test_the_same_asker_gets_the_same_receipt_and_counts_once(asking, library, garlic):
    library.says("answer", garlic)
    first, again = asking(asker="a"), asking("  ĂN TỎI mỗi ngày\nthì khỏi cúm phải không mọi người ", asker="a")
    assert (first.is_repeat, again.is_repeat) == (False, True)
    assert again.request == first.request
    assert (again.message.asked, CheckDemand.objects.get().count, Demand.objects.get().count) == (1, 1, 1)
    other = asking(asker="b")
    assert other.request.code != first.request.code
    assert (other.message.asked, CheckDemand.objects.get().count, Demand.objects.get().count) == (2, 2, 2)
    assert Message.objects.count() == 1


def test_what_somebody_left_is_not_shown_to_the_next_behind_the_same_address(asking, library, garlic):
    library.says("answer", garlic)
    first = asking(asker="a").request
    ReplyAddress.objects.create(request=first, secret=b"x", digest="d")
    second = asking(asker="a")
    assert second.request.code != first.code
    assert (second.message.asked, CheckDemand.objects.get().count) == (1, 1), "counted once all the same"
    ReplyAddress.objects.all().delete()
    assert asking(asker="a").request == first, "nothing of anybody is left in it"


def test_who_cannot_be_told_apart_is_somebody_new(asking):
    assert asking(asker="").request != asking(asker="").request
    assert Message.objects.get().asked == 2


def test_the_language_of_the_last_time_counts(asking):
    asking(asker="a", language="vi")
    assert asking(asker="a", language="en").request.language == "en"
    assert asking(asker="b", language="fr").request.language == "vi"
    assert set(Request.objects.values_list("language", flat=True)) == {"en", "vi"}


def test_it_is_matched_again_only_when_the_library_has_changed(asking, library, garlic, leaf):
    library.says("maybe", garlic, leaf, probability=[0.6, 0.3], guards=["dates"])
    first = asking()
    again = asking()
    assert len(library.asked) == 1
    assert [choice.match for choice in again.choices] == [choice.match for choice in first.choices]
    assert (again.band, again.guards) == (first.band, ("dates",))
    library.says("answer", leaf)
    assert asking().answers[0].fact_check == leaf
    assert len(library.asked) == 2


def test_without_an_index_it_is_asked_each_time(asking, library):
    library.mark = -1
    asking()
    asking()
    assert len(library.asked) == 2


def test_matches_are_renewed_and_decisions_kept(asking, library, garlic, leaf, external):
    library.says("maybe", garlic, leaf)
    asking()
    Match.objects.filter(fact_check=garlic).update(yes_count=1, decision=Decision.YES, decider=Decider.ASKER)
    library.says("maybe", external(), probability=0.3)
    asked = asking()
    assert [choice.finding.key for choice in asked.choices] == ["r1"]
    assert set(Match.objects.values_list("fact_check", "external_review__key", "decision")) == {
        (garlic.pk, None, Decision.YES),
        (None, "r1", Decision.OPEN),
    }
    library.says("maybe", garlic, probability=0.8)
    [choice] = asking().choices
    assert (choice.match.fact_check, choice.match.probability, choice.match.yes_count) == (garlic, 0.8, 1)
    assert Match.objects.get().decision == Decision.YES


def test_what_was_withdrawn_a_moment_ago_is_not_given(asking, library, garlic, leaf, external):
    library.says("answer", garlic, leaf)
    asking()
    withdraw(garlic)
    asked = asking()
    assert (asked.band, [finding.fact_check for finding in asked.answers]) == (Answered.MAYBE, [leaf])
    library.says("answer", external())
    assert asking().band is Answered.ANSWER
    withdraw_external_reviews(keys=["r1"], by="test")
    gone = asking()
    assert (gone.band, gone.answers) == (Answered.NONE, ())
    assert not gone.message.settled


def test_a_repeated_answer_is_the_last_revision(asking, library, garlic):
    library.says("answer", garlic)
    asking(asker="a")
    revise(garlic)
    again = asking(asker="a")
    assert again.answers[0].revision == garlic.latest
    assert again.request.shown.number == 2


def test_what_the_desk_said_no_to_is_not_given_for_this_message(asking, library, garlic, leaf):
    library.says("answer", garlic, leaf)
    message = asking().message
    Match.objects.filter(message=message, fact_check=garlic).update(decision=Decision.NO, decider=Decider.DESK)
    asked = asking()
    assert (asked.band, [finding.fact_check for finding in asked.answers]) == (Answered.MAYBE, [leaf])
    Match.objects.filter(message=message, fact_check=leaf).update(decision=Decision.YES, decider=Decider.DESK)
    assert (asking().band, asking().answers[0].fact_check) == (Answered.ANSWER, leaf)
    assert asking("Hành thì sao, ăn hành có khỏi không").answers[0].fact_check == garlic


def test_a_message_of_a_published_case_gets_its_answer(asking, library, garlic):
    message = asking().message
    case = put_in(message, desk=garlic.desk, state=CaseState.PUBLISHED, nature=Nature.FACT, fact_check=garlic)
    asked = asking()
    assert (asked.band, asked.answers[0].fact_check, asked.case, asked.outcome) == (Answered.ANSWER, garlic, case, "")
    assert asked.request.shown == garlic.latest
    assert CheckDemand.objects.get().count == 1
    assert len(library.asked) == 1


def test_a_message_of_a_case_with_a_withdrawn_answer_is_matched_again(asking, library, garlic, leaf):
    message = asking().message
    put_in(message, desk=garlic.desk, state=CaseState.PUBLISHED, nature=Nature.FACT, fact_check=garlic)
    withdraw(garlic)
    assert asking().band is Answered.NONE
    library.says("answer", leaf)
    assert asking().answers[0].fact_check == leaf


@pytest.mark.parametrize(
    ("state", "fields"),
    [
        (CaseState.NOT_CHECKABLE, {"nature": Nature.OPINION}),
        (CaseState.DECLINED, {"public_reason": "Quá cũ."}),
    ],
)
def test_a_message_of_a_case_closed_without_rating_gets_that_outcome(asking, library, garlic, state, fields):
    message = asking().message
    put_in(message, desk=garlic.desk, state=state, **fields)
    library.says("answer", garlic)
    asked = asking()
    assert (asked.band, asked.answers, asked.outcome) == (Answered.NONE, (), state)
    assert asked.request.shown is None


def test_later_askers_raise_the_counters_of_the_case(asking, desk):
    message = asking().message
    earlier = timezone.now() - dt.timedelta(days=3)
    case = put_in(message, desk=desk, asked=1, messages_count=1, heat=message.heat, last_asked=earlier)
    asking(asker="a")
    asking(asker="a")
    case.refresh_from_db()
    assert (case.asked, case.version) == (2, 1)
    assert value_now(case.heat) == pytest.approx(2, rel=1e-3)
    assert case.last_asked > earlier
    assert Message.objects.get().settled


def test_whoever_waits_is_not_forgotten_when_an_answer_turns_up(asking, library, garlic):
    asking(asker="waits")
    library.says("answer", garlic)
    assert not asking(asker="answered").message.settled
    assert asking(asker="waits").request.shown == garlic.latest
    assert asking(asker="answered").message.settled


def test_after_a_withdrawal_it_goes_to_the_desk(asking, library, garlic):
    library.says("answer", garlic)
    assert asking().message.settled
    withdraw(garlic)
    library.says("none")
    asked = asking()
    assert not asked.message.settled
    assert asked.message.due <= timezone.now()


def test_a_flood_is_answered_and_not_counted(asking, library, garlic, monkeypatch):
    monkeypatch.setattr(limits, "CONTENT", limits.Limit("content", 3, 600))
    library.says("answer", garlic)
    for _ in range(5):
        assert asking().band is Answered.ANSWER
    assert Request.objects.count() == 5
    assert Message.objects.get().asked == 3
    assert Demand.objects.get().count == 3


def test_asking_teaches_no_wording(asking, library, garlic):
    library.says("answer", garlic)
    asking()
    assert not Wording.objects.exists()


@pytest.mark.parametrize("band", ["answer", "maybe", "none"])
def test_the_queries_are_bounded(asking, library, garlic, leaf, external, band, django_assert_max_num_queries):
    library.says(band, garlic, leaf, external())
    with django_assert_max_num_queries(14):
        asking()
    with django_assert_max_num_queries(13):
        asking()
