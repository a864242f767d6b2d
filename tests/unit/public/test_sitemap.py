from xml.etree import ElementTree

import pytest

from kiemtin.checks.actions.withdraw import withdraw
from kiemtin.public import sitemap
from tests import publishing

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
HERE = "http://localhost:8000"


def read(client, path="/sitemap.xml"):
    """Return a map as {address: (when, {language: address})}."""
    response = client.get(path)
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)  # noqa: S314
    assert root.tag in (f"{SITEMAP}urlset", f"{SITEMAP}sitemapindex")
    return {
        node.findtext(f"{SITEMAP}loc"): (
            node.findtext(f"{SITEMAP}lastmod"),
            {link.get("hreflang"): link.get("href") for link in node.findall(f"{XHTML}link")},
        )
        for node in root
    }


def test_pages_and_checks_stand_in_it_with_their_languages(client, published, ready_pages, desk):
    ready_pages(desk, "en")
    check = published(work="toi")
    other = published(work="toi", claim="Garlic cures Covid-19", language="en")
    alone = published(claim="Một chuyện khác hẳn")
    found = read(client)
    mine, its = f"{HERE}/checks/{check.pk}/{check.slug}/", f"{HERE}/en/checks/{other.pk}/{other.slug}/"
    assert found[mine][1] == found[its][1] == {"vi": mine, "en": its}
    assert found[mine][0].endswith("+07:00")
    assert found[f"{HERE}/checks/{alone.pk}/{alone.slug}/"][1] == {}
    assert found[f"{HERE}/en/method/"][1] == {"vi": f"{HERE}/method/", "en": f"{HERE}/en/method/"}
    assert f"{HERE}/desks/nguon-that/method/" not in found  # it stands behind the plain address


def test_every_address_is_there_and_wants_to_be_found(client, many):
    for address in read(client):
        response = client.get(address.removeprefix(HERE))
        assert response.status_code == 200, address
        page = response.content.decode()
        assert "noindex" not in page, address
        assert f'<link rel="canonical" href="{address}">' in page, address


def test_withdrawn_checks_and_drafts_are_left_out(client, published, draft, editor):
    check = published()
    draft(claim="Chưa xong")
    before = read(client)
    withdraw(fact_check=check, by=editor, note="Nguồn sai.")
    after = read(client)
    assert len(before) == len(after) + 1
    assert not any(
        "/checks/" in address and address.rstrip("/")[-1].isalnum() and "/tin" in address for address in after
    )


def test_another_desk_that_publishes_has_its_own_pages_in_it(client, published, other_desk, ready_pages):
    published()
    ready_pages(other_desk)
    assert f"{HERE}/desks/tin-khac/method/" not in read(client)
    publishing.published("Chuyện của bàn khác", desk=other_desk, slug="chuyen")
    assert f"{HERE}/en/desks/tin-khac/method/" in read(client)


def test_a_large_map_is_a_map_of_maps(client, many, monkeypatch):
    whole = read(client)
    monkeypatch.setattr(sitemap, "MOST", 20)
    from django.core.cache import caches

    caches["pages"].clear()
    index = read(client)
    assert list(index) == [f"{HERE}/sitemap-{number}.xml" for number in range(4)]
    parts = [read(client, address.removeprefix(HERE)) for address in index]
    assert [len(part) for part in parts[1:]] == [20, 20, 7]
    assert {address: entry for part in parts for address, entry in part.items()} == whole
    assert client.get("/sitemap-4.xml").status_code == 404


def test_a_small_map_has_no_parts(client, published):
    published()
    assert client.get("/sitemap-1.xml").status_code == 404


@pytest.mark.django_db
def test_an_empty_site_has_its_pages(client):
    assert f"{HERE}/" in read(client)


def test_the_number_of_queries_does_not_grow(client, many, django_assert_max_num_queries):
    with django_assert_max_num_queries(13):
        client.get("/sitemap.xml")


def test_it_is_confirmed_as_long_as_nothing_changed(client, published, corrected):
    check = published()
    first = client.get("/sitemap.xml")
    assert client.get("/sitemap.xml", headers={"If-None-Match": first["ETag"]}).status_code == 304
    corrected(check)
    assert client.get("/sitemap.xml", headers={"If-None-Match": first["ETag"]}).status_code == 200
