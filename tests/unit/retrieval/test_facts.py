import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.retrieval.facts import facts
from kiemtin.retrieval.text import fold


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("khỏi sau 3 ngày", {("ngay", 3.0)}),
        ("khỏi sau ba ngày", {("ngay", 3.0)}),
        ("within three days", {("day", 3.0)}),
        ("one day, 1 day", {("day", 1.0)}),
        ("giảm 50% và 50 phần trăm", {("%", 50.0)}),
        ("1,5 lít, 2.000 người", {("lit", 1.5), ("nguoi", 2000.0)}),
        ("nhiều người, mấy ngày", set()),
        ("sau ngày 1/7 sẽ gây hại người dùng", set()),
        ("sau sáu ngày, sau bảy ngày", {("ngay", 6.0), ("ngay", 7.0)}),
    ],
)
def test_counted_things(text, counts):
    assert facts(text).counts == counts


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("từ ngày 1/7", {(1, 7)}),
        ("từ 01/07/2025", {(1, 7)}),
        ("ngày 1 tháng 7", {(1, 7)}),
        ("on July 1st and 3 May", {(1, 7), (3, 5)}),
        ("ngày 32/7, 1/13, May 99", set()),
        ("mua máy 5 triệu cho mấy 3 người", set()),
    ],
)
def test_dates(text, dates):
    assert facts(text).dates == dates


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("phạt 5 triệu đồng", {5e6}),
        ("phạt 5tr", {5e6}),
        ("phạt 5.000.000 đ", {5e6}),
        ("phạt 5,000,000 VND", {5e6}),
        ("mất 1,5 tỷ", {1.5e9}),
        ("lost $20", {20.0}),
        ("có 5 người", set()),
    ],
)
def test_amounts_of_money(text, amounts):
    assert facts(text).amounts == amounts


def test_an_amount_is_the_same_with_and_without_diacritics_in_every_form():
    text = "Phạt 5 triệu đồng từ ngày 1 tháng 7, sau ba ngày là 50%"
    one, other = facts(text), facts(fold(text))
    assert (one.counts, one.dates, one.amounts) == (other.counts, other.dates, other.amounts)


def test_names_inside_sentences():
    assert facts("Theo ông Nguyễn Văn An, tại Đà Nẵng được ăn ở ấm êm.").names == {"nguyen van an", "da nang"}
    assert facts("Tin giả đấy. Đừng tin.").names == frozenset()


def test_negated_words():
    assert "chua" in facts("nước chanh không chữa được bệnh").negated
    assert "cure" in facts("garlic does not cure the flu").negated
    assert "tim" in facts("chưa tìm ra thuốc").negated


@pytest.mark.parametrize("text", ["nước chanh chữa được bệnh", "tin này đúng rồi", "viên sủi chứa chất lạ"])
def test_a_word_that_only_folds_to_a_negation_denies_nothing(text):
    assert facts(text).negated == frozenset()


@pytest.mark.parametrize(
    "question", ["nước chanh có chữa được bệnh không?", "tin này đúng không ạ", "uống có sao ko mn", "ăn thế có hại k?"]
)
def test_a_question_denies_nothing(question):
    assert facts(question).negated == frozenset()


PIECES = ["1", "99", ".", ",", "/", "%", "$", " ", "đ", " triệu", " ngày ", " không ", "Á", "²", "٣", "\0", "\ud800"]
ANY_TEXT = st.lists(st.one_of(st.characters(exclude_categories=()), st.sampled_from(PIECES))).map("".join)


@given(ANY_TEXT)
def test_any_text_has_facts(text):
    assert all(1 <= day <= 31 and 1 <= month <= 12 for day, month in facts(text).dates)


def test_numbers_of_any_length():
    facts("9" * 500 + " ngày, 1" + ".000" * 300 + " đồng")


@pytest.mark.parametrize(
    "message",
    ["1" * 5_000, "1" * 5_000 + "x", "1." * 5_000, "1.1x" * 2_000, "có " * 2_700, "Aa " * 2_700, "không " * 1_300],
    ids=["digits", "digits and a letter", "decimals", "versions", "questions", "names", "negations"],
)
def test_no_message_takes_long(message):
    start = time.process_time()
    facts(message)
    assert time.process_time() - start < 0.5
