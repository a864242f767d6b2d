import datetime as dt
import fcntl

import pytest
from django.utils import timezone

from kiemtin.accounts.models import Desk
from kiemtin.audit.models import Event
from kiemtin.checks.enums import Nature
from kiemtin.matching.actions.follow import follow_and_look
from kiemtin.matching.exceptions import IndexNotWrittenError
from kiemtin.matching.folder import index_folder, writing
from kiemtin.matching.searching import Search, Searched
from kiemtin.questions.actions import settle as module
from kiemtin.questions.actions.ask import TIME_TO_CHOOSE
from kiemtin.questions.actions.decide_match import decide_match, decline_matches
from kiemtin.questions.actions.settle import Settled, settle
from kiemtin.questions.counters import counters
from kiemtin.questions.enums import CaseState, ChangeKind, Decider, Decision
from kiemtin.questions.models import Case, CaseChange, Match, Message
from kiemtin.questions.shelf import MESSAGES, entry_id, renumber
from kiemtin.retrieval import Answer, Band, Guard, Index
from kiemtin.retrieval import Match as Found
from tests.publishing import desk_of, published

GARLIC = "Ăn tỏi mỗi ngày thì khỏi cúm phải không mọi người, nghe bác sĩ nói vậy"
LEAF = "Uống nước lá đu đủ hằng ngày thì ung thư giai đoạn cuối cũng tan biến hết"


class Scripted(Search):
    """The real index of messages, with answers that a test may dictate."""

    def __init__(self):
        super().__init__(MESSAGES, use_encoder=False)
        self.script, self.asked = None, []

    def says(self, band, *messages, probability=0.9, guards=()):
        chances = probability if isinstance(probability, list) else [probability] * len(messages)
        matches = tuple(
            Found(entry_id(message.pk), f"case:{message.case_id}", 1.0, chance)
            for message, chance in zip(messages, chances, strict=True)
        )
        self.script = Answer(Band(band), matches, tuple(map(Guard, guards)))

    def ask(self, message, *, limit=5):
        self.asked.append(message)
        return Searched(self.script, 0) if self.script else super().ask(message, limit=limit)


@pytest.fixture
def messages(desk):
    return Scripted()


@pytest.fixture
def known(asking, messages, desk):
    """A settled message in a case with these values."""

    def make(text=LEAF, **fields):
        message = asking(text).message
        given = {"title": "Một", "asked": 1, "messages_count": 1, "heat": message.heat}
        given |= {"first_asked": message.first_asked, "last_asked": message.last_asked} | fields
        case = Case.objects.create(**({"desk": desk} | given))
        Message.objects.filter(pk=message.pk).update(case=case, settled=True)
        renumber([message.pk])
        message.refresh_from_db()
        return message

    return make


def in_index():
    with Index.open(index_folder(MESSAGES), encoder=None) as index:
        pks = Message.objects.values_list("pk", flat=True)
        return {pk: index.get(entry_id(pk)) for pk in pks if index.get(entry_id(pk)) is not None}


def in_step(case):
    """Whether the counters are what the messages say."""
    wanted = counters(case)
    heat = pytest.approx(wanted.pop("heat"), rel=1e-9)
    return case.heat == heat and {name: getattr(case, name) for name in wanted} == wanted


def test_what_fits_nothing_opens_a_case(asking, messages, desk):
    message = asking(f"{GARLIC}. Gọi [phone] hỏi thêm").message
    assert settle(messages=messages) == Settled(opened=1)
    message.refresh_from_db()
    case = message.case
    assert (case.desk, case.state, case.title, case.language) == (desk, CaseState.OPEN, f"{GARLIC}.", "vi")
    assert message.settled
    assert in_step(case)
    assert (case.asked, case.messages_count, case.first_asked) == (1, 1, message.first_asked)
    assert not Match.objects.exists()
    event = Event.objects.get(verb="case.opened")
    assert (event.actor, event.object_id, event.detail) == (
        "worker",
        str(case.pk),
        {"message": message.pk},
    )
    assert settle(messages=messages) == Settled()


def test_the_index_follows_with_what_it_says_and_no_marks(asking, messages):
    message = asking(f"{GARLIC} gọi 0988123456").message
    settle(messages=messages)
    follow_and_look(messages)
    record = in_index()[message.pk]
    assert (record.title.split(), record.work) == (f"{GARLIC} gọi".split(), f"case:{Message.objects.get().case_id}")


@pytest.mark.parametrize("state", [CaseState.OPEN, CaseState.IN_PROGRESS, CaseState.IN_REVIEW])
def test_a_sure_match_joins_a_case_at_work(asking, messages, known, state):
    other = known(state=state, nature=Nature.FACT)
    message = asking(GARLIC).message
    asking(GARLIC)
    messages.says("answer", other)
    assert settle(messages=messages) == Settled(joined=1)
    message.refresh_from_db()
    case = Case.objects.get()
    assert (message.case, message.settled) == (case, True)
    assert in_step(case)
    assert (case.asked, case.messages_count, case.version, case.state) == (3, 2, 1, state)
    match = Match.objects.get()
    assert (match.case, match.decision, match.decider, match.probability) == (case, Decision.YES, Decider.PROGRAM, 0.9)
    change = CaseChange.objects.get()
    assert (change.kind, change.source, change.target, change.by) == (ChangeKind.JOIN, None, case, None)
    assert list(change.messages.all()) == [message]
    assert Event.objects.filter(verb="case.joined", actor="worker", object_id=str(case.pk)).count() == 1


@pytest.mark.parametrize("state", [CaseState.PUBLISHED, CaseState.NOT_CHECKABLE, CaseState.DECLINED])
def test_a_decided_case_is_only_proposed_however_sure(asking, messages, known, state):
    fields = {
        CaseState.PUBLISHED: {"nature": Nature.FACT, "fact_check": published("Lá đu đủ")},
        CaseState.NOT_CHECKABLE: {"nature": Nature.OPINION},
        CaseState.DECLINED: {"public_reason": "Quá cũ."},
    }[state]
    other = known(state=state, **fields)
    message = asking(GARLIC).message
    messages.says("answer", other)
    assert settle(messages=messages) == Settled(opened=1, proposed=1)
    message.refresh_from_db()
    assert message.case != other.case
    assert message.case.state == CaseState.OPEN
    assert message.case.nature == ""
    match = Match.objects.get(message=message)
    assert (match.case, match.decision, match.decider) == (other.case, Decision.OPEN, "")
    assert not CaseChange.objects.exists()


def test_perhaps_is_proposed_to_each_case_that_is_near(asking, messages, known):
    others = [known(f"{LEAF} {number}") for number in range(4)]
    message = asking(GARLIC).message
    messages.says("maybe", *others, probability=[0.03, 0.02, 0.3, 0.3])
    assert settle(messages=messages) == Settled(opened=1, proposed=1)
    found = Match.objects.filter(message=message).order_by("rank").values_list("case", "band", "decision")
    assert list(found) == [(others[0].case_id, "maybe", "open"), (others[2].case_id, "maybe", "open")]


def test_a_guard_forbids_to_join(asking, messages, known):
    other = known()
    asking(GARLIC)
    messages.says("answer", other, guards=["numbers"])
    assert settle(messages=messages) == Settled(opened=1, proposed=1)


def test_nothing_near_is_proposed_where_nothing_fits(asking, messages, known):
    other = known()
    asking(GARLIC)
    messages.says("none", other)
    assert settle(messages=messages) == Settled(opened=1)


def test_a_case_that_the_desk_said_no_to_is_neither_joined_nor_proposed(asking, messages, known):
    other, second = known(), known(f"{LEAF} hai")
    message = asking(GARLIC).message
    Match.objects.create(
        message=message, case=other.case, probability=0.9, band="answer", decision=Decision.NO, decider=Decider.DESK
    )
    messages.says("answer", other, second)
    assert settle(messages=messages) == Settled(opened=1, proposed=1)
    assert Match.objects.get(message=message, decision=Decision.OPEN).case == second.case


def test_the_database_counts_where_the_index_is_late(asking, messages, known, desk):
    other = known()
    home = Case.objects.create(desk=desk, title="Hai")
    messages.says("answer", other)
    Message.objects.filter(pk=other.pk).update(case=home)
    message = asking(GARLIC).message
    settle(messages=messages)
    message.refresh_from_db()
    assert message.case == home


def test_a_case_of_another_desk_is_left_alone(asking, messages, known):
    other = known(desk=desk_of("khac", is_intake=False))
    asking(GARLIC)
    messages.says("answer", other)
    assert settle(messages=messages) == Settled(opened=1)


def test_copies_in_one_batch_find_each_other_in_the_real_index(asking, messages):
    known_texts = [
        LEAF,
        "Sáng mai cả thành phố mất điện ba ngày, mọi người tích trữ nước và nến ngay",
        "Bấm ngược mã PIN ở cây ATM thì công an sẽ tới ngay lập tức",
        "Ngân hàng khóa thẻ nếu không cập nhật thông tin trước tối nay",
    ]
    for text in [*known_texts, GARLIC, f"Khẩn: {GARLIC} nha", f"{GARLIC}!!!"]:
        asking(text)
    done = settle(messages=messages)
    assert done.count == 7
    assert done.joined >= 1
    homes = Message.objects.filter(text__contains="Ăn tỏi").values_list("case", flat=True)
    proposed = Match.objects.filter(decision=Decision.OPEN, case__isnull=False).values_list("case", flat=True)
    assert len(set(homes)) == 1 or set(homes) & set(proposed)


def test_messages_wait_for_their_asker_and_then_go_to_the_desk(asking, library, messages):
    library.says("maybe", published("Ăn tỏi"))
    asking(GARLIC)
    assert settle(messages=messages) == Settled()
    later = timezone.now() + TIME_TO_CHOOSE + dt.timedelta(seconds=1)
    assert settle(messages=messages, now=later) == Settled(opened=1)


def test_an_asker_s_yes_needs_no_case_and_a_no_goes_there_at_once(asking, library, messages):
    library.says("maybe", published("Ăn tỏi"))
    later = timezone.now() + TIME_TO_CHOOSE * 2
    asked = asking(GARLIC)
    decide_match(request=asked.request, match=asked.choices[0].match, decision=Decision.YES)
    assert settle(messages=messages, now=later) == Settled()
    other = asking(GARLIC)
    decline_matches(request=other.request)
    assert settle(messages=messages) == Settled(opened=1)


def test_an_answered_message_needs_no_case(asking, library, messages):
    library.says("answer", published("Ăn tỏi"))
    asking(GARLIC)
    assert settle(messages=messages) == Settled()


def test_without_a_desk_everything_waits(asking, messages):
    Desk.objects.update(is_intake=False)
    asking(GARLIC)
    assert settle(messages=messages) == Settled()
    assert not Message.objects.get().settled


def test_the_batch_is_bounded_and_the_oldest_comes_first(asking, messages):
    first = asking(LEAF).message
    asking(GARLIC)
    assert settle(messages=messages, limit=1).count == 1
    first.refresh_from_db()
    assert first.settled
    assert settle(messages=messages).count == 1


def test_killed_between_two_messages_it_goes_on(asking, messages, monkeypatch):
    asking(LEAF)
    asking(GARLIC)
    real = module._settle

    def die(pk, sight, desk):
        if Case.objects.exists():
            raise KeyboardInterrupt
        return real(pk, sight, desk)

    with monkeypatch.context() as patch:
        patch.setattr(module, "_settle", die)
        with pytest.raises(KeyboardInterrupt):
            settle(messages=messages)
    assert settle(messages=messages) == Settled(opened=1)
    assert sorted(Case.objects.values_list("messages_count", flat=True)) == [1, 1]


def test_killed_within_a_message_nothing_of_it_is_left(asking, messages, monkeypatch):
    asking(GARLIC)
    with monkeypatch.context() as patch:
        patch.setattr(module, "renumber", lambda pks: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            settle(messages=messages)
    assert not Case.objects.exists()
    assert settle(messages=messages) == Settled(opened=1)


def test_a_message_that_another_settled_meanwhile_is_left_alone(asking, messages, known):
    message = asking(GARLIC).message
    sight = module._look(messages, message.pk, message.text)
    case = known().case
    Message.objects.filter(pk=message.pk).update(case=case, settled=True)
    assert module._settle(message.pk, sight, case.desk) == Settled()
    assert Case.objects.count() == 1


def test_one_that_cannot_be_read_holds_up_nobody(asking, messages):
    asking(LEAF)
    Message.objects.update(text="\ufffd" * 9)
    asking(GARLIC)
    assert settle(messages=messages) == Settled(opened=2)


def test_while_the_index_cannot_be_written_messages_wait_and_it_is_told(asking, messages, monkeypatch):
    asking(GARLIC)

    def full(*_args, **_fields):
        raise IndexNotWrittenError("the index could not be written")

    with monkeypatch.context() as patch:
        patch.setattr(module, "follow_and_look", full)
        with pytest.raises(IndexNotWrittenError):
            settle(messages=messages)
    assert not Message.objects.get().settled
    assert settle(messages=messages) == Settled(opened=1)


def test_one_settles_at_a_time(asking, messages, known, data):
    known()
    asking(GARLIC)
    with (data / "settle.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert settle(messages=messages) == Settled()
    with writing(MESSAGES):
        assert settle(messages=messages) == Settled()
    assert settle(messages=messages) == Settled(opened=1)


def test_what_was_asked_while_the_clock_was_a_year_ahead_waits_for_nothing(asking, messages):
    asking(GARLIC)
    Message.objects.update(due=timezone.now() + dt.timedelta(days=365))
    assert settle(messages=messages) == Settled(opened=1)


def test_time_to_choose_is_kept(asking, messages):
    asking(GARLIC)
    Message.objects.update(due=timezone.now() + TIME_TO_CHOOSE)
    assert settle(messages=messages) == Settled()
