import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.questions.digest import MAX_LENGTH, digest_of, readable
from kiemtin.questions.refusals import (
    NotATextError,
    NothingToReadError,
    OnlyPersonalDataError,
    RefusalError,
    TooLongError,
)

NUMBER = "0988 123 456"


def read(text):
    try:
        return readable(text)
    except RefusalError:
        return None


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", NothingToReadError),
        (" \n\t\u200b", NothingToReadError),
        ("?!…", NothingToReadError),
        ("x" * (MAX_LENGTH + 1), TooLongError),
        ("\x00\x01\x02\x03" * 20, NotATextError),
        ("���� a", NotATextError),
        (b"bytes", NotATextError),
        (NUMBER, OnlyPersonalDataError),
        (f"Gọi {NUMBER}"[4:], OnlyPersonalDataError),
    ],
)
def test_what_cannot_be_asked_about_is_refused_without_repeating_it(text, error):
    with pytest.raises(error) as caught:
        readable(text)
    assert caught.value.code
    assert caught.value.sentence
    assert NUMBER not in f"{caught.value!r} {caught.value.sentence} {caught.value.params}"


def test_a_text_is_masked_before_anything_else():
    assert readable(f"Gọi ngay {NUMBER} để nhận quà") == "Gọi ngay [phone] để nhận quà"
    assert readable("Gọi ngay 09\u200b88 12\u206034 56 để nhận quà") == "Gọi ngay [phone] để nhận quà"


def test_it_is_tidied():
    nfd = unicodedata.normalize("NFD", "Tỏi trị cúm")
    assert readable(f"  {nfd}  \r\n\r\n\r\n\r\n  thật\tkhông \x07? ") == "Tỏi trị cúm\n\nthật không ?"
    assert readable("👨‍👩‍👧 cả nhà") == "👨‍👩‍👧 cả nhà"
    assert readable("🙏") == "🙏"


@given(st.text(max_size=300))
def test_reading_twice_changes_nothing(text):
    once = read(text)
    assert once is None or readable(once) == once


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("fb.me/a " * 1_250, TooLongError),  # [profile] is longer than a
        ("\u0958" * MAX_LENGTH, TooLongError),  # two characters in NFC
        ("o912.345.678" * 40 + " gọi đi", NotATextError),  # some would be left
        (f"Gọi {NUMBER}, " * 3 + "\ufffd" * 6, NotATextError),  # few among many letters, many once they are masked
    ],
)
def test_what_masking_leaves_must_be_readable_too(text, error):
    assert len(text) <= MAX_LENGTH
    with pytest.raises(error):
        readable(text)


@given(st.text(min_size=1, max_size=200), st.sampled_from([" ", "\n", "\t", "  \n "]))
def test_case_spacing_and_unicode_form_make_no_other_message(text, space):
    assert digest_of(text) == digest_of(f"{space}{text}{space}") == digest_of(" ".join(text.split()))
    assert digest_of(text.casefold()) == digest_of(text)
    assert digest_of(unicodedata.normalize("NFD", text)) == digest_of(unicodedata.normalize("NFC", text))


@given(st.lists(st.sampled_from(["ăn", "tỏi", "khỏi", "cúm", "0", "1"]), min_size=1, max_size=6))
def test_other_words_make_another_message(words):
    assert digest_of(" ".join(words)) != digest_of(" ".join([*words, "không"]))
    assert len(digest_of(" ".join(words))) == 64


@pytest.mark.parametrize(
    "text",
    [
        "https://www.a.vn/Tin-1?fbclid=abc",
        "m.a.vn/Tin-1",
        "Mọi người ơi cái này có thật không? https://a.vn/Tin-1?utm_source=zalo",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fa.vn%2FTin-1%3Ffbclid%3Dx&h=1",
    ],
)
def test_the_same_link_is_the_same_message(text):
    assert digest_of(readable(text)) == digest_of("https://a.vn/Tin-1")


def test_other_links_and_more_words_are_other_messages():
    texts = ["https://a.vn/Tin-1", "https://a.vn/tin-1", "https://b.vn/Tin-1", "Chanh nóng: https://a.vn/Tin-1"]
    assert len(set(map(digest_of, texts))) == 4


def test_pages_that_masking_makes_alike_are_other_messages(data):
    one, other = "https://www.facebook.com/nguyen.van.a", "https://facebook.com/tran.thi.b"
    assert readable(one).endswith("facebook.com/[profile]")
    first, second = (digest_of(readable(raw), raw=raw) for raw in (one, other))
    assert first != second
    again = f"{one.replace('www.', 'm.')}?fbclid=1 có thật không"
    assert digest_of(readable(again), raw=again) == first
    (data / "indicator-key").write_text("another key")
    assert digest_of(readable(one), raw=one) != first
