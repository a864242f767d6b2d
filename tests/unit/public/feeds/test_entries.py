from kiemtin.checks.actions.withdraw import withdraw
from kiemtin.checks.published import corrections
from kiemtin.public.feeds.entries import change_entry, check_entry


def test_a_check_is_told_whole(published):
    check = published()
    entry = check_entry(check)
    assert entry.title == "False: Uống nước tỏi chữa khỏi Covid-19"
    assert entry.identity == f"http://localhost:8000/checks/{check.pk}/"
    assert entry.address == f"http://localhost:8000/checks/{check.pk}/{check.slug}/"
    assert "<strong>trong người</strong>" in entry.html
    assert 'href="https://example.org/who"' in entry.html
    assert "Bác sĩ nói không có bằng chứng." in entry.html
    assert [label.term for label in entry.labels] == ["health", "false"]
    assert (entry.published, entry.updated) == (check.published, check.changed)
    assert entry.image.endswith("/card-wide-r1.png")


def test_a_correction_moves_it_and_is_said(published, corrected):
    check = corrected(published(), note="Năm công bố là 2021.")
    entry = check_entry(check)
    assert entry.updated > entry.published
    assert "Năm công bố là 2021." in entry.html


def test_a_change_leads_to_what_changed(published, corrected, editor):
    check = corrected(published(), note="Năm công bố là 2021.")
    withdraw(fact_check=check, by=editor, note="Nguồn chính đã bị rút.")
    last, first = map(change_entry, corrections())
    assert first.title == "Correction: Uống nước tỏi chữa khỏi Covid-19"
    assert f"http://localhost:8000/en/checks/{check.pk}/revisions/1-2/" in first.html
    assert (first.verdict, first.state) == ("false", "corrected")
    assert last.summary == "Nguồn chính đã bị rút."
    assert (last.verdict, last.state) == ("", "withdrawn")
    assert first.identity != last.identity


def test_sample_content_is_marked(published, desk):
    desk.is_sample = True
    desk.save()
    entry = check_entry(published())
    assert "no newsroom has checked it" in entry.html
    assert entry.labels[-1].term == "sample"


def test_what_people_wrote_is_no_markup(published):
    entry = check_entry(
        published(claim="<script>alert(1)</script> tỏi", summary="<img src=x onerror=alert(1)> Không đúng.")
    )
    assert "<script" not in entry.html
    assert "<img" not in entry.html
