import pytest
from django.db import transaction

from kiemtin.checks.actions.save_alert import save_alert
from kiemtin.checks.actions.submit_alert import submit_alert
from kiemtin.checks.alerts import AlertContent
from kiemtin.checks.enums import PublicState, Stage
from kiemtin.checks.models import FactCheck, ScamAlert
from kiemtin.checks.workflow import RULES, Action, Subject
from kiemtin.desk.nav_counts import nav_counts
from kiemtin.desk.views.alerts import DEEDS
from tests import publishing
from tests.cast import ALERT_STATES, ROLES

pytestmark = pytest.mark.django_db
SENT = {"remarks": "Thiếu dấu hiệu.", "note": "Nhầm mẫu tin."}


@pytest.fixture
def at(desk):
    return lambda row, end="": f"/en/desk/{desk.slug}/alerts/{row.pk}/" + (f"{end}/" if end else "")


@pytest.fixture
def list_at(desk):
    return f"/en/desk/{desk.slug}/alerts/"


def form(row=None, **fields):
    given = {"title": "Giả ngân hàng xin mã OTP", "text": "Kẻ gian **xin mã**.", "language": "vi"}
    return given | {"version": row.version if row else 0} | fields


def text(answer):
    return answer.content.decode()


def test_every_action_on_an_alert_has_its_button():
    of_an_alert = {action for action, rule in RULES.items() if rule.subject is Subject.ALERT}
    assert set(DEEDS) | {Action.READ_ALERT, Action.EDIT_ALERT} == of_an_alert


@pytest.mark.parametrize("action", DEEDS)
@pytest.mark.parametrize("role", ROLES)
def test_a_button_does_what_the_table_says(action, role, put_alert, someone, sign_in, ready_pages, at):
    client, rule = sign_in(someone(role)), RULES[action]
    for stage, public in ALERT_STATES:
        with transaction.atomic():
            row = put_alert(stage, public)
            answer = client.post(at(row, action), SENT | {"version": row.version})
            if role not in rule.roles:
                expected = 404 if role in ("", "elsewhere") else 403
            else:
                expected = 302 if rule.fits(state=stage, public=public) else 422
            assert answer.status_code == expected, (stage, public)
            before, now = (stage, public), ScamAlert.objects.values_list("stage", "public_state").get(pk=row.pk)
            assert (now != before) == (expected == 302), (stage, public, now)
            transaction.set_rollback(True)


def test_a_button_shows_exactly_where_it_works(put_alert, someone, sign_in, at):
    for role in ("reader", "checker", "editor", "administrator"):
        client = sign_in(someone(role))
        for stage, public in ALERT_STATES:
            row = put_alert(stage, public)
            page = text(client.get(at(row)))
            for action in DEEDS:
                allowed = RULES[action].allows(role=role, state=stage, public=public)
                assert (f'action="{at(row, action)}"' in page) == allowed, (role, action, stage, public)
            may_edit = RULES[Action.EDIT_ALERT].allows(role=role, state=stage, public=public)
            assert (f'href="{at(row, "edit")}"' in page) == may_edit
            assert (client.get(at(row, "edit")).status_code == 200) == may_edit


def test_it_is_written_submitted_and_published(sign_in, checker, editor, ready_pages, desk, at, list_at):
    first = publishing.published("Ngân hàng xin mã OTP", desk=desk)
    second = publishing.published("Trúng thưởng xe máy", desk=desk)
    client = sign_in(checker)
    assert client.get(f"{list_at}new/").status_code == 200
    sent = form(check=[first.pk, second.pk], **{f"place-{first.pk}": "2", f"place-{second.pk}": "1"})
    answer = client.post(f"{list_at}new/", sent | {"submit": "1"})
    row = ScamAlert.objects.get()
    assert answer["Location"] == at(row)
    assert (row.stage, row.checks) == (Stage.SUBMITTED, [second.pk, first.pk])
    assert nav_counts(desk)["alerts"] == 1
    client = sign_in(editor)
    page = text(client.get(at(row)))
    assert "<strong>xin mã</strong>" in page
    assert page.index("Trúng thưởng xe máy") < page.index("Ngân hàng xin mã OTP")
    assert client.post(at(row, "publish-alert"), {"version": row.version}).status_code == 302
    row.refresh_from_db()
    assert row.public_state == PublicState.PUBLISHED
    assert f'href="/en/alerts/{row.pk}/{row.slug}/"' in text(client.get(at(row)))


def test_looking_for_checks_saves_nothing_and_loses_nothing(sign_in, checker, alert, desk, at):
    row = alert()
    publishing.published("Trúng thưởng xe máy", desk=desk)
    publishing.published("Không liên quan", desk=desk)
    sent = form(row, text="Đang viết dở", check=row.checks, q="thưởng", find="1")
    page = text(sign_in(checker).post(at(row, "edit"), sent))
    assert "Đang viết dở" in page
    assert f'value="{row.checks[0]}" checked' in page
    assert "Trúng thưởng xe máy" in page
    assert "Không liên quan" not in page
    row.refresh_from_db()
    assert (row.text, row.version) == ("Kẻ gian **xin mã**.", 1)


def test_checks_of_other_desks_and_drafts_cannot_be_ticked(sign_in, checker, desk, other_desk, list_at):
    own = publishing.published("Của mình", desk=desk)
    foreign = publishing.published("Của bàn khác", desk=other_desk)
    draft = FactCheck.objects.create(desk=desk, claim="Nháp")
    client = sign_in(checker)
    page = text(client.get(f"{list_at}new/"))
    assert "Của mình" in page
    assert "Của bàn khác" not in page
    assert "Nháp" not in page
    client.post(f"{list_at}new/", form(check=[foreign.pk, "x", draft.pk, own.pk, "9" * 30]))
    assert ScamAlert.objects.get().checks == [own.pk]


def test_a_title_is_asked_for_and_nothing_typed_is_lost(sign_in, checker, list_at):
    answer = sign_in(checker).post(f"{list_at}new/", form(title="", text="Đã viết"))
    assert answer.status_code == 422
    assert "Đã viết" in text(answer)
    assert "Give the alert a title." in text(answer)
    assert not ScamAlert.objects.exists()


def test_what_is_missing_is_said_after_it_was_saved(sign_in, checker, list_at, at):
    answer = sign_in(checker).post(f"{list_at}new/", form(submit="1"), follow=True)
    assert answer.redirect_chain[-1][0] == at(ScamAlert.objects.get(), "edit")
    assert "Choose at least one published fact-check of the desk." in text(answer)


def test_two_who_write_at_once_see_each_others_text(sign_in, checker, second_checker, alert, at):
    row = alert()
    content = AlertContent(title=row.title, text="Chữ của người kia.", checks=tuple(row.checks))
    save_alert(alert=row, by=second_checker, version=row.version, content=content)
    client = sign_in(checker)
    answer = client.post(at(row, "edit"), form(row, text="Chữ của tôi.", check=row.checks))
    assert answer.status_code == 409
    assert "<ins>tôi." in text(answer)
    assert 'name="version" value="2"' in text(answer)
    assert client.post(at(row, "edit"), form(text="Chữ của tôi.", version=2, check=row.checks)).status_code == 302


def test_who_wrote_it_is_told_instead_of_given_the_button(sign_in, editor, alert, at):
    row = alert(by=editor)
    row = submit_alert(alert=row, by=editor, version=row.version)
    client = sign_in(editor)
    assert "another editor has to publish it" in text(client.get(at(row)))
    assert client.post(at(row, "publish-alert"), {"version": row.version}).status_code == 422


def test_remarks_are_shown_to_the_author_and_kept_if_empty(sign_in, editor, checker, put_alert, at):
    row = put_alert(Stage.SUBMITTED, PublicState.UNPUBLISHED)
    client = sign_in(editor)
    assert "Please write something first." in text(client.post(at(row, "send-back-alert"), {"remarks": " "}))
    client.post(at(row, "send-back-alert"), {"remarks": "Thêm số điện thoại của ngân hàng."})
    assert "Thêm số điện thoại của ngân hàng." in text(sign_in(checker).get(at(row, "edit")))


def test_a_correction_is_shown_against_what_is_published(sign_in, checker, published_alert, at, list_at):
    row = published_alert()
    client = sign_in(checker)
    page = text(client.get(at(row, "edit")))
    assert "You are correcting a published alert." in page
    assert 'name="language"' not in page
    client.post(at(row, "edit"), form(row, text="Kẻ gian dọa.", check=row.checks, note="Sửa cách nói."))
    page = text(client.get(at(row)))
    assert "<ins>dọa." in page
    assert "Sửa cách nói." in page


def test_a_withdrawn_check_comes_up(sign_in, checker, published_alert, desk, at, list_at):
    row = published_alert()
    assert nav_counts(desk)["alerts"] == 0
    publishing.withdraw(FactCheck.objects.get())
    assert nav_counts(desk)["alerts"] == 1
    client = sign_in(checker)
    assert "1 fact-check was withdrawn" in text(client.get(list_at))
    assert "A fact-check that this alert gathers was withdrawn." in text(client.get(at(row)))


def test_the_list_needs_as_few_queries_for_many(sign_in, checker, alert, list_at, django_assert_max_num_queries):
    for number in range(20):
        alert(title=f"Cảnh báo {number}")
    client = sign_in(checker)
    client.get(list_at)
    with django_assert_max_num_queries(12):
        assert "Cảnh báo 19" in text(client.get(list_at))


def test_another_desks_alert_is_not_there(sign_in, outsider, alert, other_desk):
    row, client = alert(), sign_in(outsider)
    for end in ("", "edit/"):
        assert client.get(f"/en/desk/{other_desk.slug}/alerts/{row.pk}/{end}").status_code == 404
    assert client.post(f"/en/desk/{other_desk.slug}/alerts/{row.pk}/withdraw-alert/", SENT).status_code == 404


def test_every_role_reaches_them_on_a_phone_too(sign_in, someone, desk, list_at):
    for role in ("reader", "checker", "administrator"):
        html = text(sign_in(someone(role)).get(list_at))
        assert f'href="{list_at}"' in html[html.index("desk-more-panel") :]


def test_no_other_action_is_there(sign_in, checker, alert, at):
    assert sign_in(checker).post(at(alert(), "approve"), {}).status_code == 404
