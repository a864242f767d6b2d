import pytest

from kiemtin.public.views.share import joined
from kiemtin.questions.models import Message
from tests.unit.public.views.conftest import words


@pytest.mark.parametrize(
    ("pieces", "message"),
    [
        (("Tin nóng", "Ăn tỏi khỏi cúm", "https://tin.example/1"), "Tin nóng\nĂn tỏi khỏi cúm\nhttps://tin.example/1"),
        (
            ("", "Ăn tỏi khỏi cúm https://tin.example/1", "https://tin.example/1"),
            "Ăn tỏi khỏi cúm https://tin.example/1",
        ),
        (("Ăn tỏi", "Ăn tỏi khỏi cúm", ""), "Ăn tỏi khỏi cúm"),
        (("A", "A", "A"), "A"),
        ((" ", "\n", ""), ""),
    ],
)
def test_title_text_and_link_become_one_message(pieces, message):
    assert joined(*pieces) == message


def share(client, **fields):
    """Post as a phone's share sheet does: as a form with parts, from nowhere."""
    return client.post("/en/share/", {"title": "", "text": "", "url": ""} | fields, headers={"Sec-Fetch-Site": "none"})


def test_what_was_shared_stands_in_the_field_and_nothing_is_asked(client, library):
    response = share(client, text="Ăn tỏi <khỏi> cúm", url="https://tin.example/1")
    page = response.content.decode()
    assert response.status_code == 200
    assert ">\nĂn tỏi &lt;khỏi&gt; cúm\nhttps://tin.example/1</textarea>" in page
    assert 'action="/en/ask/"' in page
    assert "Nothing has been sent yet." in words(response)
    assert response["Cache-Control"] == "private, no-store"
    assert not client.cookies
    assert not Message.objects.exists()


def test_from_another_site_it_is_only_shown_too(client, library):
    response = client.post("/share/", {"text": "Tin"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 200
    assert not Message.objects.exists()


def test_nothing_readable_is_said(client, library):
    assert "Nothing arrived that can be read." in words(share(client))


def test_more_than_any_message_is_too_long(client, library, settings):
    response = share(client, text="a" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1))
    assert response.status_code == 422
    assert "too long" in words(response)


def test_a_reload_leads_to_the_empty_field(client, library):
    assert client.get("/en/share/")["Location"] == "/en/ask/"
