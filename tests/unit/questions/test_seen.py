import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.questions.digest import take
from kiemtin.questions.refusals import RefusalError
from kiemtin.questions.seen import MOST
from kiemtin.questions.seen import seen_in as seen_in_taken


@pytest.fixture(autouse=True)
def folder(data):
    """The key lies there."""


def seen_in(text):
    return seen_in_taken(take(text))


def kinds(text):
    return [(one.kind, one.shown) for one in seen_in(text)]


def test_hosts_and_numbers_of_an_offer_are_seen_before_masking():
    text = "Vào vietc0mbank[.]xyz/a, gọi 0988 123 456 hoặc chuyển vào STK 0123456789012 Vietcombank"
    assert kinds(text) == [("domain", "vietc0mbank[.]xyz"), ("phone", "…456"), ("account", "…012")]


@pytest.mark.parametrize(
    "other",
    [
        "alo +84988.123.456 nhé",
        "không chín tám tám một hai ba bốn năm sáu",
        "zalo.me/0988123456",
        "Momo 0988123456",
        "số không số chín số tám số tám số một số hai số ba số bốn số năm số sáu",
        "không chín hai số tám một trăm hai mươi ba bốn năm sáu",
        "o98 812 345 6 đó",
        "０９⑧８ 1️⃣2️⃣3️⃣ 456",
        "0988…123…456",
        "gọi\n0988\n123\n456",
    ],
)
def test_a_number_is_recognised_however_it_is_written(other):
    assert [one.digest for one in seen_in(other)] == [one.digest for one in seen_in("Gọi 0988123456 ngay")]


@pytest.mark.parametrize(
    "text",
    [
        "Số của tôi là 0988123456",
        "Xin gọi lại cho em số 0988123456",
        "Trả lời giúp em qua zalo 0988123456",
        "Em đã chuyển từ tài khoản 0123456789012",
        "My phone number is 0988 123 456",
        "Em là Lan 0988123456",
        "Hotline 19001234, tổng đài 18001091",
        "Xem https://dichvucong.gov.vn và facebook.com/groups/1",
        "Tin này có thật không",
    ],
)
def test_the_numbers_of_who_asks_and_of_everybody_are_not(text):
    assert seen_in(text) == ()


def test_nothing_of_a_number_but_its_end_is_in_what_is_stored():
    seen = seen_in("Gọi 0988123456 ngay")
    assert "0988123" not in repr(seen)
    assert len(seen[0].digest) == 64


def test_their_number_is_bounded_and_each_is_seen_once():
    assert len(seen_in(" ".join(f"http://a{n}.xyz" for n in range(100)))) == MOST
    began = time.process_time()
    seen_in(" ".join(f"http://a{n}.xyz/{n}" for n in range(500)))
    assert time.process_time() - began < 1
    assert len(seen_in("evil.xyz/a evil.xyz/b www.evil.xyz")) == 1


@given(st.text(max_size=80))
def test_nothing_raises(text):
    with contextlib.suppress(RefusalError):
        assert len(seen_in(text)) <= MOST
