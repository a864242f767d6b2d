import json
import re

import pytest

from kiemtin.accounts.models import DeskPage
from kiemtin.checks.actions.start_correction import start_correction
from kiemtin.checks.actions.withdraw import withdraw
from kiemtin.exchange.mapping.own_review import claim_review
from tests.schema_org import faults


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_a_check_stands_with_its_evidence_and_its_people(client, published, page_of):
    check = published()
    text = page(client, page_of(check))
    for shown in (
        "“Uống nước tỏi chữa khỏi Covid-19”",
        "Không có nghiên cứu nào cho thấy",
        "<strong>trong người</strong>",
        'href="https://example.org/who"',
        "Tỏi không chữa được bệnh.",
        "Primary source",
        "Independent of whoever the claim is about",
        "20 November 2026",
        "no stored copy yet",
        "2 sources, 2 independent",
        "Lan Phạm",
        "Hà Trần",
        "Nguồn Thật",
        "/en/scale/#false",
        f"/en/checks/{check.pk}/report/",
    ):
        assert shown in text, shown
    assert "noindex" not in text
    assert "Sample content" not in text


def test_a_stored_copy_has_its_day(client, approved, editor, ready_pages, page_of, copy_of):
    from kiemtin.checks.actions.publish import publish

    row = approved()
    copy_of(row, "https://example.org/who", taken="2026-11-22T10:00:00+07:00")
    check = publish(fact_check=row, by=editor).fact_check
    text = page(client, page_of(check))
    assert '<time datetime="2026-11-22">22 November 2026</time>' in text
    assert text.count("no stored copy yet") == 1


@pytest.mark.parametrize("end", ["", "wrong-words/", "-/"])
def test_another_end_of_the_address_leads_to_the_page(client, published, page_of, end):
    check = published()
    response = client.get(f"/en/checks/{check.pk}/{end}")
    assert (response.status_code, response["Location"]) == (301, page_of(check))


def test_a_draft_and_an_unknown_number_have_no_page(client, draft):
    row = draft()
    assert client.get(f"/checks/{row.pk}/").status_code == 404
    assert client.get(f"/checks/{row.pk}/x/").status_code == 404
    assert client.get("/checks/999999/").status_code == 404


def test_nothing_of_a_correction_under_way_is_public(client, published, page_of, checker, content):
    from kiemtin.checks.actions.save_draft import save_draft

    check = published()
    row = start_correction(fact_check=check, by=checker)
    save_draft(fact_check=row, by=checker, version=row.version, content=content(claim="Bí mật", note="Ghi chú kín"))
    text = page(client, page_of(check))
    assert "Bí mật" not in text
    assert "Ghi chú kín" not in text


def test_a_correction_is_said_with_its_day_and_reason(client, published, corrected, page_of):
    check = corrected(published(), note="Năm công bố là 2021.")
    text = page(client, page_of(check))
    assert "Corrected on " in text
    shown = re.sub(r"<script type=.*?</script>", "", text)
    assert shown.count("Năm công bố là 2021.") == 2  # at the top and in the list
    assert f"/en/checks/{check.pk}/revisions/1-2/" in text
    assert "card-wide-r2.png" in text


def test_a_withdrawn_check_keeps_its_page_says_why_and_is_passed_on_no_more(client, published, page_of, editor):
    check = published()
    withdraw(fact_check=check, by=editor, note="Nguồn chính đã bị rút.")
    text = page(client, page_of(check))
    assert "Withdrawn" in text
    assert text.count("Nguồn chính đã bị rút.") == 1
    assert '<meta name="robots" content="noindex">' in text
    for gone in ("v-false", "False:", "Không có nghiên cứu nào", "trong người", "example.org/who", "data-share"):
        assert gone not in text, gone


def test_sample_content_is_marked(client, published, page_of, desk):
    desk.is_sample = True
    desk.save()
    assert "no newsroom has checked it" in page(client, page_of(published()))


def test_a_text_in_another_language_is_marked_and_leads_to_its_translation(
    client, published, ready_pages, desk, page_of
):
    ready_pages(desk, "en")
    check = published(work="toi")
    assert "This fact-check is written in Vietnamese." in page(client, page_of(check))
    assert '<span lang="vi">“' in page(client, page_of(check))
    other = published(claim="Garlic cures Covid-19", work="toi", language="en")
    text = page(client, page_of(check))
    assert f'<a href="{page_of(other)}">Read it in English</a>' in text
    vietnamese = page(client, page_of(check, "vi"))
    assert f'href="{page_of(other, "en")}" hreflang="en"' in vietnamese  # the language switch
    assert "<h1>" in vietnamese


def test_its_home_is_in_its_own_language_and_its_translation_is_told(client, published, ready_pages, desk, page_of):
    ready_pages(desk, "en")
    check = published(work="toi")
    other = published(claim="Garlic cures Covid-19", work="toi", language="en")
    text = page(client, page_of(check, "en"))
    home = page_of(check, "vi")
    assert f'<link rel="canonical" href="http://localhost:8000{home}">' in text
    assert f'<link rel="alternate" hreflang="vi" href="http://localhost:8000{home}">' in text
    assert f'<link rel="alternate" hreflang="en" href="http://localhost:8000{page_of(other, "en")}">' in text


def test_a_link_preview_shows_verdict_claim_and_picture(client, published, page_of):
    check = published(claim='Nước "thần" & tỏi')
    text = page(client, page_of(check, "vi"))
    assert '<meta property="og:title" content="Sai: Nước &quot;thần&quot; &amp; tỏi">' in text
    assert f'content="http://localhost:8000/checks/{check.pk}/card-wide-r1.png"' in text
    assert '<meta property="og:type" content="article">' in text
    assert '<meta name="twitter:card" content="summary_large_image">' in text


def test_passing_it_on_needs_no_script_of_anybody_else(client, published, page_of):
    text = page(client, page_of(published()))
    assert 'href="https://www.facebook.com/sharer/sharer.php?u=http%3A%2F%2Flocalhost%3A8000%2Fchecks%2F' in text
    assert 'href="mailto:?subject=' in text
    assert "data-copy=" in text
    assert 'rel="external noopener nofollow"' in text


def test_a_source_that_is_no_web_address_is_no_link(client, published, page_of, content):
    from tests import publishing

    check = published()
    revision = publishing.revise(check)
    assert "Thông báo" in page(client, page_of(check))
    assert revision.sources[1].get("url") is None


def blocks(text):
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    return [json.loads(block) for block in found]


def test_programs_are_told_in_the_words_of_schema_org(client, published, page_of):
    check = published()
    for language in ("vi", "en"):
        (node,) = blocks(page(client, page_of(check, language)))
        assert node == claim_review(check)
        assert faults(node) == []


def test_an_altered_picture_is_told_as_one_too(client, published, page_of):
    check = published(verdict="altered", claim="Ảnh chụp cá mập trên đường phố")
    review, media = blocks(page(client, page_of(check)))
    assert (review["@type"], media["@type"]) == ("ClaimReview", "MediaReview")


def test_no_text_breaks_out_of_the_block(client, published, page_of):
    claim = "Tỏi </script><script>alert(1)</script> <!-- & \u2028 xong"
    text = page(client, page_of(published(claim=claim)))
    assert "<script>alert" not in text
    assert "</script><script>alert" not in text
    (node,) = blocks(text)
    assert "</script><script>alert(1)</script>" in node["claimReviewed"]


def test_a_withdrawn_check_is_told_to_no_program(client, published, page_of, editor):
    check = published()
    withdraw(fact_check=check, by=editor, note="Nguồn chính đã bị rút.")
    text = page(client, page_of(check))
    assert "ld+json" not in text
    assert "&lt;iframe" not in text


def test_a_policy_that_is_written_later_is_told(client, published, page_of, administrator, desk):
    check = published()
    first = client.get(page_of(check))
    DeskPage.objects.create(desk=desk, kind="corrections", language="vi", number=1, body="Thế này.", by=administrator)
    second = client.get(page_of(check), headers={"If-None-Match": first["ETag"]})
    assert second.status_code == 200
    assert "correctionsPolicy" in blocks(second.content.decode())[0]["author"]


def test_the_html_for_other_pages_can_be_copied(client, published, page_of):
    check = published()
    assert f"&lt;iframe src=&quot;http://localhost:8000/en/checks/{check.pk}/embed/&quot;" in page(
        client, page_of(check)
    )
