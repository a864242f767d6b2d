"""A picture on its way: taken, read, asked about, needed, deleted."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from kiemtin.audit.models import Event
from kiemtin.checks.exceptions import NotAllowedError
from kiemtin.media.pictures import Code, PictureError, reopen
from kiemtin.questions.actions import read_pictures as reading
from kiemtin.questions.actions.ask_with_picture import AT_DESK_FOR, ask_with_picture
from kiemtin.questions.actions.need_picture import NEEDED_FOR, need_picture
from kiemtin.questions.actions.purge import purge
from kiemtin.questions.actions.read_pictures import LEASE, read_next
from kiemtin.questions.actions.take_picture import UNASKED_FOR, take_picture
from kiemtin.questions.enums import CaseState, PictureState
from kiemtin.questions.exceptions import PictureGoneError
from kiemtin.questions.models import Case, Indicator, Message, PhotoMark, Picture, Request
from kiemtin.questions.photos import sightings
from kiemtin.questions.refusals import NothingToReadError, PictureRefusedError, TooLongError
from kiemtin.questions.secrets import unseal_picture
from tests.pictures import PHOTO, FakeReader, png
from tests.publishing import published
from tests.unit.questions.conftest import FakeLibrary
from tests.unit.questions.making import make_case

pytestmark = pytest.mark.django_db
TEXT = "Ăn tỏi mỗi ngày thì khỏi cúm"


@pytest.fixture
def reader(monkeypatch, desk):
    return FakeReader(monkeypatch, reading)


@pytest.fixture
def library():
    return FakeLibrary()


@pytest.fixture
def take(reader):
    def make(**fields):
        return take_picture(**({"data": png(), "language": "vi"} | fields))

    return make


@pytest.fixture
def confirm(library):
    def put(picture, text=TEXT, asker=""):
        return ask_with_picture(picture=picture, text=text, channel="web", asker=asker, library=library)

    return put


def fresh(picture):
    return Picture.objects.get(pk=picture.pk)


def test_it_is_stored_as_pixels_only_and_encrypted(take):
    row = take(data=png(format="JPEG", comment=b"0912 345 678 at home"))
    assert b"RIFF" not in bytes(row.secret)
    clear = unseal_picture(bytes(row.secret))
    assert clear.startswith(b"RIFF")
    assert b"0912" not in clear
    assert reopen(clear).width == 400
    assert (row.state, row.request, Message.objects.count()) == (PictureState.WAITING, None, 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM questions_picture")
        assert b"RIFF" not in bytes(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "not-a-picture"), (b"%PDF-1.7", "unsupported"), (png()[:90], "broken"), (b"x" * (11 << 20), "too-large")],
)
def test_what_is_no_picture_is_refused_and_nothing_is_stored(take, data, reason):
    with pytest.raises(PictureRefusedError) as caught:
        take(data=data)
    assert caught.value.params["reason"] == reason
    assert "picture" in caught.value.sentence.lower() or "file" in caught.value.sentence
    assert not Picture.objects.exists()


def test_every_reason_has_a_sentence_of_its_own():
    reasons = [code.value for code in Code if code not in (Code.NO_READER, Code.NOT_READ)]
    assert len({PictureRefusedError(reason).sentence for reason in reasons}) == len(reasons)


def test_what_is_written_beside_it_is_masked_and_bounded(take):
    assert take(typed=f"{TEXT}, gọi 0912 345 678").typed == f"{TEXT}, gọi [phone]"
    assert take(typed=" 0912 345 678 ").typed == ""
    with pytest.raises(TooLongError):
        take(typed="a" * 10_001)


def test_it_is_read_once_masked_and_in_the_order_of_coming(take, reader):
    reader.text = f"{TEXT}\nLiên hệ 0912 345 678"
    first, second = take(), take()
    Picture.objects.filter(pk=first.pk).update(at=first.at - dt.timedelta(seconds=1))
    assert read_next() == 1
    row = fresh(first)
    assert (row.state, row.text, row.photo) == (PictureState.READ, f"{TEXT}\nLiên hệ [phone]", "")
    assert fresh(second).state == PictureState.WAITING
    assert (read_next(), read_next(), len(reader.seen)) == (1, 0, 2)


def test_more_text_than_a_message_may_have_is_cut(take, reader):
    reader.text = "tin đồn " * 2_000
    row = take()
    read_next()
    assert 9_000 < len(fresh(row).text) <= 10_000


def test_a_picture_without_text_gets_a_fingerprint_and_one_with_text_none(take, reader):
    reader.photo = PHOTO
    plain = take()
    read_next()
    assert fresh(plain).photo == str(PHOTO)
    reader.text = TEXT
    written = take()
    read_next()
    assert fresh(written).photo == ""


def test_a_reader_that_fails_leaves_it_to_the_asker(take, reader):
    reader.error = PictureError(Code.NO_READER)
    row = take()
    assert read_next() == 1
    assert (fresh(row).state, fresh(row).failure) == (PictureState.READ, "no-reader")


def test_a_lost_key_leaves_it_to_the_asker(take):
    row = take()
    Picture.objects.update(secret=b"gAAAAA")
    read_next()
    assert fresh(row).failure == "picture-unreadable"


def test_a_worker_that_died_is_followed_by_another_twice_and_then_by_the_asker(take, reader, monkeypatch):
    row = take()
    now = timezone.now()

    def dies(opened):
        raise KeyboardInterrupt

    monkeypatch.setattr(reading, "read_text", dies)
    for attempt in range(2):
        with pytest.raises(KeyboardInterrupt):
            read_next(now=now + attempt * LEASE)
        assert read_next(now=now + attempt * LEASE) == 0, "somebody reads it"
    assert read_next(now=now + 2 * LEASE) == 1
    assert (fresh(row).state, fresh(row).failure) == (PictureState.READ, "not-read")


def test_a_lease_that_no_clock_gives_holds_nobody(take, reader):
    row = take()
    far = timezone.now() + dt.timedelta(days=365)
    Picture.objects.filter(pk=row.pk).update(state=PictureState.READING, lease=far, attempts=1)
    assert read_next() == 1


def test_who_typed_the_text_meanwhile_is_not_disturbed(take, reader, confirm, monkeypatch):
    row = take()

    def slow(opened):
        confirm(fresh(row))
        return reading_said(opened)

    reader.text = "khác"
    reading_said = reader._read
    monkeypatch.setattr(reading, "read_text", slow)
    read_next()
    assert (fresh(row).state, fresh(row).text) == (PictureState.ASKED, "")


def test_the_question_has_the_code_of_the_picture(take, confirm):
    row = take()
    request = confirm(row, text=f"{TEXT} 0912 345 678")
    assert (request.code, request.message.text) == (row.code, f"{TEXT} [phone]")
    assert (fresh(row).state, fresh(row).request) == (PictureState.ASKED, request)
    assert confirm(row) == request, "sent twice"
    assert Request.objects.count() == 1


def test_an_asker_who_asked_it_before_comes_to_that_question(take, confirm):
    first = confirm(take(), asker="a" * 64)
    again = take()
    assert confirm(again, asker="a" * 64) == first
    assert fresh(again).request == first


def test_a_question_that_was_stored_before_the_plug_was_pulled_is_found(take, confirm, monkeypatch):
    row = take()
    from kiemtin.questions.actions import ask_with_picture as module

    with monkeypatch.context() as patch:
        patch.setattr(module, "_settle", lambda *_, **__: None)
        request = confirm(row)
    assert confirm(row) == request


def test_what_is_not_taken_leaves_the_picture_as_it_was(take, confirm):
    row = take()
    with pytest.raises(NothingToReadError):
        confirm(row, text=" ")
    assert (fresh(row).state, bool(fresh(row).secret)) == (PictureState.WAITING, True)


def test_with_an_answer_the_picture_goes_at_once(take, confirm, library):
    library.says("answer", published("Ăn tỏi khỏi cúm"))
    row = take()
    confirm(row)
    assert bytes(fresh(row).secret) == b""


def test_at_the_desk_it_stays_a_week_or_thirty_days_if_a_checker_needs_it(take, confirm, desk, checker):
    needed, other = take(), take()
    case = make_case(desk, messages=0)
    for row, text in ((needed, TEXT), (other, f"{TEXT} nhé")):
        message = confirm(row, text=text).message
        Message.objects.filter(pk=message.pk).update(case=case)
    assert need_picture(picture=needed, case=case, by=checker).delete_after == needed.at + NEEDED_FOR
    need_picture(picture=needed, case=case, by=checker)
    assert Event.objects.filter(verb="case.picture-needed").count() == 1
    now = timezone.now()
    purge(now=now + AT_DESK_FOR - dt.timedelta(minutes=1))
    assert fresh(other).secret
    assert purge(now=now + AT_DESK_FOR + dt.timedelta(minutes=1))["pictures"] == 1
    assert (bool(fresh(needed).secret), bool(fresh(other).secret)) == (True, False)
    with pytest.raises(PictureGoneError):
        need_picture(picture=other, case=case, by=checker)
    purge(now=now + NEEDED_FOR + dt.timedelta(minutes=1))
    assert not fresh(needed).secret
    assert fresh(needed).request.code == needed.code, "the receipt holds"


def test_with_the_decision_on_its_case_it_goes_unless_it_is_needed(take, confirm, desk, checker):
    rows = [take(), take()]
    case = make_case(desk, messages=0)
    for number, row in enumerate(rows):
        Message.objects.filter(pk=confirm(row, text=f"{TEXT} {number}").message_id).update(case=case)
    need_picture(picture=rows[0], case=case, by=checker)
    assert purge().get("pictures") is None
    Case.objects.filter(pk=case.pk).update(state=CaseState.DECLINED, public_reason="Ngoài phạm vi.")
    assert purge()["pictures"] == 1
    assert [bool(fresh(row).secret) for row in rows] == [True, False]


def test_another_case_and_another_desk_have_no_picture(take, confirm, desk, checker, outsider):
    row = take()
    case, other = make_case(desk, messages=0), make_case(desk)
    Message.objects.filter(pk=confirm(row).message_id).update(case=case)
    with pytest.raises(PictureGoneError):
        need_picture(picture=row, case=other, by=checker)
    with pytest.raises(NotAllowedError):
        need_picture(picture=row, case=case, by=outsider)


def test_what_nothing_was_asked_with_goes_with_its_text(take, reader):
    reader.text = TEXT
    row = take()
    read_next()
    assert purge(now=timezone.now() + UNASKED_FOR - dt.timedelta(minutes=1)).get("unasked") is None
    assert purge(now=timezone.now() + UNASKED_FOR + dt.timedelta(minutes=1))["unasked"] == 1
    assert not Picture.objects.filter(pk=row.pk).exists()


@pytest.fixture
def same(monkeypatch):
    """The rule for photographs is the picture room's; here equal fingerprints are the same."""
    from kiemtin.questions import photos

    def same_photos(photo, known):
        return [key for key, one in known if one == photo]

    monkeypatch.setattr(photos, "same_photos", same_photos)


def test_a_photograph_that_was_asked_about_is_recognised_and_settles_nothing(take, confirm, reader, library, same):
    reader.photo = PHOTO
    check = published("Ảnh chụp lũ ở Huế năm 2020")
    first = take()
    read_next()
    library.says("answer", check)
    message = confirm(first, text="Ảnh lũ ở Huế hôm qua").message
    assert PhotoMark.objects.get().message == message
    second = take()
    read_next()
    (seen,) = sightings(fresh(second).photo)
    assert (seen.fact_check, PhotoMark.objects.get().message) == (check, message)
    assert fresh(second).state == PictureState.READ, "nothing is answered by looks"


def test_copies_are_one_sighting_and_a_picture_with_text_has_none(take, confirm, reader, library, same):
    reader.photo = PHOTO
    library.says("answer", published("Ảnh chụp lũ ở Huế năm 2020"))
    for number in range(2):
        row = take()
        read_next()
        confirm(fresh(row), text=f"{TEXT} {number}")
    third = take()
    read_next()
    assert len(sightings(fresh(third).photo)) == 1
    reader.text = TEXT
    written = take()
    read_next()
    assert sightings(fresh(written).photo) == ()


def test_what_another_asked_with_it_is_shown_to_nobody(take, confirm, reader, same):
    """Only what is published is offered: a text that nobody has checked is its asker's."""
    reader.photo = PHOTO
    row = take()
    read_next()
    confirm(fresh(row))
    second = take()
    read_next()
    assert PhotoMark.objects.exists()
    assert sightings(fresh(second).photo) == ()


def test_a_scam_in_a_picture_is_recognised_by_its_number_which_is_nowhere(take, reader, confirm):
    reader.text = f"{TEXT}. Liên hệ 0912 345 678 để nhận thuốc"
    row = take()
    read_next()
    (seen,) = fresh(row).seen
    stored = "".join([*seen[:2], fresh(row).text])
    assert "912345" not in stored.replace(" ", "")
    confirm(fresh(row), text=fresh(row).text)
    assert Indicator.objects.get().shown.endswith("678")
    assert fresh(row).seen == []
