import pytest

from kiemtin.bench.beir import Document
from kiemtin.exchange.mapping.beir import to_review
from kiemtin.exchange.rows import RowError


def test_title_and_text():
    review = to_review(Document("d1", "Tiêu đề", "Nội dung", ("khác", "")), dataset="bộ")
    assert (review.key, review.publisher_name) == ("beir:bộ:d1", "bộ")
    assert (review.claim, review.summary, review.wordings) == ("Tiêu đề", "Nội dung", ("khác",))


def test_a_text_alone_is_the_claim():
    review = to_review(Document("d1", "", "Nội dung"), dataset="bộ")
    assert (review.claim, review.summary) == ("Nội dung", "")


def test_no_text_is_no_review():
    with pytest.raises(RowError):
        to_review(Document("d1", " ", "\x00"), dataset="bộ")


def test_long_ids_stay_apart():
    keys = {to_review(Document("x" * 400 + end, "t", ""), dataset="bộ").key for end in "ab"}
    assert len(keys) == 2
    assert all(len(key) <= 300 for key in keys)


@pytest.mark.parametrize("odd", ["\x01\x00#", "\ud800", "x" * 300 + "\udfff"], ids=["NUL", "half", "long"])
def test_an_id_that_no_database_can_hold_gets_a_key_of_its_own(odd):
    first, second = (to_review(Document(one, "Tựa", ""), dataset="tap").key for one in (odd, f"{odd}2"))
    assert first.isprintable()
    assert first != second
