import json
import re

import pytest

from kiemtin.checks.actions.publish_alert import publish_alert
from kiemtin.checks.actions.save_alert import save_alert
from kiemtin.checks.actions.submit_alert import submit_alert
from kiemtin.checks.actions.withdraw_alert import withdraw_alert
from kiemtin.checks.alerts import AlertContent
from kiemtin.checks.models import FactCheck
from tests import publishing


@pytest.fixture
def correct(checker, editor):
    def make(row, **changes):
        given = {"title": row.title, "text": row.text, "checks": tuple(row.checks), "note": "Thêm một dấu hiệu."}
        row = save_alert(alert=row, by=checker, version=row.version, content=AlertContent(**(given | changes)))
        row = submit_alert(alert=row, by=checker, version=row.version)
        return publish_alert(alert=row, by=editor, version=row.version).alert

    return make


def page(client, row, end=None, prefix="/en"):
    answer = client.get(f"{prefix}/alerts/{row.pk}/{row.slug if end is None else end}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_alert_shows_its_text_and_the_verdicts_of_its_checks(client, published_alert, checker, editor):
    row = published_alert()
    html = page(client, row)
    assert "<h1" in html
    assert "Giả ngân hàng xin mã OTP" in html
    assert "<strong>xin mã</strong>" in html
    assert 'class="verdict verdict-s v-scam"' in html
    assert "Ngân hàng nhắn tin xin mã OTP" in html
    assert checker.name in html
    assert editor.name in html
    assert "This alert is written in Vietnamese." in html
    assert f'<link rel="canonical" href="http://localhost:8000/alerts/{row.pk}/{row.slug}/">' in html
    assert "ClaimReview" not in html  # it rates nothing by itself
    assert f"{row.slug}%2F" in html  # to pass it on
    assert "This alert is written" not in page(client, row, prefix="")


def test_any_other_end_leads_to_the_page(client, published_alert):
    row = published_alert()
    for path in (f"/alerts/{row.pk}/", f"/alerts/{row.pk}/khac/"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (301, f"/alerts/{row.pk}/{row.slug}/")


def test_drafts_have_no_page(client, alert):
    row = alert()
    for path in (f"/alerts/{row.pk}/", f"/alerts/{row.pk}/-/", f"/alerts/{row.pk}/revisions/", "/alerts/999/"):
        assert client.get(path).status_code == 404
    assert row.title not in client.get("/alerts/").content.decode()


def test_a_correction_is_said_and_the_old_text_stays_readable(client, published_alert, correct):
    row = correct(published_alert(), text="Chữ mới.")
    html = page(client, row)
    assert "Thêm một dấu hiệu." in html
    assert "Chữ mới." in html
    history = page(client, row, "revisions")
    assert "<strong>xin mã</strong>" in history
    assert "Chữ mới." in history
    assert "noindex" in history


def test_what_is_written_is_not_seen_before_it_is_published(client, published_alert, checker):
    row = published_alert()
    content = AlertContent(title="Tên nháp", text="Chữ nháp.", checks=tuple(row.checks), note="x")
    save_alert(alert=row, by=checker, version=row.version, content=content)
    assert "nháp" not in page(client, row) + page(client, row, "revisions") + client.get("/alerts/").content.decode()


def test_a_withdrawn_alert_keeps_its_page_and_says_why(client, published_alert, editor):
    row = published_alert()
    withdraw_alert(alert=row, by=editor, note="Nhầm mẫu tin.")
    html = page(client, row)
    assert "Nhầm mẫu tin." in html
    assert "noindex" in html
    assert "<strong>xin mã</strong>" not in html
    assert "t.me/share" not in html
    assert "<strong>xin mã</strong>" in page(client, row, "revisions")
    for path in ("/en/alerts/", "/en/", "/sitemap.xml"):
        assert f"alerts/{row.pk}/" not in client.get(path).content.decode()


def test_a_check_that_is_withdrawn_later_is_shown_so_at_once(client, published_alert):
    row = published_alert()
    tag = client.get(f"/en/alerts/{row.pk}/{row.slug}/")["ETag"]
    publishing.withdraw(FactCheck.objects.get())
    again = client.get(f"/en/alerts/{row.pk}/{row.slug}/", headers={"If-None-Match": tag})
    assert again.status_code == 200
    html = again.content.decode()
    assert "v-withdrawn" in html
    assert "v-scam" not in html


def test_pages_are_kept_until_something_changes(client, published_alert):
    row = published_alert()
    for path in ("/alerts/", f"/alerts/{row.pk}/{row.slug}/", f"/alerts/{row.pk}/revisions/", "/feeds/alerts.atom"):
        first = client.get(path)
        assert "public" in first["Cache-Control"]
        assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_the_front_page_has_a_section_only_if_an_alert_stands(client, alert, published_alert):
    alert(title="Nháp")
    assert "h-alerts" not in client.get("/").content.decode()
    row = published_alert()
    html = client.get("/").content.decode()
    assert "h-alerts" in html
    assert f'href="/alerts/{row.pk}/{row.slug}/"' in html
    assert "in Vietnamese" in client.get("/en/").content.decode()


def test_the_list_shows_all_languages_and_says_which(client, published_alert, ready_pages, desk):
    published_alert(title="Vietnamese one"), published_alert(title="English one", language="en")
    html = client.get("/en/alerts/").content.decode()
    assert html.index("English one") < html.index("Vietnamese one")
    assert html.count("in Vietnamese") == 1


def test_an_empty_list_says_so(client, db):
    assert "No scam alert stands at the moment" in client.get("/en/alerts/").content.decode()


def test_it_stands_in_the_sitemap_once(client, published_alert):
    row = published_alert()
    found = client.get("/sitemap.xml").content.decode()
    assert re.findall(r"<loc>([^<]*alerts[^<]*)</loc>", found) == [
        "http://localhost:8000/alerts/",
        "http://localhost:8000/en/alerts/",
        f"http://localhost:8000/alerts/{row.pk}/{row.slug}/",
    ]


def test_the_feed_tells_it_and_what_became_of_it(client, published_alert, correct, editor):
    row = published_alert()
    (item,) = json.loads(client.get("/feeds/alerts.json").content)["items"]
    assert item["id"] == f"http://localhost:8000/alerts/{row.pk}/"
    assert (item["title"], item["summary"]) == ("Giả ngân hàng xin mã OTP", "Kẻ gian xin mã.")
    assert "Lừa đảo" in item["content_html"] or "Scam" in item["content_html"]
    assert json.loads(client.get("/en/feeds/alerts.json").content)["items"] == []
    row = correct(row, text="Chữ mới <b>&</b>.")
    (item,) = json.loads(client.get("/feeds/alerts.json").content)["items"]
    assert "Thêm một dấu hiệu." in item["content_html"]
    assert item["summary"] == "Chữ mới <b>&</b>."
    withdraw_alert(alert=row, by=editor, note="Nhầm mẫu tin.")
    (item,) = json.loads(client.get("/feeds/alerts.json").content)["items"]
    assert item["summary"] == "Nhầm mẫu tin."
    assert "Chữ mới" not in item["content_html"]


def test_pages_take_few_queries(client, published_alert, correct, django_assert_max_num_queries, desk):
    row = published_alert(checks=[publishing.published(f"Tin {number}", desk=desk).pk for number in range(20)])
    row = correct(row, text="Chữ mới.")
    for path in ("/alerts/", f"/alerts/{row.pk}/{row.slug}/", f"/alerts/{row.pk}/revisions/", "/"):
        with django_assert_max_num_queries(12):
            assert client.get(path).status_code == 200
