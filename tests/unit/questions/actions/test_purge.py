"""Each rule of the table with a moved clock: what is not over stays, what is over goes."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from kiemtin.accounts.models import ApiToken, Attempt, Invitation
from kiemtin.audit.models import Event
from kiemtin.questions import retention
from kiemtin.questions.actions.close_not_checkable import close_not_checkable
from kiemtin.questions.actions.decline import decline
from kiemtin.questions.actions.purge import GRACE, left_over, purge
from kiemtin.questions.actions.reopen import reopen
from kiemtin.questions.enums import CaseState, ReplyKind, ReplyState
from kiemtin.questions.models import (
    Bucket,
    Case,
    ErrorReport,
    Indicator,
    LinkPage,
    Match,
    Message,
    Picture,
    Reply,
    ReplyAddress,
    Request,
    Sighting,
)
from kiemtin.questions.retention import RULES
from kiemtin.questions.shelf import MESSAGES
from tests.unit.questions.making import make_case, make_message, make_picture, make_request

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = dt.timedelta(days=1)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def one_clock(monkeypatch):
    """What is made in a test is made at NOW."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def address(**fields):
    request = make_request(make_message(requests=0))
    ReplyAddress.objects.filter(request=request).update(**fields)
    return request


def kept():
    return set(ReplyAddress.objects.values_list("request", flat=True))


# One line of the table after the other: makes a row whose time begins NOW, and says for how long it is kept.


def _closed_text(desk, people):
    case = make_case(desk, messages=1, address=False)
    decline(case=case, by=people["editor"], reason="Chuyện riêng.")
    Message.objects.update(last_asked=NOW)
    return lambda: Message.objects.get(case=case).text != "", 180 * DAY


def _picture(desk, people):
    row = make_picture(make_message(make_case(desk), address=False))
    return lambda: bool(Picture.objects.get(pk=row.pk).secret), 7 * DAY


def _unasked(desk, people):
    row = Picture.objects.create(code="AAAAAAAAAA", state="read", secret=b"x", delete_after=NOW + 3 * DAY)
    return lambda: Picture.objects.filter(pk=row.pk).exists(), 3 * DAY


def _asker(desk, people):
    row = make_request(make_message(requests=0), address=False, asker="a" * 64, at=NOW)
    return lambda: Request.objects.get(pk=row.pk).asker != "", DAY


def _address(desk, people):
    row = address(created=NOW)
    return lambda: row.pk in kept(), 180 * DAY


def _number(desk, people):
    row = Indicator.objects.create(kind="phone", digest="d", shown="…123")
    today = timezone.localdate(NOW)
    Sighting.objects.create(message=make_message(requests=0), indicator=row, first=today, last=today)
    return lambda: Indicator.objects.filter(pk=row.pk).exists(), 365 * DAY


def _page(desk, people):
    row = LinkPage.objects.create(key="k", address="https://a.example/", state="read", text="Chữ", asked=NOW)
    return lambda: LinkPage.objects.filter(pk=row.pk).exists(), 365 * DAY


def _bucket(desk, people):
    Bucket.objects.create(key="k", window=1, count=1, ends=NOW + DAY)
    return Bucket.objects.exists, DAY


def _report(desk, people):
    check = people["published"]()
    row = ErrorReport.objects.create(fact_check=check, revision=check.latest, text="Sai", handled=NOW, outcome="Đã sửa")
    return lambda: ErrorReport.objects.get(pk=row.pk).text != "", 365 * DAY


def _session(desk, people):
    Session.objects.create(session_key="k", session_data="", expire_date=NOW + 14 * DAY)
    return Session.objects.exists, 14 * DAY


def _attempt(desk, people):
    Attempt.objects.create(cache_key="k", value="", expires=NOW + 5 * MINUTE)
    return Attempt.objects.exists, 5 * MINUTE


def _invitation(desk, people):
    Invitation.objects.create(
        desk=desk, email="x@y.z", role="reader", digest="d", invited_by=people["editor"], expires=NOW, revoked=NOW
    )
    return Invitation.objects.exists, 30 * DAY


def _token(desk, people):
    ApiToken.objects.create(desk=desk, name="Bot", digest="d", made_by=people["editor"], expires=NOW)
    return ApiToken.objects.exists, 365 * DAY


MADE = {
    "texts": _closed_text,
    "pictures": _picture,
    "unasked": _unasked,
    "askers": _asker,
    "addresses": _address,
    "numbers": _number,
    "pages": _page,
    "buckets": _bucket,
    "reports": _report,
    "sessions": _session,
    "attempts": _attempt,
    "invitations": _invitation,
    "tokens": _token,
}


@pytest.fixture
def people(editor, checker, published):
    return {"editor": editor, "checker": checker, "published": published}


def test_no_rule_is_left_out():
    assert set(MADE) == {rule.name for rule in RULES if rule.due is not None}


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.due is not None], ids=lambda rule: rule.name)
def test_until_its_time_it_stays_and_then_it_goes(rule, desk, people):
    is_there, time = MADE[rule.name](desk, people)
    assert time in (*rule.times.values(), time if rule.name == "pictures" else None), "the page says the same"
    early = DAY if rule.name == "numbers" else MINUTE  # those are dated by the day
    purge(now=NOW + time - early)
    assert is_there()
    assert purge(now=NOW + time)[rule.name] == 1
    assert not is_there()
    assert rule.name not in purge(now=NOW + time)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.due is not None], ids=lambda rule: rule.name)
def test_what_is_there_an_hour_too_long_is_noticed(rule, desk, people):
    _is_there, time = MADE[rule.name](desk, people)
    over = NOW + time + GRACE
    early = DAY if rule.name == "numbers" else MINUTE
    assert rule not in left_over(now=over - early)
    assert rule in left_over(now=over)
    purge(now=over)
    assert rule not in left_over(now=over)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.due is not None], ids=lambda rule: rule.name)
def test_the_log_says_how_many_went_unless_they_come_and_go_by_the_minute(rule, desk, people):
    _is_there, time = MADE[rule.name](desk, people)
    purge(now=NOW + time)
    told = Event.objects.filter(verb="personal-data.purged", object_type=rule.name)
    assert [event.detail for event in told] == ([{"count": 1}] if rule.is_told else [])
    assert all((event.actor, event.desk) == ("worker", "") for event in told)


def test_where_there_is_nothing_nothing_is_logged():
    assert purge(now=NOW) == {}
    assert not Event.objects.exists()


def test_a_rule_that_fails_does_not_hold_up_the_others(desk, people, monkeypatch):
    def broken(at):
        raise RuntimeError

    rules = [RULES[0].__class__(name="x", whose="askers", what="", kept="", due=broken), *RULES]
    monkeypatch.setattr("kiemtin.questions.actions.purge.RULES", rules)
    is_there, time = _asker(desk, people)
    with pytest.raises(RuntimeError):
        purge(now=NOW + time)
    assert not is_there()


# Texts


@pytest.fixture
def closed(desk, editor, checker):
    """A case that was closed NOW, with two messages of which others ask too."""

    def make(how="declined"):
        case = make_case(desk, messages=2, title="Ông hàng xóm nhà số 12")
        Message.objects.update(last_asked=NOW)
        message = case.messages.first()
        other = make_case(desk)
        Match.objects.create(message=message, case=other, probability=0.5, band="maybe", passage="Ông hàng xóm")
        if how == "declined":
            decline(case=case, by=editor, reason="Chuyện riêng giữa hai nhà.")
        else:
            close_not_checkable(case=case, by=checker, nature="opinion", note="")
        return case

    return make


@pytest.mark.parametrize("how", ["declined", "not-checkable"])
def test_with_the_texts_go_the_title_and_what_matched_and_nothing_else(closed, how):
    case = closed(how)
    before = {
        name: getattr(Case.objects.get(pk=case.pk), name) for name in ("asked", "messages_count", "public_reason")
    }
    assert purge(now=NOW + 180 * DAY)["texts"] == 2
    row = Case.objects.get(pk=case.pk)
    assert (row.title, row.title_plain) == (f"#{case.pk}", f"#{case.pk}")
    assert {name: getattr(row, name) for name in before} == before
    assert row.state == how
    assert set(Message.objects.filter(case=case).values_list("text", flat=True)) == {""}
    assert Match.objects.get().passage == ""
    assert Request.objects.filter(message__case=case).count() == 2


def test_not_while_somebody_asks_about_it(closed):
    case = closed()
    late = case.messages.order_by("pk").last()
    Message.objects.filter(pk=late.pk).update(last_asked=NOW + 100 * DAY)
    assert purge(now=NOW + 180 * DAY)["texts"] == 1
    assert Case.objects.get(pk=case.pk).title == "Ông hàng xóm nhà số 12", "one of its texts is still there"
    assert purge(now=NOW + 280 * DAY)["texts"] == 1
    assert Case.objects.get(pk=case.pk).title == f"#{case.pk}"


def test_not_that_of_a_case_that_is_open_again_or_has_an_answer(closed, desk, editor):
    reopened = closed()
    reopen(case=reopened, by=editor)
    make_case(desk, state=CaseState.OPEN)
    assert "texts" not in purge(now=NOW + 400 * DAY)


def test_not_one_that_its_askers_gave_for_the_open_data(closed):
    case = closed()
    given = case.messages.first()
    Message.objects.filter(pk=given.pk).update(agreed=1)
    assert purge(now=NOW + 180 * DAY)["texts"] == 1
    given.refresh_from_db()
    assert given.text


def test_the_index_of_messages_forgets_it_too(closed):
    case = closed()
    before = MESSAGES.last()
    purge(now=NOW + 180 * DAY)
    entries = MESSAGES.changes(before, 100)
    assert {entry.id for entry in entries} == {f"message:{message.pk}" for message in case.messages.all()}
    assert all(entry.is_gone and not entry.title for entry in entries)


# Addresses


def test_an_answered_address_does_not_go_by_its_age():
    request = address(created=NOW - 200 * DAY, purge_after=NOW + DAY)
    purge(now=NOW)
    assert kept() == {request.pk}
    assert purge(now=NOW + DAY) == {"addresses": 1}


def test_what_waits_for_an_address_that_goes_is_called_off():
    gone, stays = address(purge_after=NOW), address()
    for request in (gone, stays):
        Reply.objects.create(request=request, kind=ReplyKind.DECLINED, message_id=f"<{request.pk}@x>")
    purge(now=NOW)
    assert dict(Reply.objects.values_list("request", "state")) == {
        gone.pk: ReplyState.CANCELLED,
        stays.pk: ReplyState.QUEUED,
    }


# The rest


def test_sites_of_scams_stay_and_numbers_by_their_last_day():
    message = make_message(requests=0)
    today = timezone.localdate(NOW)
    for kind, ago in (("phone", 365), ("account", 400), ("phone", 364), ("domain", 400)):
        row = Indicator.objects.create(kind=kind, digest=f"{kind}{ago}", shown="…")
        Sighting.objects.create(message=message, indicator=row, first=today - 500 * DAY, last=today - ago * DAY)
    assert purge(now=NOW)["numbers"] == 2
    assert set(Indicator.objects.values_list("digest", flat=True)) == {"phone364", "domain400"}


def test_an_invitation_that_is_open_stays_and_of_the_others_each_end_counts(desk, editor):
    fields = {"desk": desk, "email": "x@y.z", "role": "reader", "invited_by": editor}
    ends = {
        "open": {"expires": NOW + DAY},
        "accepted": {"expires": NOW + 7 * DAY, "accepted": NOW - 30 * DAY},
        "revoked": {"expires": NOW + 7 * DAY, "revoked": NOW - 30 * DAY},
        "old": {"expires": NOW - 30 * DAY},
        "lately": {"expires": NOW - 29 * DAY},
    }
    for name, given in ends.items():
        Invitation.objects.create(digest=name, **fields, **given)
    assert purge(now=NOW)["invitations"] == 3
    assert set(Invitation.objects.values_list("digest", flat=True)) == {"open", "lately"}


def test_a_token_that_holds_stays(desk, editor):
    ApiToken.objects.create(desk=desk, name="Bot", digest="d", made_by=editor, expires=NOW + DAY)
    ApiToken.objects.create(
        desk=desk, name="Bot", digest="e", made_by=editor, expires=NOW + DAY, revoked=NOW - 365 * DAY
    )
    assert purge(now=NOW) == {"tokens": 1}
    assert ApiToken.objects.get().digest == "d"


def test_a_report_that_waits_stays_however_old(desk, people):
    check = people["published"]()
    ErrorReport.objects.create(fact_check=check, revision=check.latest, text="Sai", at=NOW - 999 * DAY)
    assert "reports" not in purge(now=NOW)


def test_the_table_is_the_one_that_the_page_prints():
    assert retention.RULES is RULES


def test_counters_of_a_clock_that_was_ahead_go():
    Bucket.objects.create(key="ahead", window=1, count=1, ends=NOW + 365 * DAY)
    Bucket.objects.create(key="now", window=1, count=1, ends=NOW + DAY)
    assert purge(now=NOW)["buckets"] == 1
    assert Bucket.objects.get().key == "now"
