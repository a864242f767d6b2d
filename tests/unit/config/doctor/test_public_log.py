import pytest

from kiemtin.accounts.models import DeskPage
from kiemtin.config.doctor import public_log
from kiemtin.config.doctor.finding import Level
from kiemtin.questions.actions.decline import decline
from tests.tampering import tamper
from tests.unit.questions.making import make_case, publish_check

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data")]


def one(check):
    (found,) = check()
    return found


def test_the_public_log_is_signed_and_can_be(data, desk, checker, editor, ready_pages):
    assert list(public_log.signed()) == []
    publish_check(desk, author=checker, editor=editor)
    assert one(public_log.signed).level is Level.GOOD
    key = data / "log-key"
    kept = key.read_text()
    key.write_text("no key")
    assert "nothing new can be signed" in one(public_log.signed).sentence
    publish_check(desk, author=checker, editor=editor)
    key.write_text(kept)
    assert one(public_log.signed).sentence == "1 entry of the public log is not signed."


@pytest.fixture
def log(desk, editor, logged_pages, published, corrected, published_alert):
    check = published()
    corrected(check)
    decline(case=make_case(desk), by=editor, reason="Chuyện riêng.")
    return published_alert(checks=(check.pk,))


def test_what_is_published_is_what_the_log_says(db):
    assert list(public_log.fits()) == []


def test_whatever_fits_is_good(log):
    assert one(public_log.fits).level is Level.GOOD


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE checks_revision SET body = 'Khác.' WHERE number = 1", "check/"),
        ("UPDATE checks_alertrevision SET text = 'Khác.'", "alert/"),
        ("UPDATE accounts_deskpage SET body = 'Khác.' WHERE kind = 'method'", "page/nguon-that/method/vi"),
        ("UPDATE questions_case SET public_reason = 'Khác.' WHERE state = 'declined'", "case/"),
        ("DELETE FROM audit_logentry WHERE about LIKE 'alert/%%'", "alert/"),
    ],
)
def test_what_was_changed_past_the_program_is_named(log, statement, named):
    tamper(statement)
    found = one(public_log.fits)
    assert found.level is Level.WRONG
    assert f"1 version in the database is not what the public log says: {named}" in found.sentence


def test_what_was_written_past_the_program_is_counted(log, desk, editor):
    for number in range(1, 6):
        DeskPage.objects.create(desk=desk, kind="contact", language="vi", number=number, body="Khác.", by=editor)
    assert one(public_log.fits).sentence == (
        "5 versions in the database are not what the public log says: page/nguon-that/contact/vi …"
    )
