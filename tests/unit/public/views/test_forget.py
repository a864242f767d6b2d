import pytest

from kiemtin.questions.actions.leave_address import leave_address
from kiemtin.questions.models import ReplyAddress
from kiemtin.questions.secrets import forget_key
from tests.unit.public.views.conftest import words

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def request_with_address(asked):
    request = asked()
    leave_address(request=request, address="an@example.org")
    return request


@pytest.fixture
def path(request_with_address):
    return f"/en/r/{request_with_address.code}/forget/?key={forget_key(request_with_address)}"


def test_a_link_that_a_scanner_opens_deletes_nothing(client, path):
    response = client.get(path)
    assert "Delete your mail address?" in words(response)
    assert 'method="post"' in response.content.decode()
    assert ReplyAddress.objects.exists()


def test_the_button_deletes_it_and_says_so(client, path):
    response = client.post(path)
    assert response.status_code == 200
    assert "Your address is deleted" in words(response)
    assert not ReplyAddress.objects.exists()
    assert "Your address is deleted" in words(client.get(path))
    assert client.post(path).status_code == 200


def test_a_mail_program_does_it_with_one_click_from_anywhere_without_a_redirect(client, path):
    response = client.post(path, ONE_CLICK, headers={"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 200
    assert not ReplyAddress.objects.exists()


@pytest.mark.parametrize("key", ["", "x", "0" * 64])
def test_from_elsewhere_the_key_is_needed(client, request_with_address, key):
    path = f"/en/r/{request_with_address.code}/forget/?key={key}"
    assert client.post(path, ONE_CLICK, headers={"Origin": "https://mail.example"}).status_code == 403
    assert ReplyAddress.objects.exists()


def test_the_key_of_one_question_is_no_key_of_another(client, asked, request_with_address):
    other = asked("Tin khác về nước chanh nóng chữa ung thư")
    path = f"/en/r/{request_with_address.code}/forget/?key={forget_key(other)}"
    assert client.post(path, ONE_CLICK, headers={"Origin": "https://mail.example"}).status_code == 403


def test_who_holds_the_code_can_do_it_on_our_page(client, request_with_address):
    page = client.get(f"/en/r/{request_with_address.code}/").content.decode()
    where = f"/en/r/{request_with_address.code}/forget/"
    assert f'action="{where}"' in page
    assert client.post(where, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200
    assert not ReplyAddress.objects.exists()


def test_an_unknown_code_has_nothing_to_forget(client, desk):
    assert client.post("/r/AAAAAAAAAA/forget/").status_code == 404
