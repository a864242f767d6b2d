import pytest
from django.db import IntegrityError, transaction

from kiemtin.audit.models import Event
from kiemtin.checks.actions.discard_alert_correction import discard_alert_correction
from kiemtin.checks.actions.publish_alert import publish_alert
from kiemtin.checks.actions.save_alert import save_alert
from kiemtin.checks.actions.send_back_alert import send_back_alert
from kiemtin.checks.actions.submit_alert import submit_alert
from kiemtin.checks.actions.withdraw_alert import withdraw_alert
from kiemtin.checks.alerts import (
    MOST_CHECKS,
    AlertContent,
    AlertGap,
    alert_gaps,
    choosable,
    gap_label,
    in_order,
    public_alerts,
    shaken,
    to_do,
)
from kiemtin.checks.enums import PublicState, Stage
from kiemtin.checks.exceptions import EmptyTextError, IncompleteError, OwnWorkError, StaleVersionError
from kiemtin.checks.models import AlertRevision, FactCheck, ScamAlert
from kiemtin.config.doctor.database import triggers_there
from tests import publishing

pytestmark = pytest.mark.django_db
TRIGGERS = {"checks_alertrevision_no_update", "checks_alertrevision_no_delete", "checks_alertrevision_gathers"}


def written(row, **changes):
    given = {"title": row.title, "text": row.text, "checks": tuple(row.checks), "note": row.note}
    return AlertContent(**(given | changes))


def corrected(row, checker, **changes):
    content = written(row, **({"text": "Chữ khác.", "note": "Thêm một dấu hiệu."} | changes))
    row = save_alert(alert=row, by=checker, version=row.version, content=content)
    return submit_alert(alert=row, by=checker, version=row.version)


def test_it_holds_no_field_for_who_is_behind_a_scam():
    of_an_alert = {"desk", "language", "slug", "title", "text", "checks", "version", "stage", "public_state", "latest"}
    of_an_alert |= {"author", "writers", "remarks", "note", "gathered", "published", "changed", "edited", "created"}
    assert {field.name for field in ScamAlert._meta.get_fields()} == of_an_alert | {"id", "revisions"}
    of_a_revision = {"alert", "number", "kind", "note", "title", "text", "language", "checks", "authors", "at"}
    of_a_revision |= {"id", "author", "approver"}
    assert {field.name for field in AlertRevision._meta.get_fields()} == of_a_revision


def test_the_triggers_are_there_after_all_migrations():
    assert triggers_there() >= TRIGGERS


def test_from_draft_to_publication(alert, checker, editor, ready_pages):
    row = alert(title="  Giả  ngân hàng\u202e ", language="en")
    assert (row.title, row.language, row.version, row.stage) == ("Giả ngân hàng", "en", 1, Stage.DRAFT)
    row = submit_alert(alert=row, by=checker, version=1)
    revision = publish_alert(alert=row, by=editor, version=row.version)
    row.refresh_from_db()
    assert (row.public_state, row.stage, row.slug, row.latest) == ("published", "settled", "gia-ngan-hang", revision)
    assert (revision.number, revision.kind, revision.note, revision.authors) == (1, "first", "", [checker.name])
    assert (revision.author, revision.approver, revision.checks) == (checker, editor, row.checks)
    assert [check.pk for check in row.gathered.all()] == row.checks
    assert list(public_alerts()) == [row]
    told = Event.objects.get(verb="alert.published")
    assert told.detail["revision"] == 1
    assert "title" not in told.detail


def test_who_wrote_cannot_publish_even_if_another_submits(alert, checker, editor, second_editor, ready_pages):
    row = alert()
    row = save_alert(alert=row, by=editor, version=row.version, content=written(row, text="Sửa."))
    row = submit_alert(alert=row, by=checker, version=row.version)
    with pytest.raises(OwnWorkError):
        publish_alert(alert=row, by=editor, version=row.version)
    revision = publish_alert(alert=row, by=second_editor, version=row.version)
    assert revision.authors == [checker.name, editor.name]


def test_another_version_than_the_one_read_is_neither_saved_nor_submitted_nor_published(alert, checker, editor):
    row = alert()
    save_alert(alert=row, by=checker, version=row.version, content=written(row, text="Mới."))
    with pytest.raises(StaleVersionError):
        save_alert(alert=row, by=checker, version=1, content=written(row, text="Cũ."))
    with pytest.raises(StaleVersionError):
        submit_alert(alert=row, by=checker, version=1)
    submit_alert(alert=row, by=checker, version=2)
    with pytest.raises(StaleVersionError):
        publish_alert(alert=row, by=editor, version=1)


def test_the_same_content_changes_nothing(put_alert, checker):
    row = put_alert(Stage.SUBMITTED, PublicState.UNPUBLISHED)
    save_alert(alert=row, by=checker, version=99, content=written(row))
    row.refresh_from_db()
    assert (row.stage, row.version) == (Stage.SUBMITTED, 1)


def test_what_is_missing_is_said(alert, other_desk, checker, desk):
    foreign = publishing.published("Của bàn khác", desk=other_desk)
    unpublished = FactCheck.objects.create(desk=desk, claim="Chưa đăng")
    for number in (foreign.pk, unpublished.pk, 999_999):
        row = alert(checks=(number,))
        assert alert_gaps(row) == (AlertGap.NOT_STANDING,)
        with pytest.raises(IncompleteError):
            submit_alert(alert=row, by=checker, version=row.version)
    assert alert_gaps(alert(checks=(), title="", text=" ")) == (AlertGap.TITLE, AlertGap.TEXT, AlertGap.NO_CHECKS)
    assert str(gap_label("alert-no-checks")).startswith("Choose")
    assert str(gap_label("page-method"))


def test_a_correction_needs_a_note_and_a_change(published_alert, checker):
    row = published_alert()
    row = save_alert(alert=row, by=checker, version=row.version, content=written(row, note="Sửa."))
    assert alert_gaps(ScamAlert.objects.get()) == (AlertGap.UNCHANGED,)
    row = save_alert(alert=row, by=checker, version=row.version, content=written(row, text="Khác.", note=""))
    assert alert_gaps(ScamAlert.objects.get()) == (AlertGap.NOTE,)


def test_a_correction_is_the_next_revision_and_the_public_sees_nothing_before(published_alert, checker, editor):
    row = corrected(published_alert(), checker)
    assert (row.latest.number, row.public_state) == (1, "published")
    revision = publish_alert(alert=row, by=editor, version=row.version)
    row.refresh_from_db()
    assert (revision.number, revision.kind, revision.note) == (2, "correction", "Thêm một dấu hiệu.")
    assert (row.public_state, row.note, row.writers.count()) == ("corrected", "", 0)


def test_a_correction_can_be_given_up(published_alert, checker):
    row = corrected(published_alert(), checker)
    row = discard_alert_correction(alert=row, by=checker)
    assert (row.stage, row.text, row.note, row.public_state) == ("settled", row.latest.text, "", "published")


def test_the_language_stays_once_it_is_published(published_alert, checker):
    row = published_alert()
    row = save_alert(alert=row, by=checker, version=row.version, content=written(row, text="Khác.", language="en"))
    assert row.language == "vi"


def test_it_is_withdrawn_with_a_reason(published_alert, checker, editor):
    row = corrected(published_alert(), checker)
    with pytest.raises(EmptyTextError):
        withdraw_alert(alert=row, by=editor, note=" ")
    revision = withdraw_alert(alert=row, by=editor, note="Nhầm mẫu tin.")
    row.refresh_from_db()
    assert (revision.kind, revision.note, revision.number, row.stage) == ("withdrawal", "Nhầm mẫu tin.", 2, "settled")
    assert (row.public_state, row.text) == ("withdrawn", revision.text)
    assert not public_alerts().exists()


def test_it_is_sent_back_with_remarks(put_alert, editor):
    row = put_alert(Stage.SUBMITTED, PublicState.UNPUBLISHED)
    with pytest.raises(EmptyTextError):
        send_back_alert(alert=row, by=editor, remarks=" ")
    row = send_back_alert(alert=row, by=editor, remarks="Thiếu.")
    assert (row.stage, row.remarks, row.author) == (Stage.DRAFT, "Thiếu.", None)


def test_a_check_that_is_withdrawn_later_comes_up_for_the_desk(published_alert, alert, checker, editor, desk):
    row, check = published_alert(), FactCheck.objects.get()
    assert not to_do(desk.pk).exists()
    publishing.withdraw(check)
    assert list(shaken(desk.pk)) == list(to_do(desk.pk)) == [row]
    other = publishing.published("Tin khác", desk=desk)
    with pytest.raises(IncompleteError):
        corrected(row, checker, checks=(check.pk, other.pk))
    row.refresh_from_db()
    row = corrected(row, checker, checks=(other.pk,))
    publish_alert(alert=row, by=editor, version=row.version)
    assert not shaken(desk.pk).exists()


def test_a_check_that_falls_between_submission_and_publication_stops_it(alert, checker, editor, ready_pages):
    row = alert()
    row = submit_alert(alert=row, by=checker, version=row.version)
    publishing.withdraw(FactCheck.objects.get())
    with pytest.raises(IncompleteError) as error:
        publish_alert(alert=row, by=editor, version=row.version)
    assert error.value.gaps == ("alert-not-standing",)


def test_nothing_is_published_before_the_desk_tells_of_itself(alert, checker, editor):
    row = alert()
    row = submit_alert(alert=row, by=checker, version=row.version)
    with pytest.raises(IncompleteError) as error:
        publish_alert(alert=row, by=editor, version=row.version)
    assert "page-method" in error.value.gaps


def test_checks_are_found_by_words_and_shown_in_the_order_of_the_alert(desk, other_desk):
    first, second = publishing.published("Trúng thưởng xe máy", desk=desk), publishing.published("OTP", desk=desk)
    publishing.published("Trúng thưởng khác", desk=other_desk)
    assert list(choosable(desk.pk, "thưởng xe")) == [first]
    assert in_order([second.pk, 999_999, first.pk]) == [second, first]


def test_a_content_holds_no_check_twice_and_not_too_many():
    numbers = tuple(range(1, 200))
    assert AlertContent(checks=(1, 1, 2)).cleaned().checks == (1, 2)
    assert len(AlertContent(checks=numbers).cleaned().checks) == MOST_CHECKS


REVISION = {"number": 2, "kind": "correction", "title": "x", "text": "x", "note": "x", "language": "vi"}


@pytest.mark.parametrize(
    "broken", ["same-person", "no-checks", "foreign", "draft", "nobody", "no-title", "no-note", "same-number"]
)
def test_the_database_refuses(broken, published_alert, checker, editor, other_desk, desk):
    row = published_alert()
    checks = {
        "no-checks": lambda: [],
        "foreign": lambda: [*row.checks, publishing.published("Khác", desk=other_desk).pk],
        "draft": lambda: [FactCheck.objects.create(desk=desk, claim="Nháp").pk],
        "nobody": lambda: [999_999],
    }
    given = REVISION | {"author": checker, "approver": editor, "checks": checks.get(broken, lambda: row.checks)()}
    given |= {"same-person": {"approver": checker}, "no-title": {"title": ""}, "no-note": {"note": ""}}.get(broken, {})
    given |= {"number": 1} if broken == "same-number" else {}
    with pytest.raises(IntegrityError), transaction.atomic():
        AlertRevision.objects.create(alert=row, **given)
    AlertRevision.objects.create(
        alert=row, **(REVISION | {"author": checker, "approver": editor, "checks": row.checks})
    )


def test_a_revision_is_never_changed_or_deleted(published_alert):
    revision = published_alert().latest
    with pytest.raises(TypeError):
        revision.save()
    with pytest.raises(TypeError):
        revision.delete()
    for act in (lambda rows: rows.update(title="Khác"), lambda rows: rows._raw_delete("default")):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            act(AlertRevision.objects.filter(pk=revision.pk))


@pytest.mark.parametrize(
    "fields",
    [
        {"stage": "approved"},
        {"stage": "submitted", "author": None},
        {"stage": "settled"},
        {"public_state": "published"},
        {"public_state": "withdrawn"},
    ],
)
def test_the_table_knows_which_states_there_are(alert, fields):
    row = alert()
    with pytest.raises(IntegrityError), transaction.atomic():
        ScamAlert.objects.filter(pk=row.pk).update(**fields)
