"""Walks the table of role × action × state for cases, over the model layer: each cell with the real action."""

import pytest

from kiemtin.accounts.enums import Role
from kiemtin.audit.models import Event
from kiemtin.checks.enums import Nature
from kiemtin.checks.exceptions import ConflictOfInterestError, NotAllowedError, WrongStateError
from kiemtin.checks.workflow import RULES, Action, Subject
from kiemtin.questions.actions.answer_with_check import answer_with_check
from kiemtin.questions.actions.answer_with_review import answer_with_review
from kiemtin.questions.actions.assign import assign
from kiemtin.questions.actions.close_not_checkable import close_not_checkable
from kiemtin.questions.actions.decide_proposal import decide_proposal
from kiemtin.questions.actions.declare_conflict import declare_conflict
from kiemtin.questions.actions.decline import decline
from kiemtin.questions.actions.merge import merge
from kiemtin.questions.actions.need_picture import need_picture
from kiemtin.questions.actions.note import note
from kiemtin.questions.actions.release import release
from kiemtin.questions.actions.rename import rename
from kiemtin.questions.actions.reopen import reopen
from kiemtin.questions.actions.say_nature import say_nature
from kiemtin.questions.actions.split import split
from kiemtin.questions.actions.start_draft import start_draft
from kiemtin.questions.actions.take import take
from kiemtin.questions.actions.withhold_text import withhold_text
from kiemtin.questions.enums import Answered, CaseState, Decision
from kiemtin.questions.models import Case, CaseNote, Conflict, Match
from kiemtin.questions.permissions import OPEN_TO_ALL, allowed_actions, check_may_case, may_case
from tests.unit.questions.making import case_in, fact_check_of, make_case, make_picture, make_review, publish_check

pytestmark = pytest.mark.django_db

CASE_RULES = {action: rule for action, rule in RULES.items() if rule.subject is Subject.CASE}
ROLES = [*Role.values, "outsider"]


class Tried:
    """One case in a state and all that the actions need; what an action needs beyond its table is given."""

    def __init__(self, desk, state, people):
        self.people = people
        self.case = case_in(state, desk, author=people["author"], editor=people["second_editor"])
        self.desk = desk

    def fact(self):
        if self.case.nature != Nature.FACT:
            Case.objects.filter(pk=self.case.pk, state__in=["open", "in-progress"]).update(nature=Nature.FACT)

    def message(self):
        message = self.case.messages.first() or make_case(self.desk).messages.first()
        message.case = self.case
        message.save()
        return message

    def proposal(self):
        return Match.objects.create(
            message=self.message(),
            case=make_case(self.desk),
            probability=0.5,
            band=Answered.MAYBE,
            decision=Decision.OPEN,
        )

    def do(self, action, by):
        case, self.action = self.case, action
        if action is Action.READ_CASE:
            return check_may_case(action, by, case)
        if action in (Action.START_DRAFT, Action.ANSWER_WITH_REVIEW):
            self.fact()
        if action is Action.RELEASE:
            Case.objects.filter(pk=case.pk).update(assignee=self.people["author"])
        verbs = {
            Action.NOTE: lambda: note(case=case, by=by, text="Gọi lại bệnh viện."),
            Action.TAKE: lambda: take(case=case, by=by),
            Action.ASSIGN: lambda: assign(case=case, by=by, person=self.people["author"]),
            Action.RELEASE: lambda: release(case=case, by=by),
            Action.DECLARE_CONFLICT: lambda: declare_conflict(case=case, by=by, reason="Người nhà."),
            Action.RENAME: lambda: rename(case=case, by=by, title="Tên khác"),
            Action.SAY_NATURE: lambda: say_nature(case=case, by=by, nature=Nature.FACT),
            Action.CLOSE_NOT_CHECKABLE: lambda: close_not_checkable(case=case, by=by, nature=Nature.SATIRE),
            Action.DECLINE: lambda: decline(case=case, by=by, reason="Ngoài phạm vi."),
            Action.REOPEN: lambda: reopen(case=case, by=by),
            Action.MERGE: lambda: merge(source=case, target=make_case(self.desk), by=by),
            Action.SPLIT: lambda: split(case=case, by=by, title="Tin khác", messages=case.messages.all()[:1]),
            Action.DECIDE_MATCH: lambda: decide_proposal(match=self.proposal(), by=by, yes=False),
            Action.ANSWER_WITH_CHECK: self.answer_with_check(by),
            Action.ANSWER_WITH_REVIEW: lambda: answer_with_review(case=case, by=by, external_review=make_review()),
            Action.START_DRAFT: lambda: start_draft(case=case, by=by),
            Action.NEED_PICTURE: lambda: need_picture(picture=make_picture(self.message()), case=case, by=by),
            Action.WITHHOLD_TEXT: lambda: withhold_text(number=self.message().pk, by=by),
        }
        return verbs[action]()

    def answer_with_check(self, by):
        if self.action is not Action.ANSWER_WITH_CHECK:
            return None
        people = self.people
        revision = publish_check(self.desk, author=people["author"], editor=people["second_editor"])
        return lambda: answer_with_check(case=self.case, fact_check=revision.fact_check, by=by)


@pytest.fixture
def people(member, desk, outsider, ready_pages):
    by_role = {role: member(f"Người {role}", role, desk) for role in Role.values}
    extra = {"author": member("Tác Giả", Role.CHECKER, desk), "second_editor": member("Duyệt", Role.EDITOR, desk)}
    return by_role | extra | {"outsider": outsider}


@pytest.mark.parametrize("state", CaseState.values)
@pytest.mark.parametrize("action", CASE_RULES)
def test_each_role_may_do_in_each_state_what_the_table_says_and_no_more(action, state, desk, people):
    rule = CASE_RULES[action]
    tried = Tried(desk, state, people)
    for role in sorted(ROLES, key=lambda role: rule.allows(role=role, state=state)):
        user = people[role]
        is_allowed = rule.allows(role=role, state=state)
        assert (action in allowed_actions(user, tried.case)) == is_allowed
        assert may_case(action, user, tried.case) == is_allowed
        if is_allowed:
            before = Event.objects.filter(verb=rule.verb).count()
            tried.do(action, user)
            tried.case.refresh_from_db()
            assert tried.case.state == (rule.to or state)
            assert not rule.verb or Event.objects.filter(verb=rule.verb).count() > before
            tried = Tried(desk, state, people)
        else:
            with pytest.raises(WrongStateError if role in rule.roles else NotAllowedError):
                tried.do(action, user)
            tried.case.refresh_from_db()
            assert tried.case.state == state


@pytest.mark.parametrize("action", sorted(set(CASE_RULES) - OPEN_TO_ALL))
def test_who_declared_an_interest_does_no_work_on_the_case(action, desk, people):
    editor = people[Role.EDITOR]
    rule = CASE_RULES[action]
    state = next(state for state in CaseState.values if rule.fits(state=state))
    tried = Tried(desk, state, people)
    Conflict.objects.create(case=tried.case, person=editor, reason="Cổ đông.")
    with pytest.raises(ConflictOfInterestError):
        tried.do(action, editor)
    assert action not in allowed_actions(editor, tried.case)
    tried.do(action, people[Role.ADMINISTRATOR])  # their interest binds nobody else


def test_who_declared_an_interest_may_read_write_a_note_and_let_go(desk, editor, checker):
    case = make_case(desk, assignee=editor)
    Conflict.objects.create(case=case, person=editor, reason="Cổ đông.")
    assert allowed_actions(editor, case) == {
        Action.READ_CASE,
        Action.NOTE,
        Action.RELEASE,
        Action.DECLARE_CONFLICT,
    }
    note(case=case, by=editor, text="Tôi là cổ đông.")
    assert release(case=case, by=editor).assignee is None
    assert CaseNote.objects.get().author == editor


def test_all_that_a_person_may_do_costs_one_query(desk, editor, django_assert_num_queries):
    case = Case.objects.get(pk=make_case(desk).pk)
    with django_assert_num_queries(1):
        assert Action.DECLINE in allowed_actions(editor, case)


def test_who_left_may_do_nothing(desk, editor):
    case = make_case(desk)
    editor.is_active = False
    editor.save()
    assert allowed_actions(editor, case) == frozenset()
    with pytest.raises(NotAllowedError):
        take(case=case, by=editor)


def test_a_published_case_has_its_check(desk, people):
    case = case_in(CaseState.PUBLISHED, desk, author=people["author"], editor=people["second_editor"])
    assert fact_check_of(case).is_answer
