from dataclasses import dataclass, field

import pytest

from kiemtin.public.filters import Filter
from kiemtin.public.search import Hits, _near, search


@dataclass
class Match:
    probability: float = 0.0
    near_copy: bool = False
    signals: dict = field(default_factory=dict)


@dataclass
class Found:
    match: Match


def found(**signals):
    return Found(Match(signals=signals))


def test_what_has_few_of_the_words_beside_the_best_is_left_out():
    # 0.35 of the best, 0.8, is 0.28
    best, second, third = found(words=0.8), found(words=0.29), found(words=0.27)
    assert _near([best, second, third]) == [best, second]


def test_where_no_check_has_the_words_only_the_sense_counts():
    near, far = found(words=0.39, centred=0.42), found(words=0.39, centred=0.41)
    assert _near([near, far]) == [near]


def test_a_likely_answer_and_a_copy_are_found_without_the_words():
    likely, copy, neither = Found(Match(0.05)), Found(Match(near_copy=True)), Found(Match(0.04))
    assert _near([likely, copy, neither]) == [likely, copy]


def claims(hits):
    return [finding.claim for finding in hits.found]


def test_a_search_finds_checks_typed_without_marks(published, index):
    published(claim="Uống nước tỏi chữa khỏi Covid-19")
    published(claim="Bấm ngược mã PIN ở cây ATM sẽ báo cho công an", wordings=(), summary="Không có.", topic="scam")
    index()
    assert claims(search(Filter(q="toi"))) == ["Uống nước tỏi chữa khỏi Covid-19"]
    assert claims(search(Filter(q="giá vàng hôm nay"))) == []


def test_a_search_is_narrowed_down_and_counted(published, index):
    for number in range(3):
        published(claim=f"Nước tỏi chữa bệnh thứ {number}", topic="health" if number else "scam")
    index()
    assert len(search(Filter(q="tỏi")).found) == 3
    assert len(search(Filter(q="tỏi", topic="scam")).found) == 1
    assert len(search(Filter(q="tỏi"), limit=2).found) == 2


@pytest.mark.parametrize("words", ["\u200b", "\u200b\u2060 \ufeff", "\x01" * 20, "\ufffd" * 9, "\ufe0f"])
def test_what_is_no_words_finds_nothing(published, index, words):
    published()
    index()
    assert search(Filter(q=words)) == Hits()


@pytest.mark.django_db
def test_an_empty_library_finds_nothing_and_a_missing_index_says_so(published):
    assert not search(Filter(q="tỏi")).failed
    published()
    assert search(Filter(q="tỏi")).failed


def test_a_withdrawn_check_is_not_found(published, index, editor):
    from kiemtin.checks.actions.withdraw import withdraw

    check = published()
    index()
    withdraw(fact_check=check, by=editor, note="Nguồn sai.")
    assert not search(Filter(q="tỏi")).found
