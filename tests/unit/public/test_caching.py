import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from kiemtin.public.caching import Mark, by_revision, site_version


def test_a_page_that_did_not_change_is_confirmed_and_a_changed_one_is_sent(client, published, corrected, page_of):
    check = published()
    first = client.get(page_of(check))
    assert first["Cache-Control"] == "public, max-age=60, stale-while-revalidate=120"
    again = client.get(page_of(check), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    corrected(check)
    changed = client.get(page_of(check), headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]
    assert changed["Last-Modified"] >= first["Last-Modified"]


def test_the_tag_differs_by_language_and_by_version_of_the_program(client, published, page_of, monkeypatch):
    check = published()
    tags = {client.get(page_of(check, language))["ETag"] for language in ("vi", "en")}
    monkeypatch.setattr("kiemtin.public.caching.site_version", lambda: "another")
    tags.add(client.get(page_of(check))["ETag"])
    assert len(tags) == 3


def test_a_kept_page_costs_no_more_queries_than_its_mark(client, published, page_of, django_assert_max_num_queries):
    check = published()
    drawn = client.get(page_of(check)).content
    with django_assert_max_num_queries(2):
        assert client.get(page_of(check)).content == drawn


@pytest.mark.parametrize("path", ["/", "/en/", "/checks/", "/corrections/"])
def test_what_shows_the_whole_library_asks_one_thing_before_it_is_given_again(
    client, published, path, django_assert_num_queries
):
    published()
    drawn = client.get(path).content
    with django_assert_num_queries(1):
        assert client.get(path).content == drawn


def test_a_kept_page_is_given_compressed_as_it_is_kept(client, published, page_of, monkeypatch):
    check = published()
    drawn = client.get(page_of(check))
    monkeypatch.setattr("django.middleware.gzip.compress_string", None)  # nothing is compressed anew
    packed = client.get(page_of(check), headers={"Accept-Encoding": "br, gzip"})
    assert gzip.decompress(packed.content) == drawn.content
    assert (packed["Content-Encoding"], packed["Vary"]) == ("gzip", "Accept-Encoding")
    assert (packed["ETag"], packed["Content-Type"]) == (f"W/{drawn['ETag']}", drawn["Content-Type"])
    assert packed["Last-Modified"] == drawn["Last-Modified"]
    again = client.get(page_of(check), headers={"If-None-Match": packed["ETag"]})
    assert again.status_code == 304
    plain = client.get(page_of(check), headers={"Accept-Encoding": "identity"})
    assert plain.content == drawn.content
    assert "Content-Encoding" not in plain.headers


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/en/", "/checks/", "/corrections/", "/method/", "/scale/", "/privacy/"])
def test_kept_pages_set_no_cookie_and_depend_on_no_header_but_compression(client, path):
    response = client.get(path, headers={"Accept-Encoding": "gzip", "Accept-Language": "en"})
    assert response.status_code == 200
    assert not response.cookies
    assert response["Vary"] == "Accept-Encoding"


def test_who_is_signed_in_gets_the_same_page(client, published, page_of, editor):
    check = published()
    anonymous = client.get(page_of(check))
    client.force_login(editor)
    signed_in = client.get(page_of(check))
    assert (signed_in.content, signed_in["ETag"]) == (anonymous.content, anonymous["ETag"])


def view(status=200):
    return by_revision(lambda request: Mark((1,)))(lambda request: HttpResponse("page", status=status))


def test_only_whole_pages_are_kept(rf):
    assert "Cache-Control" not in view(404)(rf.get("/"))
    assert view(200)(rf.get("/")).status_code == 200


def test_words_of_a_search_are_kept_by_no_shared_cache(client, db):
    assert client.get("/checks/?q=toi")["Cache-Control"] == "private, no-cache"
    assert client.get("/search/?q=toi")["Cache-Control"] == "private, max-age=60"


def test_the_version_is_the_same_for_the_same_program():
    assert site_version() == site_version()
    assert len(site_version()) == 12


def test_what_is_kept_keeps_its_media_type_and_streams_are_not_kept(rf):
    asked = []

    def respond(request):
        asked.append(request.path)
        if request.path == "/stream":
            return StreamingHttpResponse([b"a", b"b"], content_type="application/json")
        return HttpResponse("<feed/>", content_type="application/atom+xml")

    answer = by_revision(lambda request: Mark((1,)))(respond)
    assert [answer(rf.get("/feed"))["Content-Type"] for _ in range(2)] == ["application/atom+xml"] * 2
    assert [answer(rf.get("/stream")).getvalue() for _ in range(2)] == [b"ab"] * 2
    assert asked == ["/feed", "/stream", "/stream"]
