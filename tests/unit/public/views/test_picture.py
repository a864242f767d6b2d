import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kiemtin.public.views import picture as module
from kiemtin.questions import limits
from kiemtin.questions.actions import read_pictures as reading
from kiemtin.questions.actions.read_pictures import read_next
from kiemtin.questions.limits import Limit
from kiemtin.questions.models import Message, Picture, Request
from tests.pictures import PHOTO, FakeReader, png
from tests.publishing import published
from tests.unit.public.views.conftest import TEXT, words


@pytest.fixture
def reader(monkeypatch, library):
    monkeypatch.setattr(module, "live_library", lambda: library)
    return FakeReader(monkeypatch, reading)


@pytest.fixture
def send(ask, reader):
    """Send a picture; returns the response."""

    def put(data=None, *, text="", name="picture", **fields):
        file = SimpleUploadedFile("anh.png", data or png(), content_type="image/png")
        return ask(text, **{name: file} | fields)

    return put


@pytest.fixture
def sent(send):
    def put(*args, **fields):
        response = send(*args, **fields)
        assert response.status_code == 302, response.content.decode()
        return Picture.objects.latest("pk")

    return put


@pytest.fixture
def show(client):
    def get(picture, query="", status=200, **headers):
        response = client.get(f"/en/r/{picture.code}/picture/{query}", headers=headers)
        assert response.status_code == status
        return response

    return get


def test_a_picture_leads_to_a_page_that_says_what_happens(sent, client, show):
    picture = sent()
    assert client.get(f"/en/r/{picture.code}/")["Location"] == f"/en/r/{picture.code}/picture/"
    response = show(picture)
    assert "Your picture is being read" in words(response)
    assert f"{picture.code[:5]}-{picture.code[5:]}" in words(response)
    assert response["Cache-Control"] == "private, no-store"
    assert '<noscript><meta http-equiv="refresh"' in response.content.decode()
    assert not client.cookies
    assert (Message.objects.count(), picture.language) == (0, "en")


def test_how_many_are_before_it_is_said(sent, show):
    sent()
    assert "1 picture is before yours." in words(show(sent()))


def test_the_page_asks_for_news_and_is_told_only_what_is_new(sent, reader, show):
    picture = sent()
    seen = re.search(r"seen=([\w-]+)", show(picture).content.decode())[1]
    poll = {"HX-Request": "true"}
    show(picture, f"?seen={seen}", status=204, **poll)
    reader.text = TEXT
    read_next()
    response = show(picture, f"?seen={seen}", **poll)
    assert TEXT in response.content.decode()
    assert "<html" not in response.content.decode()
    assert "hx-get" not in response.content.decode(), "it asks no more"


def test_what_was_read_stands_in_the_field_and_counts_when_it_is_sent(sent, reader, show, client):
    reader.text = f"{TEXT}\n0912 345 678"
    picture = sent(text="Bà nội gửi")
    read_next()
    content = show(picture).content.decode()
    assert f">\nBà nội gửi\n\n{TEXT}\n[phone]</textarea>" in content
    assert "words in square brackets" in content
    assert f'src="/en/r/{picture.code}/picture/image.webp"' in content
    assert not Message.objects.exists()
    answer = client.post(f"/en/r/{picture.code}/picture/ask/", {"text": f"{TEXT} ạ"})
    request = Request.objects.get()
    assert answer["Location"] == f"/en/r/{picture.code}/"
    assert (request.code, request.message.text) == (picture.code, f"{TEXT} ạ")
    assert client.get(answer["Location"]).status_code == 200
    assert show(picture, status=302)["Location"] == f"/en/r/{picture.code}/"


def test_the_holder_of_the_code_sees_the_picture_and_nobody_else(sent, client, library):
    picture = sent()
    response = client.get(f"/en/r/{picture.code}/picture/image.webp")
    assert (response["Content-Type"], response["Cache-Control"]) == ("image/webp", "private, no-store")
    assert response.content.startswith(b"RIFF")
    assert client.get("/en/r/AAAAAAAAAA/picture/image.webp").status_code == 404
    Picture.objects.update(secret=b"")
    assert client.get(f"/en/r/{picture.code}/picture/image.webp").status_code == 404


def test_a_code_typed_by_hand_leads_there(sent, client):
    picture = sent()
    typed = f"{picture.code[:5]}-{picture.code[5:]}".lower()
    assert client.get("/en/r/", {"code": typed})["Location"] == f"/en/r/{picture.code}/picture/"
    assert client.get(f"/en/r/{typed}/picture/")["Location"] == f"/en/r/{picture.code}/picture/"


def test_who_does_not_want_to_wait_types(sent, show):
    response = show(sent(), "?type=1")
    assert "<textarea" in response.content.decode()
    assert "hx-get" not in response.content.decode()


@pytest.mark.parametrize(
    ("failure", "sentence"),
    [("no-reader", "This site cannot read pictures at the moment."), ("too-slow", "Its text could not be read.")],
)
def test_what_cannot_be_read_is_typed(sent, show, failure, sentence):
    picture = sent()
    Picture.objects.update(state="read", failure=failure)
    assert sentence in words(show(picture))


def test_a_text_that_is_not_taken_stays_in_the_field(sent, client):
    picture = sent()
    response = client.post(f"/en/r/{picture.code}/picture/ask/", {"text": "0912 345 678"})
    assert response.status_code == 422
    assert "nothing is left to check" in words(response)
    assert ">\n0912 345 678</textarea>" in response.content.decode()


def test_a_photograph_that_was_sent_before(sent, reader, library, desk, show, client, monkeypatch):
    from kiemtin.questions import photos

    monkeypatch.setattr(photos, "same_photos", lambda photo, known: [key for key, one in known if one == photo])
    check = published("Ảnh chụp lũ ở Huế năm 2020", desk=desk)
    reader.photo = PHOTO
    first = sent()
    read_next()
    assert "No text was found in it." in words(show(first))
    library.says("answer", check)
    client.post(f"/en/r/{first.code}/picture/ask/", {"text": "Ảnh lũ ở Huế hôm qua"})
    second = sent()
    read_next()
    said = words(show(second))
    assert "This picture was sent before" in said
    assert "Ảnh chụp lũ ở Huế năm 2020" in said
    assert "hôm qua" not in said, "what another wrote beside it is theirs"
    key = re.search(r'name="same" value="([^"]+)"', show(second).content.decode())[1]
    answer = client.post(f"/en/r/{second.code}/picture/ask/", {"same": key}, REMOTE_ADDR="203.0.113.250")
    assert answer["Location"] == f"/en/r/{second.code}/"
    assert Request.objects.get(code=second.code).message.text == "Ảnh chụp lũ ở Huế năm 2020"
    assert library.asked[-1] == "Ảnh chụp lũ ở Huế năm 2020"


def test_a_sighting_that_was_not_offered_is_no_answer(sent, client):
    picture = sent()
    assert client.post(f"/en/r/{picture.code}/picture/ask/", {"same": "1"}).status_code == 422


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7", "This kind of file is not taken."),
        (b"x" * (10 << 20), "This file is no picture."),
        (b"x" * ((10 << 20) + 1), "The picture is too large: at most 10 MB."),
        (b"x" * (11 << 20), "The picture is too large: at most 10 MB."),
    ],
)
def test_what_is_no_picture_is_said_and_the_text_beside_it_stays(send, data, sentence):
    response = send(data, text=TEXT)
    assert response.status_code == 422
    assert sentence in words(response)
    assert len(data) > 11 << 19 or f">\n{TEXT}</textarea>" in response.content.decode()
    assert not Picture.objects.exists()


def test_one_address_sends_so_many_and_no_more(send, monkeypatch):
    monkeypatch.setattr(limits, "SENDING_PICTURES", (Limit("picture", 1, 600),))
    assert send(address="203.0.113.7").status_code == 302
    refused = send(address="203.0.113.7")
    assert (refused.status_code, "Retry-After" in refused) == (429, True)


def test_another_site_sends_none(client, library):
    file = SimpleUploadedFile("anh.png", png())
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/en/ask/", {"picture": file}, headers=foreign).status_code == 403
    picture = Picture.objects.create(code="AAAAAAAAAA", delete_after="2030-01-01T00:00:00Z")
    assert client.post(f"/en/r/{picture.code}/picture/ask/", {"text": TEXT}, headers=foreign).status_code == 403


def test_a_shared_picture_is_read_first(client, library):
    file = SimpleUploadedFile("anh.png", png())
    response = client.post("/en/share/", {"picture": file, "text": TEXT}, headers={"Sec-Fetch-Site": "none"})
    picture = Picture.objects.get()
    assert response["Location"] == f"/en/r/{picture.code}/"
    assert (picture.typed, Message.objects.count()) == (TEXT, 0)


def test_another_site_shares_no_picture(client, library):
    file = SimpleUploadedFile("anh.png", png())
    response = client.post("/en/share/", {"picture": file, "text": TEXT}, headers={"Sec-Fetch-Site": "cross-site"})
    assert (response.status_code, Picture.objects.count()) == (200, 0)
    assert TEXT in response.content.decode()


def test_the_share_sheet_offers_pictures(client, db):
    target = client.get("/en/manifest.webmanifest").json()["share_target"]
    assert target["params"]["files"][0]["name"] == "picture"
    assert "image/heic" in target["params"]["files"][0]["accept"]
