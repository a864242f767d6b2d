import datetime as dt

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from kiemtin.accounts.enums import Role
from kiemtin.accounts.models import Desk, User
from kiemtin.audit.pulse import beat
from kiemtin.config import settings as product
from kiemtin.config.doctor import desks
from kiemtin.config.doctor.finding import Level
from kiemtin.questions.actions.purge import purge
from kiemtin.questions.enums import ReplyKind
from kiemtin.questions.models import Message, Reply
from tests.unit.questions.making import make_message, make_request

pytestmark = pytest.mark.django_db


def one(check):
    (found,) = check()
    return found


def test_a_desk_that_takes_the_questions_is_needed(desk):
    assert one(desks.desks).level is Level.GOOD
    Desk.objects.update(is_intake=False)
    assert "No desk takes in the questions" in one(desks.desks).sentence
    Desk.objects.all().delete()
    assert one(desks.desks).sentence == "There is no desk."


def test_a_desk_needs_a_second_person_who_approves(desk, member):
    assert one(desks.people).level is Level.WRONG
    member("Một", Role.EDITOR, desk)
    assert one(desks.people).level is Level.WRONG
    member("Đọc", Role.READER, desk)
    assert one(desks.people).level is Level.WRONG
    second = member("Hai", Role.CHECKER, desk)
    assert list(desks.people()) == []
    User.objects.filter(pk=second.pk).update(is_active=False)
    assert one(desks.people).level is Level.WRONG


def test_who_can_sign_in_as_editor_with_a_password_alone_is_named(desk, member, checker):
    assert one(desks.second_factor).level is Level.GOOD
    editor = member("Hà Trần", Role.EDITOR, desk)
    assert "Hà Trần" in one(desks.second_factor).sentence
    RecoveryCodes.activate(editor)  # codes alone are none
    assert one(desks.second_factor).level is Level.WRONG
    TOTP.activate(editor, generate_totp_secret())
    assert one(desks.second_factor).level is Level.GOOD
    invited = member("Chưa Vào", Role.ADMINISTRATOR, desk)
    invited.set_unusable_password()
    invited.save()
    assert one(desks.second_factor).level is Level.GOOD


@pytest.mark.parametrize(
    ("address", "level"), [("https://kiemtin.example", Level.WRONG), ("http://localhost", Level.NOTE)]
)
def test_demonstration_people_and_samples_are_found(settings, desk, member, address, level):
    settings.KIEMTIN_ADDRESS = address
    assert one(desks.demonstration).level is Level.GOOD
    Desk.objects.update(is_sample=True)
    assert one(desks.demonstration).level is level
    User.objects.filter(pk=member("Mẫu", Role.EDITOR, desk).pk).update(email="Editor@kiemtin.example")
    found = one(desks.demonstration)
    assert (found.level, "demonstration people" in found.sentence) == (level, True)


def test_the_demonstration_is_known_by_the_addresses_that_it_makes(desk):
    from kiemtin.config.demonstration import make_people

    make_people(desk)
    assert "demonstration people" in one(desks.demonstration).sentence


def test_pages_that_are_missing_are_named(desk, ready_pages):
    Desk.objects.update(contact="ban-doc@example.org")
    assert list(desks.pages()) == []
    other = Desk.objects.create(slug="khac", name="Khác", contact="x@example.org")
    found = one(desks.pages)
    assert found.level is Level.WRONG
    assert "Khác" in found.sentence
    ready_pages(other)
    Desk.objects.filter(pk=other.pk).update(contact="")
    assert one(desks.pages).level is Level.NOTE


def test_work_that_waits_means_that_nobody_works(settings, desk):
    settings.KIEMTIN_SENDS_MAIL = True
    request = make_request(make_message(requests=0), address=False)
    Message.objects.update(settled=True)
    beat(worker="a")
    assert one(desks.waiting).level is Level.GOOD
    long_ago = timezone.now() - dt.timedelta(minutes=6)
    Message.objects.update(settled=False, due=long_ago)
    assert "messages without a case: 1" in one(desks.waiting).sentence
    Message.objects.update(due=timezone.now())
    assert one(desks.waiting).level is Level.GOOD
    Reply.objects.create(request=request, kind=ReplyKind.values[0], next_try=long_ago, message_id="x")
    assert "replies not sent: 1" in one(desks.waiting).sentence
    settings.KIEMTIN_SENDS_MAIL = False  # they wait for a mail server, which another line tells
    assert one(desks.waiting).level is Level.GOOD


def test_a_worker_that_is_not_there_is_missed():
    assert one(desks.waiting).level is Level.NOTE, "it has never run"
    beat(worker="a", now=timezone.now() - dt.timedelta(minutes=6))
    finding = one(desks.waiting)
    assert (finding.code, finding.level) == ("worker", Level.WRONG)
    assert "kiemtin worker" in finding.advice
    beat(worker="a")
    assert one(desks.waiting).level is Level.GOOD


def test_passwords_of_older_methods_are_noted_and_unknown_ones_wrong(settings, checker, editor):
    settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS
    User.objects.update(password="argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdA$aGFzaA")
    assert one(desks.passwords).level is Level.GOOD
    User.objects.filter(pk=checker.pk).update(password="pbkdf2_sha256$1$a$b")
    found = one(desks.passwords)
    assert (found.level, "1 password is kept by an older method" in found.sentence) == (Level.NOTE, True)
    User.objects.filter(pk=editor.pk).update(password="md5$a$b")
    assert one(desks.passwords).level is Level.WRONG
    User.objects.update(password="!unusable")
    assert one(desks.passwords).level is Level.GOOD


def test_what_should_have_been_deleted_is_named(desk):
    request = make_request(make_message(requests=0), address=False, asker="a" * 64)
    request.at = timezone.now() - dt.timedelta(days=1, minutes=50)
    request.save()
    assert one(desks.retention).level is Level.GOOD
    request.at -= dt.timedelta(minutes=20)
    request.save()
    found = one(desks.retention)
    assert (found.level, found.sentence) == (Level.WRONG, "What should have been deleted is still there: askers")
    purge()
    assert one(desks.retention).level is Level.GOOD


def test_while_the_clock_is_in_doubt_nothing_is_missed_that_waits_for_it(desk):
    make_request(make_message(requests=0), address=False, asker="a" * 64, at=timezone.now() - dt.timedelta(days=2))
    beat(worker="a", now=timezone.now() - dt.timedelta(days=3))
    beat(worker="a")
    assert list(desks.retention()) == []
