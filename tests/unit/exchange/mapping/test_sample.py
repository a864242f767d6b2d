import datetime as dt

import pytest

from kiemtin.checks.enums import Verdict
from kiemtin.exchange.mapping.sample import to_reviews
from kiemtin.exchange.rows import Fault, RowError

CHECK = {
    "slug": "garlic",
    "verdict": "false",
    "reviewed": "2026-11-15",
    "claim": {"vi": "Tỏi chữa được Covid", "en": "Garlic cures Covid"},
    "summary": {"vi": "Không.", "en": "No."},
    "sources": [
        {
            "title": "T",
            "publisher": "P",
            "url": "example.org/x",
            "kind": "secondary",
            "interest": "independent",
            "accessed": "2026-11-22",
            "shows": {"vi": "Cho thấy", "en": "Shows"},
        }
    ],
    "wordings": {"vi": ["Ăn tỏi hết Covid"], "en": []},
}


def test_one_check_is_a_review_in_each_language():
    vi, en = to_reviews(CHECK)
    assert (vi.key, en.key) == ("sample:garlic:vi", "sample:garlic:en")
    assert (vi.work, vi.sample, vi.language, vi.published) == ("garlic", True, "vi", dt.date(2026, 11, 15))
    assert (vi.claim, en.claim) == ("Tỏi chữa được Covid", "Garlic cures Covid")
    assert (vi.publisher_name, en.publisher_name) == ("Kiểm Tin (thư viện mẫu)", "Kiểm Tin (sample library)")
    assert (vi.rating, en.rating) == ("Sai", "False")
    assert (vi.wordings, en.wordings) == (("Ăn tỏi hết Covid",), ())
    assert vi.sources[0] == {
        "title": "T",
        "publisher": "P",
        "url": "https://example.org/x",
        "kind": "secondary",
        "interest": "independent",
        "accessed": "2026-11-22",
        "shows": "Cho thấy",
    }


@pytest.mark.parametrize("verdict", Verdict.values)
def test_every_verdict_has_its_words(verdict):
    vi, en = to_reviews(CHECK | {"verdict": verdict})
    assert vi.rating != en.rating


@pytest.mark.parametrize(
    "change",
    [{"slug": ""}, {"verdict": "wrong"}, {"verdict": None}, {"claim": {"vi": "x"}}, {"summary": "x"}, {"claim": None}],
)
def test_an_incomplete_check_is_none(change):
    with pytest.raises(RowError) as error:
        to_reviews(CHECK | change)
    assert error.value.fault is Fault.NOT_SAMPLE
