import pytest

from kiemtin.accounts.enums import PageKind
from kiemtin.accounts.models import DeskPage

PATHS = ["/en/method/", "/en/scale/", "/en/about/", "/en/corrections/policy/", "/en/contact/"]


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def write(desk, editor):
    def make(body, *, kind=PageKind.METHOD, language="en", desk=desk):
        number = DeskPage.objects.filter(desk=desk, kind=kind, language=language).count() + 1
        return DeskPage.objects.create(desk=desk, kind=kind, language=language, number=number, body=body, by=editor)

    return make


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
def test_without_a_desk_a_page_says_so(client, path):
    assert "No desk works here yet." in page(client, path)


@pytest.mark.parametrize("path", PATHS)
def test_what_a_desk_has_not_written_is_said(client, desk, path):
    assert "The desk has not written this yet" in page(client, path)


def test_the_current_version_is_shown_and_the_earlier_ones_stay(client, write):
    write("Version **one** of it")
    write("Version **two** of it")
    text = page(client, "/en/method/")
    assert "<strong>two</strong>" in text
    assert "<strong>one</strong>" not in text
    old = page(client, "/en/desks/nguon-that/method/en/1/")
    assert "<strong>one</strong>" in old
    assert "This is an earlier version" in old
    assert "noindex" in old
    assert "This is an earlier version" not in page(client, "/en/desks/nguon-that/method/en/2/")


def test_a_page_in_another_language_is_marked(client, write):
    write("Chúng tôi làm thế này", language="vi")
    text = page(client, "/en/method/")
    assert "Chúng tôi làm thế này" in text
    assert "The desk has written this page in Vietnamese only." in text
    assert "only" not in page(client, "/method/")


def test_the_scale_defines_every_verdict_and_outcome(client, write):
    from kiemtin.checks.enums import Outcome, Verdict

    write("Chúng tôi thêm một điều", kind=PageKind.SCALE)
    text = page(client, "/en/scale/")
    for word in (*Verdict, *Outcome):
        assert f'id="{word.value}"' in text
        assert str(word.definition) in text
    assert 'id="withdrawn"' in text
    assert "Chúng tôi thêm một điều" in text


def test_each_desk_has_its_own_pages(client, write, other_desk):
    write("Of the first desk")
    write("Of the other desk", desk=other_desk)
    assert "Of the first desk" in page(client, "/en/method/")  # it takes in the questions
    other = page(client, "/en/desks/tin-khac/method/")
    assert "Of the other desk" in other
    assert "/en/desks/nguon-that/method/" in other


def test_a_contact_address_stands_on_the_contact_page(client, desk):
    desk.contact = "lienhe@example.org"
    desk.save()
    text = page(client, "/en/contact/")
    assert "mailto:lienhe@example.org" in text
    assert "not written" not in text


@pytest.mark.parametrize(
    "path", ["nguon-that/nope/", "nope/method/", "nguon-that/method/en/1/", "nguon-that/method/en/0/x"]
)
def test_there_is_no_other_page(client, desk, path):
    assert client.get(f"/en/desks/{path}").status_code == 404


def test_a_new_version_changes_the_tag_of_the_page(client, write):
    write("one")
    before = client.get("/en/method/")["ETag"]
    write("two")
    assert client.get("/en/method/")["ETag"] != before


def test_programs_are_told_who_the_desk_is(client, desk, ready_pages):
    import json
    import re

    from tests.schema_org import faults

    for path in ("/method/", "/en/about/", "/desks/nguon-that/scale/"):
        text = client.get(path).content.decode()
        node = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])
        assert faults(node) == []
        assert (node["@context"], node["@type"]) == ("https://schema.org", "NewsMediaOrganization")
        assert node["publishingPrinciples"].endswith("/desks/nguon-that/method/")
