import pytest
from django.utils import timezone

from kiemtin.audit.models import Event
from kiemtin.checks.models import Wording
from kiemtin.questions.actions.decide_match import decide_match, decline_matches
from kiemtin.questions.enums import Answered, Decider, Decision
from kiemtin.questions.models import Case, CheckDemand, Match, Message
from kiemtin.questions.refusals import GoneError, NotAskedError
from tests.publishing import published, withdraw

YES, NO = Decision.YES, Decision.NO


@pytest.fixture
def checks(desk):
    return [published("Ăn tỏi mỗi ngày thì khỏi cúm"), published("Ăn hành mỗi ngày thì khỏi cúm")]


@pytest.fixture
def asked(asking, library, checks):
    library.says("maybe", *checks, probability=[0.4, 0.3])
    return asking(asker="a")


def say(asked, at, decision):
    return decide_match(request=asked.request, match=asked.choices[at].match, decision=decision)


def test_yes_makes_it_the_answer_of_this_asker(asked, asking, checks):
    request = say(asked, 1, YES)
    assert request.shown == checks[1].latest
    match = Match.objects.get(fact_check=checks[1])
    assert (match.yes_count, match.no_count, match.decision, match.decider) == (1, 0, YES, Decider.ASKER)
    assert CheckDemand.objects.get().fact_check == checks[1]
    assert Message.objects.get().settled
    assert not Wording.objects.exists()
    again = asking(asker="a")
    assert (again.band, again.answers[0].fact_check, again.choices[0].match) == (Answered.ANSWER, checks[1], match)
    assert Message.objects.get().settled


def test_another_asker_is_asked_again(asked, asking):
    say(asked, 1, YES)
    other = asking(asker="b")
    assert (other.band, len(other.choices), other.request.shown) == (Answered.MAYBE, 2, None)
    assert not other.message.settled
    decide_match(request=other.request, match=other.choices[0].match, decision=YES)
    assert Message.objects.get().settled


def test_while_another_waits_it_stays_with_the_worker(asked, asking):
    asking(asker="b")
    say(asked, 0, YES)
    assert not Message.objects.get().settled


def test_no_to_all_goes_to_the_desk(asked, asking):
    say(asked, 0, NO)
    assert Message.objects.get().due > timezone.now()
    assert [choice.match for choice in asking(asker="a").choices] == [asked.choices[1].match]
    say(asked, 1, NO)
    message = Message.objects.get()
    assert not message.settled
    assert message.due <= timezone.now()
    assert asking(asker="a").band is Answered.NONE
    assert list(Match.objects.values_list("no_count", flat=True)) == [1, 1]


def test_none_of_them_at_once(asked):
    request = decline_matches(request=asked.request)
    assert set(request.decisions.values()) == {NO}
    assert Message.objects.get().due <= timezone.now()
    assert decline_matches(request=asked.request).decisions == request.decisions
    assert set(Match.objects.values_list("no_count", "decision")) == {(1, NO)}


def test_no_to_all_brings_back_what_others_had_settled(asked, asking):
    say(asked, 1, YES)
    other = asking(asker="b")
    Message.objects.update(settled=True)
    decline_matches(request=other.request)
    assert not Message.objects.get().settled


def test_a_second_word_changes_nothing(asked):
    say(asked, 0, NO)
    say(asked, 0, YES)
    say(asked, 1, YES)
    request = say(asked, 0, YES)
    decline_matches(request=asked.request)
    assert request.shown == asked.choices[1].finding.revision
    assert set(Match.objects.values_list("yes_count", "no_count")) == {(0, 1), (1, 0)}
    assert CheckDemand.objects.get().count == 1


def test_askers_who_disagree_leave_it_open_and_the_desk_s_word_stands(asked, asking):
    say(asked, 0, YES)
    other = asking(asker="b")
    decide_match(request=other.request, match=other.choices[0].match, decision=NO)
    match = asked.choices[0].match
    match.refresh_from_db()
    assert (match.decision, match.decider, match.decided) == (Decision.OPEN, "", None)
    Match.objects.filter(pk=match.pk).update(decision=YES, decider=Decider.DESK)
    third = asking(asker="c")
    decline_matches(request=third.request)
    match.refresh_from_db()
    assert (match.decision, match.decider, match.no_count) == (YES, Decider.DESK, 2)


def test_an_answer_given_at_once_can_be_declined(asking, library, checks):
    library.says("answer", checks[0])
    asked = asking(asker="a")
    assert asked.message.settled
    request = decline_matches(request=asked.request)
    assert request.shown is None
    assert not Message.objects.get().settled
    assert asking(asker="a").band is Answered.NONE
    assert asking(asker="b").band is Answered.ANSWER


def test_what_was_not_asked_about_cannot_be_chosen(asked, asking, library, checks):
    library.says("maybe", *checks, probability=[0.4, 0.01])
    other = asking("Một câu hỏi khác hẳn về chuyện khác")
    far = Match.objects.get(message=other.message, rank=1)
    for match in (far, asked.choices[0].match):
        with pytest.raises((NotAskedError, GoneError)):
            decide_match(request=other.request, match=match, decision=YES)
    assert not Match.objects.filter(yes_count__gt=0).exists()


def test_a_check_withdrawn_meanwhile_cannot_be_chosen(asked, checks):
    withdraw(checks[0])
    with pytest.raises(GoneError):
        say(asked, 0, YES)
    assert say(asked, 1, NO).decisions


def test_a_message_in_a_case_stays_there(asked, desk):
    case = Case.objects.create(desk=desk, title="Một")
    Message.objects.update(case=case, settled=True)
    decline_matches(request=asked.request)
    assert Message.objects.get().settled


def test_it_is_logged_without_text(asked):
    say(asked, 0, NO)
    event = Event.objects.get(verb="match.decided")
    assert (event.actor, event.object_type) == ("asker", "message")
    assert event.detail == {"decider": "asker", "decision": "no"}
