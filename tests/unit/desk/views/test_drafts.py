import pytest

from kiemtin.checks.actions.save_draft import save_draft
from kiemtin.checks.draft import DraftContent
from kiemtin.checks.enums import Stage
from kiemtin.checks.models import CopyRequest, FactCheck

pytestmark = pytest.mark.django_db


@pytest.fixture
def form():
    """Make what the browser sends for a fact-check; the fields given replace those of its working copy."""

    def make(row, **fields):
        content = DraftContent.of(row)
        sent = {name: getattr(content, name) for name in ("claim", "verdict", "summary", "body", "topic", "note")}
        sent |= {"version": row.version, "wordings": "\n".join(content.wordings)}
        sent |= {"source-TOTAL_FORMS": len(content.sources), "source-INITIAL_FORMS": 0}
        for at, source in enumerate(content.sources):
            for name in source.__slots__:
                sent[f"source-{at}-{name}"] = getattr(source, name) or ""
        return sent | fields

    return make


@pytest.fixture
def at(desk):
    return lambda row, name="edit": f"/en/desk/{desk.slug}/checks/{row.pk}/{name}/"


def test_the_form_shows_the_working_copy_and_what_is_missing(sign_in, checker, draft, at):
    row = draft(verdict="", sources=())
    page = sign_in(checker).get(at(row)).content.decode()
    assert f">\n{row.claim}</textarea>" in page
    assert "Choose a verdict." in page
    assert "Name at least two different sources." in page
    assert page.count('class="source-form"') == 2, "two empty ones to begin with"


def test_what_is_written_is_saved_with_its_sources(sign_in, checker, draft, form, at):
    row = draft()
    sent = form(row, claim="Một câu khác", **{"source-0-DELETE": "on"})
    response = sign_in(checker).post(at(row), sent)
    assert response.status_code == 302
    row.refresh_from_db()
    assert row.claim == "Một câu khác"
    assert [source.title for source in row.sources.all()] == ["Sự thật về tỏi"]


def test_nothing_changes_where_nothing_was_changed(sign_in, checker, draft, form, at):
    row = draft()
    sign_in(checker).post(at(row), form(row))
    assert FactCheck.objects.get().version == row.version


def test_somebody_elses_save_is_shown_and_not_written_over(sign_in, checker, second_checker, draft, form, at):
    row = draft()
    sent = form(row, summary="Tóm tắt của tôi.")
    save_draft(fact_check=row, by=second_checker, version=row.version, content=DraftContent(claim="Của họ"))
    client = sign_in(checker)
    response = client.post(at(row), sent)
    assert response.status_code == 409
    page = response.content.decode()
    assert "Somebody else has saved meanwhile" in page
    assert "Tóm tắt của tôi.</textarea>" in page
    assert "<del>Của họ" in page
    now = FactCheck.objects.get()
    assert (now.claim, now.summary) == ("Của họ", "")
    # having seen it, they may save
    assert client.post(at(row), sent | {"version": now.version}).status_code == 302
    assert FactCheck.objects.get().summary == "Tóm tắt của tôi."


def test_autosave_saves_and_returns_the_new_version(sign_in, checker, draft, form, at):
    row = draft()
    client = sign_in(checker)
    page = client.post(at(row, "autosave"), form(row, claim="Câu mới")).content.decode()
    row.refresh_from_db()
    assert row.claim == "Câu mới"
    assert f'name="version" id="id_version" value="{row.version}"' in page
    assert "Saved at" in page
    assert "<html" not in page


def test_autosave_over_another_version_saves_nothing_and_says_so(sign_in, checker, draft, form, at):
    row = draft()
    page = sign_in(checker).post(at(row, "autosave"), form(row, claim="Câu mới", version=row.version - 1))
    assert "somebody else has saved meanwhile" in page.content.decode()
    assert FactCheck.objects.get().claim == row.claim


def test_a_field_that_cannot_be_read_is_named_and_nothing_typed_is_lost(sign_in, checker, draft, form, at):
    row = draft()
    sent = form(row, claim="Câu mới", **{"source-0-accessed": "hôm qua"})
    response = sign_in(checker).post(at(row), sent)
    assert response.status_code == 422
    page = response.content.decode()
    assert "Enter a valid date." in page
    assert "Câu mới</textarea>" in page
    assert FactCheck.objects.get().claim == row.claim


def test_submitting_saves_and_hands_in(sign_in, checker, draft, form, at):
    row = draft()
    response = sign_in(checker).post(at(row), form(row, summary="Ngắn gọn.", submit="1"))
    assert response["Location"].endswith(f"/checks/{row.pk}/")
    row.refresh_from_db()
    assert (row.stage, row.summary) == (Stage.SUBMITTED, "Ngắn gọn.")


def test_what_lacks_something_is_saved_and_not_handed_in(sign_in, checker, draft, form, at):
    row = draft(topic="")
    page = sign_in(checker).post(at(row), form(row, summary="Ngắn gọn.", submit="1"), follow=True).content.decode()
    assert "Saved, but not submitted" in page
    row.refresh_from_db()
    assert (row.stage, row.summary) == (Stage.DRAFT, "Ngắn gọn.")


def test_one_more_source_is_asked_for_without_losing_what_was_written(sign_in, checker, draft, form, at):
    row = draft()
    page = sign_in(checker).post(at(row), form(row, claim="Câu mới", **{"add-source": "1"})).content.decode()
    assert page.count('class="source-form"') == 3
    assert FactCheck.objects.get().claim == "Câu mới"


def test_an_edit_of_what_was_approved_takes_the_approval_back(sign_in, checker, approved, form, at):
    row = approved()
    client = sign_in(checker)
    assert "it must be approved again" in client.get(at(row)).content.decode()
    client.post(at(row), form(row, claim="Câu mới"))
    row.refresh_from_db()
    assert (row.stage, row.approver) == (Stage.DRAFT, None)


def test_only_a_correction_has_a_note(sign_in, checker, draft, published, at):
    client = sign_in(checker)
    assert 'name="note"' not in client.get(at(draft())).content.decode()
    row = published()
    assert client.get(at(row)).status_code == 302, "nothing to edit while it stands"
    client.post(f"/en/desk/{row.desk.slug}/checks/{row.pk}/start-correction/")
    assert 'name="note"' in client.get(at(row)).content.decode()


def test_another_desks_check_is_not_there(sign_in, outsider, checker, draft, at, other_desk):
    row = draft()
    assert sign_in(outsider).get(at(row)).status_code == 404
    assert sign_in(outsider).get(f"/en/desk/{other_desk.slug}/checks/{row.pk}/edit/").status_code == 404


def test_the_editor_needs_few_queries(sign_in, checker, draft, at, django_assert_max_num_queries):
    row = draft()
    client = sign_in(checker)
    client.get(at(row))
    with django_assert_max_num_queries(14):
        client.get(at(row))


def test_a_copy_of_a_source_is_asked_for_and_what_was_written_is_saved(sign_in, checker, draft, form, at):
    row = draft()
    client = sign_in(checker)
    answer = client.post(at(row), form(row, claim="Câu mới", **{"take-copy": "1"}), follow=True)
    page = answer.content.decode()
    request = CopyRequest.objects.get()
    assert (request.url, FactCheck.objects.get().claim) == ("https://example.org/bao", "Câu mới")
    assert page.count("A copy is being taken.") == 1
    CopyRequest.objects.update(state="failed", failure="gone")
    page = client.get(at(row)).content.decode()
    assert "The copy could not be taken. There is nothing at this address any more (status 404 or 410)." in page


def test_a_source_without_an_address_is_asked_for_it(sign_in, checker, draft, form, at):
    row = draft()
    sent = form(row, **{"take-copy": "0", "source-0-url": "example.org"})
    page = sign_in(checker).post(at(row), sent, follow=True).content.decode()
    assert "Give the source its whole address first" in page
    assert not CopyRequest.objects.exists()


def test_the_form_shows_the_newest_copy_of_each_source(sign_in, checker, draft, at, copy_of):
    row = draft()
    copy_of(row, "https://example.org/who", taken="2026-11-20T10:00:00+07:00")
    page = sign_in(checker).get(at(row)).content.decode()
    assert page.count("Copy stored on") == 1
    assert page.count("No copy yet. One is taken when you submit.") == 1
