"""A case from the question to the answer and on, whoever does whatever next: what must hold, holds after every step.

A stateful test (`hypothesis.stateful`): any sequence of deeds of people of each role and of askers, allowed or not,
with content that is complete or not, on versions that are current or old.
"""

import itertools
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from kiemtin.accounts.enums import REQUIRED_PAGES, Role
from kiemtin.accounts.models import Desk, DeskPage, Membership, User
from kiemtin.audit.models import Event, LogEntry
from kiemtin.checks.actions.approve import approve
from kiemtin.checks.actions.discard_correction import discard_correction
from kiemtin.checks.actions.publish import publish
from kiemtin.checks.actions.recall import recall
from kiemtin.checks.actions.save_draft import save_draft
from kiemtin.checks.actions.send_back import send_back
from kiemtin.checks.actions.start_correction import start_correction
from kiemtin.checks.actions.submit import submit
from kiemtin.checks.actions.withdraw import withdraw
from kiemtin.checks.draft import DraftContent
from kiemtin.checks.enums import Nature, PublicState, RevisionKind, Stage, Verdict
from kiemtin.checks.exceptions import WorkError
from kiemtin.checks.models import FactCheck, Revision
from kiemtin.questions.actions.ask import ask
from kiemtin.questions.actions.close_not_checkable import close_not_checkable
from kiemtin.questions.actions.decline import decline
from kiemtin.questions.actions.deliver import deliver
from kiemtin.questions.actions.forget_address import forget_address
from kiemtin.questions.actions.leave_address import leave_address
from kiemtin.questions.actions.release import release
from kiemtin.questions.actions.reopen import reopen
from kiemtin.questions.actions.say_nature import say_nature
from kiemtin.questions.actions.start_draft import start_draft
from kiemtin.questions.actions.take import take
from kiemtin.questions.digest import digest_of
from kiemtin.questions.enums import CaseState, ReplyState
from kiemtin.questions.models import Case, Message, Reply, ReplyAddress, Request
from kiemtin.questions.outbox import TransportError
from kiemtin.questions.receipts import Standing, status_of
from tests.examples import examples
from tests.unit.questions.conftest import FakeLibrary
from tests.unit.questions.making import content

PEOPLE = {
    "an": Role.CHECKER,
    "binh": Role.CHECKER,
    "chi": Role.EDITOR,
    "dung": Role.EDITOR,
    "giang": Role.ADMINISTRATOR,
    "hoa": Role.READER,
}
TEXTS = ("Nước chanh nóng chữa ung thư", "Nuoc chanh nong chua ung thu, moi nguoi oi")
SOURCES = content().sources
CONTENTS = {
    "whole": {},
    "other": {"summary": "Chưa có bằng chứng nào.", "verdict": Verdict.UNPROVEN},
    "one source": {"sources": SOURCES[:1]},
    "no verdict": {"verdict": ""},
    "noted": {"note": "Sửa câu đầu.", "verdict": Verdict.MISLEADING},
}
who = st.sampled_from(sorted(PEOPLE))
_numbers = itertools.count(1)


@dataclass
class Post:
    """A channel that hands everything over, or nothing."""

    works: bool = True
    sent: list = field(default_factory=list)
    name: str = "mail"

    def is_ready(self):
        return True

    def send(self, address, telling):
        if not self.works:
            raise TransportError("away")
        self.sent.append((address, telling))


class Newsroom(RuleBasedStateMachine):
    """One case at one desk. Each run has the database for itself."""

    def __init__(self):
        super().__init__()
        self.work = transaction.atomic()
        self.work.__enter__()
        number = next(_numbers)
        self.desk = Desk.objects.create(slug=f"ban-{number}", name="Bàn", language="vi", is_intake=False)
        self.people = {name: self._person(name, role) for name, role in PEOPLE.items()}
        for kind in REQUIRED_PAGES:
            DeskPage.objects.create(
                desk=self.desk, kind=kind, language="vi", number=1, body="Thế này.", by=self.people["chi"]
            )
        self.case = Case.objects.create(desk=self.desk, title="Nước chanh", language="vi")
        self.texts = [f"{text} {number}" for text in TEXTS]
        for text in self.texts:
            Message.objects.create(digest=digest_of(text), text=text, case=self.case, settled=True)
        self.library, self.post = FakeLibrary(), Post()
        self.revisions, self.events, self.entries, self.codes, self.forgotten = {}, 0, 0, [], set()

    def _person(self, name, role):
        user = User.objects.create(email=f"{name}-{next(_numbers)}@desk.example", name=name)
        Membership.objects.create(user=user, desk=self.desk, role=role)
        return user

    def teardown(self):
        transaction.set_rollback(True)
        self.work.__exit__(None, None, None)

    # What people do

    def _do(self, action, **given):
        """Do it as a view does: it is done whole, or refused in words."""
        try:
            with transaction.atomic():
                action(**given)
        except WorkError:
            return False
        return True

    @property
    def check(self):
        return FactCheck.objects.filter(case=self.case).first()

    def _on_case(self, action, name, **given):
        return self._do(action, case=Case.objects.get(pk=self.case.pk), by=self.people[name], **given)

    def _on_check(self, action, name, **given):
        return self._do(action, fact_check=self.check, by=self.people[name], **given)

    @initialize(name=st.sampled_from(["an", "chi"]))
    def begin(self, name):
        """Most of what can go wrong needs a draft."""
        self._on_case(take, name)
        self._on_case(say_nature, name, nature=Nature.FACT)
        self._on_case(start_draft, name)

    @rule(name=who, action=st.sampled_from([take, start_draft, reopen, release]))
    def case_work(self, name, action):
        self._on_case(action, name)

    @rule(name=who, nature=st.sampled_from(Nature))
    def nature(self, name, nature):
        self._on_case(say_nature, name, nature=nature)

    @rule(name=who, nature=st.sampled_from(Nature))
    def not_checkable(self, name, nature):
        self._on_case(close_not_checkable, name, nature=nature)

    @rule(name=who, reason=st.sampled_from(["Ngoài phạm vi.", " "]))
    def declined(self, name, reason):
        self._on_case(decline, name, reason=reason)

    @precondition(lambda self: self.check)
    @rule(name=who, which=st.sampled_from(sorted(CONTENTS)), behind=st.integers(0, 1))
    def write(self, name, which, behind):
        check, written = self.check, content(**CONTENTS[which]).cleaned()
        if written == DraftContent.of(check):
            return  # that changes nothing, and may be sent twice
        if self._on_check(save_draft, name, version=check.version - behind, content=written):
            assert behind == 0, "an old version was saved over a newer one"
            assert self.check.stage == Stage.DRAFT, f"an edit of what was {check.stage} left it so"
            assert self.check.approver is None

    @precondition(lambda self: self.check)
    @rule(name=who, behind=st.integers(0, 1))
    def hand_in(self, name, behind):
        self._on_check(submit, name, version=self.check.version - behind)

    @precondition(lambda self: self.check)
    @rule(name=who, behind=st.integers(0, 1))
    def agree(self, name, behind):
        if self._on_check(approve, name, version=self.check.version - behind):
            assert behind == 0
            assert PEOPLE[name] == Role.EDITOR or PEOPLE[name] == Role.ADMINISTRATOR

    @precondition(lambda self: self.check)
    @rule(name=who, action=st.sampled_from([publish, recall, start_correction, discard_correction]))
    def check_work(self, name, action):
        self._on_check(action, name)

    @precondition(lambda self: self.check)
    @rule(name=who)
    def back(self, name):
        self._on_check(send_back, name, remarks="Thêm nguồn.")

    @precondition(lambda self: self.check)
    @rule(name=who)
    def take_down(self, name):
        self._on_check(withdraw, name, note="Nguồn sai.")

    # What askers do

    @rule(text=st.integers(0, 1), asker=st.integers(1, 4))
    def ask(self, text, asker):
        asked = ask(text=self.texts[text], channel="web", language="vi", asker=f"a{asker}", library=self.library)
        if asked.request.code not in self.codes:
            self.codes.append(asked.request.code)

    @precondition(lambda self: self.codes)
    @rule(which=st.integers(0, 9), address=st.sampled_from(["a@b.vn", "c@d.vn", "no address"]))
    def wish_to_be_told(self, which, address):
        code = self.codes[which % len(self.codes)]
        if self._do(leave_address, request=Request.objects.get(code=code), address=address):
            self.forgotten.discard(code)

    @precondition(lambda self: self.codes)
    @rule(which=st.integers(0, 9))
    def be_forgotten(self, which):
        code = self.codes[which % len(self.codes)]
        forget_address(request=Request.objects.get(code=code))
        self.forgotten.add(code)

    @rule(works=st.booleans())
    def deliver(self, works):
        self.post.works = works
        before = len(self.post.sent)
        deliver(channels={"mail": self.post})
        told = {telling.code for _, telling in self.post.sent[before:]}
        assert not told & self.forgotten, "somebody was told whose address was forgotten"

    # What holds after each

    @invariant()
    def what_is_public_has_two_people_and_two_sources(self):
        for revision in Revision.objects.filter(fact_check__case=self.case).exclude(kind=RevisionKind.WITHDRAWAL):
            assert revision.author_id != revision.approver_id
            assert len(revision.sources) >= 2
            assert any(source["interest"] == "independent" for source in revision.sources)

    @invariant()
    def what_was_published_stays_as_it_was(self):
        for row in Revision.objects.filter(fact_check__case=self.case).values():
            assert self.revisions.setdefault(row["id"], row) == row
        assert Revision.objects.filter(fact_check__case=self.case).count() == len(self.revisions)

    @invariant()
    def what_is_approved_was_approved_by_another(self):
        check = self.check
        if check is not None and check.stage == Stage.APPROVED:
            assert check.approver_id is not None
            assert check.approver_id != check.author_id

    @invariant()
    def only_facts_are_answered_and_the_case_says_what_the_check_says(self):
        case = Case.objects.get(pk=self.case.pk)
        if case.state in (CaseState.IN_REVIEW, CaseState.PUBLISHED):
            assert case.nature == Nature.FACT
        if case.state == CaseState.PUBLISHED:
            assert case.fact_check.latest is not None
        check = self.check
        if check is not None:
            is_public = check.public_state != PublicState.UNPUBLISHED
            assert is_public == (check.latest_id is not None) == bool(self.revisions)

    @invariant()
    def logs_only_grow(self):
        events, entries = Event.objects.count(), LogEntry.objects.count()
        assert events >= self.events
        assert entries >= self.entries
        self.events, self.entries = events, entries
        told = [one for one in LogEntry.objects.order_by("pk") if one.about.startswith("check/")]
        mine = {f"check/{row['fact_check_id']}/{row['number']}" for row in self.revisions.values()}
        assert mine <= {one.about for one in told}

    @invariant()
    def everybody_who_asked_sees_where_it_stands(self):
        case = Case.objects.get(pk=self.case.pk)
        for code in self.codes:
            status = status_of(Request.objects.get(code=code))
            if case.state == CaseState.PUBLISHED:
                stands = case.fact_check.public_state != PublicState.WITHDRAWN
                assert status.standing == (Standing.ANSWERED if stands else Standing.WITHDRAWN)
            if status.standing == Standing.DECLINED:
                assert status.public_reason

    @invariant()
    def nobody_is_told_twice_or_of_what_is_old(self):
        newest = {}
        for address, telling in self.post.sent:
            if telling.revision is None:
                continue
            number = telling.revision.number
            assert number > newest.get((address, telling.code), 0)
            newest[address, telling.code] = number
        assert not Reply.objects.filter(state=ReplyState.SENDING).exists()

    @invariant()
    def an_address_that_is_forgotten_is_gone(self):
        assert not ReplyAddress.objects.filter(request__code__in=self.forgotten).exists()


@pytest.mark.django_db
def test_whatever_people_do(data):
    run_state_machine_as_test(
        Newsroom,
        settings=examples(20, stateful_step_count=30),
    )
