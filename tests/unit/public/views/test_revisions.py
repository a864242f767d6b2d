import pytest

from kiemtin.checks.actions.withdraw import withdraw


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def check(published, corrected):
    return corrected(published(summary="Bản một."), note="Sửa tóm tắt.", summary="Bản hai.")


def test_every_revision_is_listed_newest_first(client, check):
    text = page(client, f"/en/checks/{check.pk}/revisions/")
    assert text.index("Version 2") < text.index("Version 1")
    assert "Sửa tóm tắt." in text
    assert "Lan Phạm" in text


def test_an_old_revision_reads_as_it_was_and_says_that_it_is_old(client, check):
    text = page(client, f"/en/checks/{check.pk}/revisions/1/")
    assert "Bản một." in text
    assert "Bản hai." not in text
    assert "It no longer holds." in text
    assert "noindex" in text
    assert "the latest one" in page(client, f"/en/checks/{check.pk}/revisions/2/")


def test_what_changed_is_shown_word_by_word(client, check):
    text = page(client, f"/en/checks/{check.pk}/revisions/1-2/")
    assert "<del>một.</del>" in text
    assert "<ins>hai.</ins>" in text
    assert "Sửa tóm tắt." in text


def test_wordings_are_not_shown(client, published, corrected):
    check = corrected(published(), wordings=("Lời truyền miệng",))
    text = page(client, f"/en/checks/{check.pk}/revisions/1-2/")
    assert "Lời truyền miệng" not in text
    assert "Nothing that a reader sees changed." in text


def test_the_revisions_of_a_withdrawn_check_stay(client, check, editor):
    withdraw(fact_check=check, by=editor, note="Nguồn sai.")
    assert "Bản hai." in page(client, f"/en/checks/{check.pk}/revisions/2/")
    assert "The text is as it was; the desk withdrew it." in page(client, f"/en/checks/{check.pk}/revisions/2-3/")
    assert "v-withdrawn" in page(client, f"/en/checks/{check.pk}/revisions/3/")


@pytest.mark.parametrize("end", ["3/", "0/", "1-3/", "2-1/", "1-1/"])
def test_what_was_never_published_has_no_page(client, check, end):
    assert client.get(f"/checks/{check.pk}/revisions/{end}").status_code == 404


def test_a_draft_has_no_revisions(client, draft):
    assert client.get(f"/checks/{draft().pk}/revisions/").status_code == 404
