import pytest
from django.urls import reverse

from kiemtin.accounts.enums import Role

pytestmark = pytest.mark.django_db


def test_with_one_desk_one_goes_there(sign_in, checker, desk):
    assert sign_in(checker).get("/en/desk/")["Location"] == f"/en/desk/{desk.slug}/"


def test_with_several_one_chooses(sign_in, checker, desk, other_desk):
    checker.memberships.create(desk=other_desk, role=Role.READER)
    page = sign_in(checker).get("/en/desk/").content.decode()
    assert f"/en/desk/{desk.slug}/" in page
    assert f"/en/desk/{other_desk.slug}/" in page


def test_with_none_it_says_so(sign_in, checker):
    checker.memberships.all().delete()
    assert "You are in no desk" in sign_in(checker).get("/en/desk/").content.decode()


def test_the_second_factor_is_offered_in_two_ways_until_there_is_one(sign_in, editor):
    client = sign_in(editor, second_factor=False)
    page = client.get(reverse("desk:second-factor")).content.decode()
    assert reverse("mfa_add_webauthn") in page
    assert reverse("mfa_activate_totp") in page
    assert sign_in(editor).get(reverse("desk:second-factor"))["Location"] == "/en/desk/"


@pytest.mark.parametrize("name", ["home", "second-factor", "account"])
def test_one_must_be_signed_in(client, name):
    address = reverse(f"desk:{name}")
    assert client.get(address)["Location"] == f"/en/account/login/?next={address}"
