"""What the tables themselves refuse, whatever writes to them."""

import pytest
from django.db import IntegrityError, transaction

from kiemtin.checks.actions.start_fact_check import start_fact_check
from kiemtin.checks.enums import Nature
from kiemtin.questions.enums import Answered, CaseState, ReplyKind
from kiemtin.questions.models import Case, Conflict, Match, Reply
from tests.unit.questions.making import make_case, make_message, make_review, publish_case

pytestmark = pytest.mark.django_db


def refused(name, case, **fields):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**fields)


@pytest.mark.parametrize("state", [CaseState.IN_REVIEW, CaseState.PUBLISHED])
@pytest.mark.parametrize("nature", ["", *sorted(set(Nature) - {Nature.FACT})])
def test_only_facts_are_checked(state, nature, desk):
    refused("only_facts_are_checked", make_case(desk), state=state, nature=nature, external_review=make_review())


@pytest.mark.parametrize("nature", ["", Nature.FACT])
def test_what_is_not_checkable_is_no_fact(nature, desk):
    refused("not_checkable_is_no_fact", make_case(desk), state=CaseState.NOT_CHECKABLE, nature=nature)


def test_who_declines_says_why(desk):
    refused("declined_says_why", make_case(desk), state=CaseState.DECLINED)


def test_a_merged_case_says_where_and_only_a_merged_one(desk):
    case = make_case(desk)
    refused("merged_says_where", case, state=CaseState.MERGED)
    refused("merged_says_where", case, merged_into=make_case(desk))
    refused("merged_elsewhere", case, state=CaseState.MERGED, merged_into=case)


def test_a_published_case_has_one_answer(desk, checker):
    case = make_case(desk, nature=Nature.FACT)
    refused("published_has_one_answer", case, state=CaseState.PUBLISHED)
    both = {"fact_check": start_fact_check(desk=desk, by=checker), "external_review": make_review()}
    refused("published_has_one_answer", case, state=CaseState.PUBLISHED, **both)


def test_a_check_belongs_to_one_case(desk, checker):
    check = start_fact_check(desk=desk, by=checker)
    make_case(desk, fact_check=check)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_case(desk, fact_check=check)


def test_an_interest_is_declared_once(desk, checker):
    case = make_case(desk)
    Conflict.objects.create(case=case, person=checker, reason="Cổ đông.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Conflict.objects.create(case=case, person=checker, reason="Cổ đông.")


def test_a_match_has_one_target(desk):
    message, given = make_message(), {"probability": 0.5, "band": Answered.MAYBE}
    for targets in ({}, {"case": make_case(desk), "external_review": make_review()}):
        with pytest.raises(IntegrityError, match="match_has_one_target"), transaction.atomic():
            Match.objects.create(message=message, **given, **targets)


def test_a_request_is_told_of_a_revision_once(desk, checker, editor, ready_pages):
    case = make_case(desk)
    revision = publish_case(case, author=checker, editor=editor)
    request = case.messages.get().requests.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.create(request=request, kind=ReplyKind.ANSWER, revision=revision, message_id="<another@x>")
