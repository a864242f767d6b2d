import datetime as dt

import pytest

from kiemtin.checks.draft import SourceContent
from kiemtin.exchange.exceptions import SampleError
from kiemtin.exchange.mapping.sample import to_sample


def source(number, **fields):
    given = {
        "title": f"T{number}",
        "publisher": "P",
        "url": f"example.org/{number}",
        "kind": "secondary",
        "interest": "independent",
        "accessed": "2026-11-22",
        "shows": {"vi": "Cho thấy", "en": "Shows"},
    }
    return given | fields


CHECK = {
    "slug": "garlic",
    "topic": "health",
    "verdict": "false",
    "reviewed": "2026-11-15",
    "claim": {"vi": "Tỏi chữa được Covid", "en": "Garlic cures Covid"},
    "summary": {"vi": "Không.", "en": "No."},
    "body": {"vi": "Một.\n\nHai.", "en": "One.\r\n\r\nTwo."},
    "sources": [source(1), source(2, interest="party", kind="primary")],
    "wordings": {"vi": ["Ăn tỏi hết Covid"], "en": []},
}


def test_one_check_is_a_content_in_each_language():
    sample = to_sample(CHECK)
    vi, en = sample.contents["vi"], sample.contents["en"]
    assert sample.slug == "garlic"
    assert (vi.claim, en.claim) == ("Tỏi chữa được Covid", "Garlic cures Covid")
    assert (vi.verdict, vi.topic, vi.summary) == ("false", "health", "Không.")
    assert (vi.body, en.body) == ("Một.\n\nHai.", "One.\n\nTwo.")
    assert (vi.wordings, en.wordings) == (("Ăn tỏi hết Covid",), ())
    assert en.sources[0] == SourceContent(
        title="T1",
        publisher="P",
        url="https://example.org/1",
        kind="secondary",
        interest="independent",
        shows="Shows",
        accessed=dt.date(2026, 11, 22),
    )
    assert (vi.sources[1].interest, vi.sources[1].kind) == ("party", "primary")


@pytest.mark.parametrize(
    "change",
    [
        {"slug": ""},
        {"verdict": "wrong"},
        {"verdict": None},
        {"topic": "gossip"},
        {"claim": {"vi": "x"}},
        {"summary": "x"},
        {"claim": None},
        {"body": None},
        {"sources": [source(1)]},
        {"sources": [source(1, interest="party"), source(2, interest="party")]},
        {"sources": [source(1), source(2, kind="rumour")]},
    ],
)
def test_an_incomplete_check_is_none(change):
    with pytest.raises(SampleError):
        to_sample(CHECK | change)


@pytest.mark.parametrize("check", [[], None, "x", {}])
def test_something_else_is_none(check):
    with pytest.raises(SampleError):
        to_sample(check)
