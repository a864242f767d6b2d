import re
from urllib.parse import parse_qs, urlsplit

import pytest

from kiemtin.checks.actions.withdraw import withdraw

HERE = "http://localhost:8000"


@pytest.fixture
def oembed(client):
    def ask(url, **query):
        return client.get("/oembed", {"url": url, **query})

    return ask


def test_a_card_shows_the_check_and_leads_to_it(client, published):
    check = published()
    text = client.get(f"/en/checks/{check.pk}/embed/").content.decode()
    for shown in (
        "“Uống nước tỏi chữa khỏi Covid-19”",
        "Không có nghiên cứu nào",
        "Nguồn Thật",
        "verdict-l v-false",
        "The whole fact-check with 2 sources",
        f"/en/checks/{check.pk}/{check.slug}/",
    ):
        assert shown in text, shown
    assert f'<link rel="canonical" href="{HERE}/checks/{check.pk}/{check.slug}/">' in text
    assert "noindex" in text
    assert "<iframe" not in client.get(f"/en/checks/{check.pk}/{check.slug}/").content.decode()


def test_a_correction_follows(client, published, corrected):
    check = published()
    first = client.get(f"/en/checks/{check.pk}/embed/")
    corrected(check, summary="Viện nói tỏi không chữa được.")
    text = client.get(f"/en/checks/{check.pk}/embed/", headers={"If-None-Match": first["ETag"]}).content.decode()
    assert "Viện nói tỏi không chữa được." in text
    assert "Corrected" in text


def test_a_withdrawn_check_says_so_where_it_was_embedded(client, published, editor):
    check = published()
    withdraw(fact_check=check, by=editor, note="Nguồn chính đã bị rút.")
    text = client.get(f"/en/checks/{check.pk}/embed/").content.decode()
    assert "Withdrawn" in text
    assert "Nguồn chính đã bị rút." in text
    assert "v-false" not in text
    assert "Không có nghiên cứu nào" not in text


def test_drafts_have_no_card(client, draft):
    assert client.get(f"/checks/{draft().pk}/embed/").status_code == 404


def test_oembed_answers_with_a_frame_of_the_card(oembed, published):
    check = published()
    response = oembed(f"{HERE}/checks/{check.pk}/{check.slug}/", format="json")
    assert response["Content-Type"] == "application/json"
    told = response.json()
    assert (told["version"], told["type"], told["width"], told["height"]) == ("1.0", "rich", 600, 420)
    assert told["title"] == "Sai: Uống nước tỏi chữa khỏi Covid-19"
    assert told["author_name"] == "Nguồn Thật"
    assert f'<iframe src="{HERE}/checks/{check.pk}/embed/" width="600" height="420"' in told["html"]
    assert told["thumbnail_url"].endswith("/card-wide-r1.png")
    assert not re.search(r"style=|\son\w+=|<script", told["html"])


@pytest.mark.parametrize(
    "end", ["checks/{pk}/", "checks/{pk}", "checks/{pk}/x/", "checks/{pk}/{slug}/?a=b#c", "checks/{pk}/embed/"]
)
@pytest.mark.parametrize("prefix", ["", "en/"])
def test_each_address_of_a_check_is_understood_in_its_language(oembed, published, end, prefix):
    check = published()
    told = oembed(f"{HERE}/{prefix}{end.format(pk=check.pk, slug=check.slug)}").json()
    assert f'src="{HERE}/{prefix}checks/{check.pk}/embed/"' in told["html"]
    assert told["title"].startswith("False" if prefix else "Sai")


def test_sizes_are_kept_within_what_is_asked_for(oembed, published):
    url = f"{HERE}/checks/{published().pk}/"
    told = oembed(url, maxwidth=320, maxheight=200).json()
    assert (told["width"], told["height"]) == (320, 200)
    assert 'width="320" height="200"' in told["html"]
    assert "thumbnail_url" not in told  # it is wider than that
    assert oembed(url, maxwidth=320).json()["height"] > oembed(url).json()["height"]  # a narrow card is a high one
    large = oembed(url, maxwidth=4000, maxheight=4000).json()
    assert (large["width"], large["thumbnail_width"]) == (600, 1200)


@pytest.mark.parametrize("format", ["xml", "XML", "html"])
def test_other_formats_are_not_implemented(oembed, published, format):
    response = oembed(f"{HERE}/checks/{published().pk}/", format=format)
    assert response.status_code == 501
    assert response.json()["error"]["code"] == "oembed-format"


@pytest.mark.parametrize(
    "url",
    [
        f"{HERE}/checks/999999/",
        f"{HERE}/",
        f"{HERE}/nope/",
        f"{HERE}/r/AAAAAAAAAA/",
        f"{HERE}/desk/",
        "https://elsewhere.example/checks/1/",
        "http://localhost:8000.elsewhere.example/checks/1/",
        "javascript:alert(1)",
        "http://[",
        "checks/1/",
        "\x00",
    ],
)
def test_what_is_no_check_of_ours_is_not_found(oembed, db, url):
    response = oembed(url)
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "oembed-not-here"


def test_a_withdrawn_check_and_a_draft_are_not_given_on(oembed, published, draft, editor):
    check = published()
    withdraw(fact_check=check, by=editor, note="Nguồn sai.")
    assert oembed(f"{HERE}/checks/{check.pk}/").status_code == 404
    assert oembed(f"{HERE}/checks/{draft(claim='Chưa xong').pk}/").status_code == 404


@pytest.mark.parametrize("size", ["0", "-1", "x", "1.5", "9999999", "٣"])
def test_sizes_that_are_none_are_refused(oembed, published, size):
    assert oembed(f"{HERE}/checks/{published().pk}/", maxwidth=size).status_code == 400


def test_an_address_is_needed(client, db):
    assert client.get("/oembed").status_code == 400
    assert client.post("/oembed").status_code == 405


def test_the_page_of_a_check_tells_where_to_ask(client, published, page_of, editor):
    check = published()
    text = client.get(page_of(check)).content.decode()
    link = re.search(r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"', text)[1]
    parts = urlsplit(link.replace("&amp;", "&"))
    assert parse_qs(parts.query)["format"] == ["json"]
    assert client.get(f"{parts.path}?{parts.query}").status_code == 200
    withdraw(fact_check=check, by=editor, note="Nguồn sai.")
    assert "json+oembed" not in client.get(page_of(check)).content.decode()


def test_a_claim_cannot_break_out_of_the_frame(oembed, published):
    check = published(claim='Tỏi "><script>alert(1)</script>')
    html = oembed(f"{HERE}/checks/{check.pk}/").json()["html"]
    assert "<script" not in html
    assert "&quot;&gt;&lt;script&gt;" in html
