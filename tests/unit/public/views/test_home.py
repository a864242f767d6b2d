import pytest

from kiemtin.questions.models import CheckDemand


def page(client, path="/en/"):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.django_db
def test_the_front_page_of_a_new_installation_asks_and_says_that_nothing_is_there_yet(client):
    text = page(client)
    assert 'action="/en/ask/"' in text
    assert 'name="text"' in text
    assert "Nothing has been published yet" in text
    assert "Asked most this week" not in text


def test_it_shows_what_is_new_what_is_asked_and_what_was_corrected(client, published, corrected):
    from django.utils import timezone

    check = published(claim="Tin về tỏi", topic="health")
    corrected(check, note="Sửa năm công bố.")
    CheckDemand.objects.create(fact_check=check, day=timezone.localdate(), count=7)
    text = page(client)
    assert text.count("Tin về tỏi") >= 3  # new, asked about, corrected
    assert "asked 7 times" in text
    assert "Sửa năm công bố." in text
    assert '/en/checks/?topic=health">Health <span class="num muted">1<' in text


def test_it_shows_a_check_once_in_the_language_of_the_page(client, published, ready_pages, desk):
    ready_pages(desk, "en")
    published(claim="Tỏi chữa Covid-19", work="toi")
    published(claim="Garlic cures Covid-19", work="toi", language="en")
    assert "Garlic cures" in page(client)
    assert "Tỏi chữa" not in page(client)
    assert "Tỏi chữa" in page(client, "/")
    assert "Garlic cures" not in page(client, "/")


def test_no_draft_is_on_it(client, published, draft):
    published()
    draft(claim="Chưa đăng")
    assert "Chưa đăng" not in page(client)
