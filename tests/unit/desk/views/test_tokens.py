import re

import pytest

from kiemtin.accounts.models import ApiToken
from kiemtin.accounts.tokens import find_token

pytestmark = pytest.mark.django_db

NEW = {"name": "Bot Telegram", "scopes": ["ask"], "days": "90"}


@pytest.fixture
def at(desk):
    return f"/en/desk/{desk.slug}/tokens/"


@pytest.fixture
def client(sign_in, administrator):
    return sign_in(administrator)


def test_a_token_is_shown_once(client, at, desk):
    response = client.post(at, NEW)
    (secret,) = set(re.findall(r"kt_[\w-]{40,}", response.content.decode()))
    assert "no-store" in response["Cache-Control"]
    token = find_token(secret)
    assert (token.desk, token.name, token.scopes) == (desk, "Bot Telegram", "ask")
    page = client.get(at).content.decode()
    assert "Bot Telegram" in page
    assert token.prefix in page
    assert secret not in page


def test_the_publisher_is_asked_for_where_it_is_needed(client, at):
    response = client.post(at, NEW | {"scopes": ["pages"], "publisher_site": "x"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Say whose reviews they are." in page
    assert "This is no site." in page
    assert not ApiToken.objects.exists()
    assert (
        client.post(at, NEW | {"scopes": ["pages"], "publisher_name": "Báo", "publisher_site": "bao.vn"}).status_code
        == 200
    )


@pytest.mark.parametrize("fields", [{"name": ""}, {"scopes": ["admin"]}, {"days": "9999"}])
def test_what_cannot_be_is_refused(client, at, fields):
    assert client.post(at, NEW | fields).status_code == 422
    assert not ApiToken.objects.exists()


def test_a_revoked_token_says_so_and_has_no_button(client, at):
    client.post(at, NEW)
    token = ApiToken.objects.get()
    assert client.post(f"{at}{token.pk}/revoke/")["Location"] == at
    page = client.get(at).content.decode()
    assert "revoked" in page
    assert f"{token.pk}/revoke/" not in page
    assert "lets nobody in any more" in client.post(f"{at}{token.pk}/revoke/", follow=True).content.decode()


def test_a_token_of_another_desk_is_not_there(client, at, other_desk, administrator, member):
    from kiemtin.staff.actions.make_token import make_token

    by = member("Kia", "administrator", other_desk)
    token = make_token(desk=other_desk, name="Của bàn khác", scopes=(), days=30, by=by).token
    assert "Của bàn khác" not in client.get(at).content.decode()
    assert client.post(f"{at}{token.pk}/revoke/").status_code == 404


def test_its_queries_do_not_grow_with_its_tokens(client, at, django_assert_max_num_queries):
    for _ in range(20):
        client.post(at, NEW)
    with django_assert_max_num_queries(8):
        client.get(at)


def test_the_log_tells_it(client, at, desk):
    client.post(at, NEW)
    client.post(f"{at}{ApiToken.objects.get().pk}/revoke/")
    page = client.get(f"/en/desk/{desk.slug}/log/?kind=token").content.decode()
    assert "made a token" in page
    assert "revoked a token" in page
