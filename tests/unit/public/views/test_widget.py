import re

import pytest

from tests import publishing


def test_it_may_be_framed_by_everybody_and_no_other_page_may(client, published):
    check = published()
    for path in ("/widget/", "/en/widget/?q=tỏi", f"/checks/{check.pk}/embed/"):
        response = client.get(path)
        assert "X-Frame-Options" not in response, path
        assert "frame-ancestors *" in response["Content-Security-Policy"], path
        assert "default-src 'none'" in response["Content-Security-Policy"], path
        assert not response.cookies
    for path in ("/", "/checks/", f"/checks/{check.pk}/{check.slug}/", "/reuse/", "/account/login/"):
        response = client.get(path)
        assert response["X-Frame-Options"] == "DENY", path
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"], path


def test_a_confirmed_copy_may_be_framed_too(client, published):
    published()
    first = client.get("/widget/")
    again = client.get("/widget/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert "X-Frame-Options" not in again


def test_without_words_it_shows_the_latest_of_its_language(client, published, ready_pages, desk):
    ready_pages(desk, "en")
    published()
    text = client.get("/widget/").content.decode()
    assert "Uống nước tỏi chữa khỏi Covid-19" in text
    assert '<base target="_blank">' in text
    assert 'lang="vi"' in text


def test_a_search_finds_our_checks_and_no_others(client, many, index, review):
    from kiemtin.checks.actions.upsert_external_reviews import upsert_external_reviews

    upsert_external_reviews(reviews=[review(1, claim="Tin đồn tỏi của báo khác")], by="import")
    index()
    text = client.get("/en/widget/?q=tin+đồn+số+25+về+tỏi").content.decode()
    assert "Tin đồn số 25 về tỏi" in text
    assert 1 <= text.count('class="card-row"') <= 5
    assert "của báo khác" not in text


def test_what_is_not_found_leads_to_asking(client, many, index):
    index()
    text = client.get("/en/widget/?q=zzzz+qqqq").content.decode()
    assert "No check fits these words." in text
    assert "Ask about a message" in text


def test_words_of_a_search_are_kept_by_no_shared_cache(client, published):
    published()
    assert client.get("/widget/?q=toi")["Cache-Control"] == "private, no-cache"
    assert "public" in client.get("/widget/")["Cache-Control"]


@pytest.mark.parametrize(("theme", "shown"), [("dark", True), ("light", True), ("x", False), ('"><script>', False)])
def test_the_page_around_chooses_the_colours(client, db, theme, shown):
    text = client.get("/widget/", {"theme": theme}).content.decode()
    assert (f'data-theme="{theme}"' in text) is shown
    assert "<script>" not in text


def test_a_topic_is_kept_through_a_search(client, db):
    publishing.published("Tin sức khỏe", topic="health", slug="a")
    publishing.published("Tin lừa đảo", topic="scam", slug="b")
    text = client.get("/widget/?topic=scam").content.decode()
    assert "Tin lừa đảo" in text
    assert "Tin sức khỏe" not in text
    assert '<input type="hidden" name="topic" value="scam">' in text


def test_it_wants_not_to_be_found_by_itself(client, db):
    assert client.get("/widget/")["X-Robots-Tag"] == "noindex"


def test_the_script_is_confirmed_and_knows_no_address(client):
    response = client.get("/widget.js")
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert client.get("/widget.js", headers={"If-None-Match": response["ETag"]}).status_code == 304
    text = response.content.decode()
    assert "localhost" not in text
    assert not re.search(r"cookie\s*=|localStorage|sessionStorage|indexedDB|fetch\(|XMLHttpRequest", text)


def test_the_number_of_queries_does_not_grow(client, many, index, django_assert_max_num_queries):
    index()
    for path in ("/widget/", "/widget/?q=tỏi"):
        with django_assert_max_num_queries(12):
            assert client.get(path).status_code == 200
