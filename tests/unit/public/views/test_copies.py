import hashlib

import pytest

from kiemtin.checks.actions.license_copy import license_copy
from kiemtin.checks.actions.publish import publish
from kiemtin.checks.copy_store import path_of

pytestmark = pytest.mark.django_db
WHO = "https://example.org/who"
EVIL = "<script>alert(1)</script> Sở Y tế nói không có việc đó."


@pytest.fixture
def kept(approved, copy_of, editor, ready_pages):
    """A copy that a published check names."""

    def make(content=b"%PDF-1.7 thu", **fields):
        row = approved()
        copy = copy_of(row, WHO, content=content, **fields)
        copy.fact_check = publish(fact_check=row, by=editor).fact_check
        return copy

    return make


def test_the_page_names_the_copy_and_how_to_verify_it(client, kept):
    copy = kept(taken="2026-11-22T10:00:00+07:00")
    page = client.get(f"/en/copies/{copy.sha256}/").content.decode()
    for shown in (
        copy.sha256,
        "22 November 2026",
        f"sha256sum kiemtin-{copy.sha256[:12]}.pdf",
        WHO,
        "Giải đáp về Covid-19",
        "Uống nước tỏi chữa khỏi Covid-19",
        "noindex",
    ):
        assert shown in page, shown


def test_the_check_leads_to_the_copy(client, kept, page_of):
    copy = kept()
    assert f'href="/en/copies/{copy.sha256}/"' in client.get(page_of(copy.fact_check)).content.decode()


def test_a_copy_that_is_only_named_is_given_to_nobody(client, kept):
    copy = kept(text="Chữ của trang.")
    page = client.get(f"/en/copies/{copy.sha256}/").content.decode()
    assert "This copy is not passed on" in page
    assert "Download" not in page
    assert "Chữ của trang." not in page
    assert client.get(f"/en/copies/{copy.sha256}/file").status_code == 404


def test_a_copy_that_may_be_given_is_a_download_and_never_a_page(client, kept):
    copy = kept(licence="public")
    answer = client.get(f"/copies/{copy.sha256}/file", headers={"Accept-Encoding": "gzip"})
    assert hashlib.sha256(b"".join(answer.streaming_content)).hexdigest() == copy.sha256
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="kiemtin-{copy.sha256[:12]}.pdf"'
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert (answer["Content-Length"], answer["Cache-Control"]) == ("12", "public, max-age=60")
    assert not answer.cookies
    again = client.get(f"/copies/{copy.sha256}/file", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_what_is_no_longer_given_is_not_confirmed_either(client, kept, editor):
    copy = kept(licence="public")
    answer = client.get(f"/copies/{copy.sha256}/file")
    tag = answer["ETag"]
    b"".join(answer.streaming_content)  # to the end: the client closes it then
    page = client.get(f"/en/copies/{copy.sha256}/")
    license_copy(copy=copy, by=editor, licence="named-only")
    assert client.get(f"/copies/{copy.sha256}/file", headers={"If-None-Match": tag}).status_code == 404
    now = client.get(f"/en/copies/{copy.sha256}/", headers={"If-None-Match": page["ETag"]})
    assert (now.status_code, "Download" in now.content.decode()) == (200, False)


def test_of_a_page_the_text_is_shown_and_nothing_of_its_code(client, kept):
    copy = kept(licence="public", text=EVIL, media_type="application/warc")
    page = client.get(f"/en/copies/{copy.sha256}/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Sở Y tế" in page
    assert "<script>alert" not in page
    assert '<blockquote class="prose" lang="vi">' in page
    assert "ReplayWeb.page" in page


@pytest.mark.parametrize("sha256", ["0" * 64, "abc", "A" * 64, "..", "0" * 65])
def test_what_is_no_copy_is_not_there(client, db, sha256):
    for end in ("", "file"):
        assert client.get(f"/copies/{sha256}/{end}").status_code == 404


def test_a_copy_of_what_is_not_published_is_not_there(client, draft, copy_of):
    copy = copy_of(draft(), WHO, content=b"%PDF", licence="public")
    for end in ("", "file"):
        assert client.get(f"/copies/{copy.sha256}/{end}").status_code == 404


def test_a_file_that_is_missing_from_the_store_is_not_there(client, kept):
    copy = kept(licence="public")
    path_of(copy.sha256).unlink()
    assert client.get(f"/copies/{copy.sha256}/file").status_code == 404
    assert client.get(f"/copies/{copy.sha256}/").status_code == 200


def test_a_page_that_is_kept_by_caches_costs_few_queries(client, kept, django_assert_max_num_queries):
    copy = kept()
    client.get(f"/copies/{copy.sha256}/")
    with django_assert_max_num_queries(2):
        client.get(f"/copies/{copy.sha256}/")


def test_a_copy_that_is_taken_later_changes_the_kept_page(client, kept, page_of, copy_of):
    check = kept().fact_check
    before = client.get(page_of(check))
    assert "no stored copy yet" in before.content.decode()
    copy_of(check, "https://example.org/bao", sha256="b" * 64, method="fetched")
    after = client.get(page_of(check), headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert "no stored copy yet" not in after.content.decode()
