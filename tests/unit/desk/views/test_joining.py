from datetime import timedelta

import pytest
from django.utils import timezone

from kiemtin.accounts.models import Invitation, Membership, User
from kiemtin.staff.actions.invite import invite

pytestmark = pytest.mark.django_db

GIVEN = {"name": "Mới Đến", "password": "mot-cau-de-nho-lau"}


@pytest.fixture
def link(desk, administrator):
    def make(email="moi@example.org", role="checker"):
        return f"/en/desk/invitation/{invite(desk=desk, email=email, role=role, by=administrator).secret}/"

    return make


def test_somebody_new_joins_and_is_signed_in(client, link, desk):
    address = link()
    assert "moi@example.org" in client.get(address).content.decode()
    response = client.post(address, GIVEN)
    assert response["Location"] == f"/en/desk/{desk.slug}/"
    assert client.get("/en/desk/account/").status_code == 200
    assert Membership.objects.get(user__email="moi@example.org").role == "checker"


def test_an_editor_goes_on_to_the_second_factor(client, link):
    response = client.post(link(role="editor"), GIVEN, follow=True)
    assert response.redirect_chain[-1][0] == "/en/desk/second-factor/"


def test_looking_at_it_uses_nothing_up(client, link):
    address = link()
    client.get(address)
    client.head(address)
    assert Invitation.objects.get().is_open


def test_a_weak_password_comes_back_with_the_reason(client, link):
    response = client.post(link(), GIVEN | {"password": "ngan"})
    assert response.status_code == 422
    assert "A password has at least 10 characters." in response.content.decode()
    assert not User.objects.filter(email="moi@example.org").exists()


def test_who_has_an_account_is_sent_to_sign_in_and_accepts_then(client, link, outsider, sign_in, desk):
    address = link(outsider.email)
    page = client.get(address).content.decode()
    assert f"/en/account/login/?next={address}" in page
    client.post(address, GIVEN)
    assert not Membership.objects.filter(user=outsider, desk=desk).exists()
    assert sign_in(outsider).post(address)["Location"] == f"/en/desk/{desk.slug}/"
    assert Membership.objects.get(user=outsider, desk=desk).role == "checker"


def test_who_is_signed_in_as_another_does_not_take_the_place(link, outsider, sign_in, desk):
    client = sign_in(outsider)
    address = link()
    assert "You are signed in with" in client.get(address).content.decode()
    assert client.post(address).status_code == 422
    assert not Membership.objects.filter(user=outsider, desk=desk).exists()


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"expires": timezone.now() - timedelta(days=1)}, 410, "seven days, and they are over"),
        ({"revoked": timezone.now()}, 410, "was taken back"),
        ({"accepted": timezone.now()}, 410, "accepted already"),
        ({"digest": "0" * 64}, 404, "There is no such invitation."),
    ],
)
def test_a_link_that_no_longer_works_says_why(client, link, change, status, said):
    address = link()
    Invitation.objects.update(**change)
    for response in (client.get(address), client.post(address, GIVEN)):
        assert response.status_code == status
        assert said in response.content.decode()


def test_ones_own_name_is_changed(sign_in, checker):
    client = sign_in(checker)
    assert client.post("/en/desk/account/", {"name": "Lan Phạm Thị"})["Location"] == "/en/desk/account/"
    checker.refresh_from_db()
    assert checker.name == "Lan Phạm Thị"
    assert client.post("/en/desk/account/", {"name": ""}).status_code == 422
