import re

import pytest
from django.core import mail

from kiemtin.accounts.models import Invitation, Membership
from kiemtin.desk import invitation_mail

pytestmark = pytest.mark.django_db

NEW = {"email": "moi@example.org", "role": "editor", "language": "vi"}


@pytest.fixture
def at(desk):
    return f"/en/desk/{desk.slug}/people/"


@pytest.fixture
def client(sign_in, administrator):
    return sign_in(administrator)


def test_it_lists_members_and_open_invitations(client, at, checker, editor):
    client.post(at, NEW)
    page = client.get(at).content.decode()
    assert all(text in page for text in (checker.name, checker.email, "moi@example.org"))
    assert page.count("missing: cannot work yet") == 1  # the editor's second factor


def test_its_queries_do_not_grow_with_its_people(client, at, member, desk, django_assert_max_num_queries):
    for number in range(30):
        member(f"Người {number}", "checker", desk)
    with django_assert_max_num_queries(8):
        client.get(at)


def test_without_a_mail_server_the_link_is_shown_once(client, at, settings):
    settings.KIEMTIN_ADDRESS = "https://kiem.example"
    page = client.post(at, NEW).content.decode()
    link = re.search(r"https://kiem\.example(/desk/invitation/[\w-]+/)", page)
    assert client.get(link[1]).status_code == 200
    assert link[1] not in client.get(at).content.decode()
    assert mail.outbox == []


def test_with_one_it_is_mailed_in_the_language_that_was_chosen(client, at, settings, administrator):
    settings.KIEMTIN_SENDS_MAIL = True
    settings.KIEMTIN_ADDRESS = "https://kiem.example"
    response = client.post(at, NEW)
    assert response["Location"] == at
    client.post(at, NEW | {"language": "en"})
    vietnamese, english = mail.outbox
    assert english.subject == "Invitation to the desk of Nguồn Thật"
    assert vietnamese.subject != english.subject
    assert re.search(r"^https://kiem\.example/desk/invitation/[\w-]{40,}/$", vietnamese.body, re.M)
    assert re.search(r"^https://kiem\.example/en/desk/invitation/[\w-]{40,}/$", english.body, re.M)
    assert english.to == ["moi@example.org"]
    assert f"{administrator.name} invites you" in english.body
    assert "Your role: Editor" in english.body


def test_a_mail_server_that_fails_does_not_lose_the_link(client, at, settings, monkeypatch):
    settings.KIEMTIN_SENDS_MAIL = True

    def broken(*arguments, **options):
        raise ConnectionRefusedError

    monkeypatch.setattr(invitation_mail, "send_mail", broken)
    page = client.post(at, NEW).content.decode()
    assert "did not take the mail" in page
    assert "/desk/invitation/" in page


@pytest.mark.parametrize("change", [{"email": "x"}, {"role": "chief"}, {"language": "fr"}])
def test_a_wrong_form_comes_back(client, at, change):
    response = client.post(at, NEW | change)
    assert response.status_code == 422
    assert not Invitation.objects.exists()


def test_a_member_is_not_invited(client, at, checker):
    response = client.post(at, NEW | {"email": checker.email})
    assert response.status_code == 422
    assert "This person is in the desk already." in response.content.decode()


def test_a_role_is_changed(client, at, checker):
    membership = Membership.objects.get(user=checker)
    assert client.post(f"{at}{membership.pk}/role/", {"role": "editor"})["Location"] == at
    membership.refresh_from_db()
    assert membership.role == "editor"
    assert client.get(f"{at}{membership.pk}/role/").status_code == 405


def test_the_last_administrator_is_told_why_not(client, at, administrator):
    membership = Membership.objects.get(user=administrator)
    response = client.post(f"{at}{membership.pk}/role/", {"role": "reader"}, follow=True)
    assert "A desk keeps at least one administrator." in response.content.decode()
    response = client.post(f"{at}{membership.pk}/remove/", follow=True)
    assert "A desk keeps at least one administrator." in response.content.decode()


def test_who_gives_their_own_right_away_is_led_out(client, at, administrator, member, desk):
    member("Người Thứ Hai", "administrator", desk)
    membership = Membership.objects.get(user=administrator)
    assert client.post(f"{at}{membership.pk}/role/", {"role": "editor"})["Location"] == "/en/desk/"


def test_removing_asks_first(client, at, checker):
    membership = Membership.objects.get(user=checker)
    assert checker.name in client.get(f"{at}{membership.pk}/remove/").content.decode()
    assert Membership.objects.filter(pk=membership.pk).exists()
    client.post(f"{at}{membership.pk}/remove/")
    assert not Membership.objects.filter(pk=membership.pk).exists()


def test_people_of_another_desk_are_out_of_reach(client, at, outsider):
    membership = Membership.objects.get(user=outsider)
    assert client.post(f"{at}{membership.pk}/role/", {"role": "reader"}).status_code == 404
    assert client.post(f"{at}{membership.pk}/remove/").status_code == 404


def test_an_invitation_is_taken_back(client, at):
    client.post(at, NEW)
    invitation = Invitation.objects.get()
    client.post(f"{at}invitations/{invitation.pk}/revoke/")
    invitation.refresh_from_db()
    assert not invitation.is_open


@pytest.mark.parametrize("who", ["reader", "checker", "editor"])
def test_no_other_role_gets_at_anything_of_it(who, at, desk, sign_in, administrator, request):
    client = sign_in(request.getfixturevalue(who))
    membership = Membership.objects.get(user=administrator)
    answers = [
        client.post(at, NEW),
        client.post(f"{at}{membership.pk}/role/", {"role": "reader"}),
        client.post(f"{at}{membership.pk}/remove/"),
        client.post(f"{at}invitations/1/revoke/"),
    ]
    assert {answer.status_code for answer in answers} == {403}
    assert not Invitation.objects.exists()
