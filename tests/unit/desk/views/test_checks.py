import pytest
from django.db import transaction

from kiemtin.checks.enums import PublicState, Stage
from kiemtin.checks.models import FactCheck
from kiemtin.checks.workflow import RULES, Action, Subject
from kiemtin.desk.views.checks import DEEDS
from tests.cast import CHECK_STATES, ROLES

pytestmark = pytest.mark.django_db

# A page, a form of its own (see test_drafts), and what is done on the page of copies (see test_copies).
COPIES = {Action.TAKE_COPY, Action.HAND_IN_COPY, Action.DROP_COPY, Action.LICENSE_COPY, Action.HOLD_SOURCE}
NOT_A_BUTTON = {Action.READ_CHECK, Action.EDIT, *COPIES}
SENT = {"remarks": "Thiếu nguồn.", "note": "Nguồn chính đã rút."}


@pytest.fixture
def at(desk):
    return lambda row, action="": f"/en/desk/{desk.slug}/checks/{row.pk}/" + (f"{action}/" if action else "")


def test_every_action_on_a_check_has_its_button():
    assert set(DEEDS) | NOT_A_BUTTON == {action for action, rule in RULES.items() if rule.subject is Subject.CHECK}


@pytest.mark.parametrize("action", DEEDS)
@pytest.mark.parametrize("role", ROLES)
def test_a_button_does_what_the_table_says(action, role, put_check, someone, sign_in, ready_pages, at):
    client, rule = sign_in(someone(role)), RULES[action]
    for stage, public in CHECK_STATES:
        with transaction.atomic():
            row = put_check(stage, public)
            answer = client.post(at(row, action), SENT | {"version": row.version})
            if role not in rule.roles:
                expected = 404 if role in ("", "elsewhere") else 403
            else:
                expected = 302 if rule.fits(state=stage, public=public) else 422
            assert answer.status_code == expected, (stage, public)
            before, now = (stage, public), FactCheck.objects.values_list("stage", "public_state").get(pk=row.pk)
            assert (now != before) == (expected == 302 and bool(rule.to)), (stage, public, now)
            transaction.set_rollback(True)


def test_a_button_shows_exactly_where_it_works(put_check, someone, sign_in, at):
    for role in ("reader", "checker", "editor", "administrator"):
        client = sign_in(someone(role))
        for stage, public in CHECK_STATES:
            row = put_check(stage, public)
            page = client.get(at(row)).content.decode()
            for action in DEEDS:
                allowed = RULES[action].allows(role=role, state=stage, public=public)
                assert (f'action="{at(row, action)}"' in page) == allowed, (role, action, stage, public)


def test_who_wrote_it_is_told_instead_of_given_the_button(sign_in, editor, submitted, at):
    row = submitted(by=editor)
    client = sign_in(editor)
    assert "somebody else has to approve it" in client.get(at(row)).content.decode()
    answer = client.post(at(row, "approve"), {"version": row.version})
    assert answer.status_code == 422
    assert "Another editor must look at it." in answer.content.decode()
    assert FactCheck.objects.get().stage == Stage.SUBMITTED


def test_another_version_than_the_one_read_is_not_approved(sign_in, editor, submitted, at):
    row = submitted()
    answer = sign_in(editor).post(at(row, "approve"), {"version": row.version - 1})
    assert answer.status_code == 422
    assert "Somebody else has saved since." in answer.content.decode()


def test_remarks_are_asked_for_and_nothing_typed_is_lost(sign_in, editor, submitted, at):
    row = submitted()
    client = sign_in(editor)
    answer = client.post(at(row, "send-back"), {"remarks": "  "})
    assert "Please write something first." in answer.content.decode()
    client.post(at(row, "send-back"), {"remarks": "Nguồn thứ hai không mở được."})
    row.refresh_from_db()
    assert (row.stage, row.remarks) == (Stage.DRAFT, "Nguồn thứ hai không mở được.")


def test_publishing_waits_for_the_desks_pages(sign_in, editor, approved, at):
    row = approved()
    answer = sign_in(editor).post(at(row, "publish"))
    assert answer.status_code == 422
    assert "The desk must first write its page on who owns and funds it." in answer.content.decode()
    assert FactCheck.objects.get().public_state == PublicState.UNPUBLISHED


def test_a_correction_is_shown_against_what_is_published(sign_in, editor, published, checker, at):
    row = published()
    client = sign_in(checker)
    client.post(at(row, "start-correction"))
    FactCheck.objects.filter(pk=row.pk).update(summary="Có một nghiên cứu nhỏ cho thấy tỏi chữa được Covid-19.")
    page = client.get(at(row)).content.decode()
    assert "<del>Không" in page
    assert "<ins>Có một" in page


def test_the_lists_show_what_is_in_work_and_what_waits(sign_in, editor, draft, submitted, published, desk):
    draft(claim="Câu nháp"), submitted(claim="Câu chờ duyệt"), published(claim="Câu đã đăng")
    client = sign_in(editor)
    everything = client.get(f"/en/desk/{desk.slug}/checks/").content.decode()
    assert all(claim in everything for claim in ("Câu nháp", "Câu chờ duyệt", "Câu đã đăng"))
    assert everything.index("Câu nháp") < everything.index("Câu đã đăng")
    found = client.get(f"/en/desk/{desk.slug}/checks/?state=published&q=đăng").content.decode()
    assert "Câu đã đăng" in found
    assert "Câu nháp" not in found
    waiting = client.get(f"/en/desk/{desk.slug}/review/").content.decode()
    assert "Câu chờ duyệt" in waiting
    assert "Câu nháp" not in waiting


def test_the_list_needs_as_few_queries_for_many(sign_in, editor, draft, desk, django_assert_max_num_queries):
    for number in range(30):
        draft(claim=f"Câu {number}")
    client = sign_in(editor)
    client.get(f"/en/desk/{desk.slug}/checks/")
    with django_assert_max_num_queries(10):
        client.get(f"/en/desk/{desk.slug}/checks/")


def test_another_desks_check_is_not_there(sign_in, outsider, draft, other_desk):
    row = draft()
    client = sign_in(outsider)
    assert client.get(f"/en/desk/{other_desk.slug}/checks/{row.pk}/").status_code == 404
    assert client.post(f"/en/desk/{other_desk.slug}/checks/{row.pk}/withdraw/", SENT).status_code == 404


def test_a_check_that_was_looked_at_again_gets_its_next_day(published, sign_in, checker, at):
    row = published()
    client = sign_in(checker)
    answer = client.post(at(row, "recheck"), {"again_on": "2999-01-02"})
    assert answer.status_code == 302
    assert str(FactCheck.objects.get().recheck_on) == "2999-01-02"
    assert "2 January 2999" in client.get(at(row)).content.decode()


@pytest.mark.parametrize("day", ["2001-01-01", "mai", "2026-02-30", "2999-13-01"])
def test_a_day_that_cannot_be_is_asked_for_again(published, sign_in, checker, at, day):
    row = published()
    answer = sign_in(checker).post(at(row, "recheck"), {"again_on": day})
    assert answer.status_code == 422
    assert "Choose a day after today." in answer.content.decode()
