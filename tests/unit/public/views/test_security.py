import datetime as dt
import re

import pytest
from django.utils import timezone

from kiemtin.accounts.models import Desk

pytestmark = pytest.mark.django_db
PATH = "/.well-known/security.txt"


def fields(client):
    response = client.get(PATH)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    return [tuple(line.split(": ", 1)) for line in response.content.decode().splitlines()]


@pytest.fixture
def reachable(desk, settings):
    settings.KIEMTIN_ADDRESS = "https://kiemtin.example"
    Desk.objects.filter(pk=desk.pk).update(contact="ban-doc@nguon-that.example")


def test_programs_are_told_whom_to_write_to_and_until_when(client, reachable):
    found = fields(client)
    assert found[:2] == [
        ("Contact", "mailto:ban-doc@nguon-that.example"),
        ("Contact", "https://kiemtin.example/contact/"),
    ]
    told = dict(found)
    assert told["Canonical"] == f"https://kiemtin.example{PATH}"
    assert told["Policy"] == "https://kiemtin.example/security/"
    assert told["Preferred-Languages"] == "vi, en"
    until = dt.datetime.fromisoformat(told["Expires"])
    assert dt.timedelta(days=88) < until - timezone.now() < dt.timedelta(days=91)
    assert [name for name, _ in found].count("Expires") == 1


def test_without_a_mail_address_there_is_the_page(client, desk, settings):
    settings.KIEMTIN_ADDRESS = "https://kiemtin.example"
    assert [value for name, value in fields(client) if name == "Contact"] == ["https://kiemtin.example/contact/"]
    # RFC 9116 takes no page that is not of https.
    settings.KIEMTIN_ADDRESS = "http://localhost:8000"
    assert client.get(PATH).status_code == 404


def test_where_no_desk_works_nobody_can_be_reached(client, settings):
    settings.KIEMTIN_ADDRESS = "https://kiemtin.example"
    assert client.get(PATH).status_code == 404
    assert client.get("/security/").status_code == 200


def test_people_find_the_same(client, reachable):
    html = client.get("/en/security/").content.decode()
    assert "mailto:ban-doc@nguon-that.example" in html
    assert "An answer within seven days" in html
    assert 'href="/en/security/"' in client.get("/en/privacy/").content.decode()


@pytest.mark.parametrize(
    ("page", "link", "words"), [("/", "/security/", "Báo lỗ hổng"), ("/en/", "/en/security/", "Report")]
)
def test_the_footer_of_every_page_leads_there(client, desk, page, link, words):
    footer = client.get(page).content.decode().partition("<footer")[2]
    found = re.search(rf'<a href="{link}">([^<]+)</a>', footer)
    assert found
    assert words in found[1]
    assert client.get(link).status_code == 200
