import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.retrieval.text import Kind, analyse, fold, tokenise

ANY_TEXT = st.text(
    st.one_of(st.characters(exclude_categories=()), st.sampled_from("aA1.,-'#@_/:\0\ud800\udfff đươ\u0301İß²")),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ăn TÔM, uống C!", ["ăn", "tôm", "uống", "c"]),
        ("1.000.000 và 1,000,000", ["1000000", "và", "1000000"]),
        ("1.000.000đ", ["1000000đ"]),
        ("1,5 hay 1.5", ["1.5", "hay", "1.5"]),
        ("500K 20KG 5Tr", ["500k", "20kg", "5tr"]),
        ("đẹppppp quááá, 100000", ["đẹp", "quá", "100000"]),
        ("the doctor's can't", ["the", "doctor", "cant"]),
        ("covid-19, covid19, H5N1, B12", ["covid", "19", "covid", "19", "h5n1", "b12"]),
        ("#TinGiả #covid19vn @BoYTe_VN", ["tin", "giả", "covid", "19vn", "bo", "y", "te", "vn"]),
        ("😀🔥 nóng!!! =)) :v 👉xem", ["nóng", "v", "xem"]),
        ("", []),
    ],
)
def test_words(text, words):
    assert tokenise(text) == words


@pytest.mark.parametrize(
    "link",
    [
        "https://vnexpress.net/tin-gia-123.html?utm=x",
        "HTTP://BIT.LY/abc",
        "www.facebook.com/watch",
        "bit.ly/3xYz",
        "m.tiktok.com",
        "nganhang-vn.xyz/login",
        "pic.twitter.com/AbC12",
    ],
)
def test_links_are_no_words(link):
    analysis = analyse(f"xem tại {link} nhé")
    assert analysis.words == ("xem", "tại", "nhé")
    assert analysis.links == (link,)
    assert analysis.text == "xem tại nhé"


def test_a_full_stop_without_a_blank_is_no_link():
    assert analyse("hết tiền.Xong rồi").links == ()
    assert analyse("hết tiền.Xong rồi").words == ("hết", "tiền", "xong", "rồi")


def test_only_a_link():
    analysis = analyse("https://example.vn/a")
    assert (analysis.words, analysis.text, analysis.kind) == ((), "", Kind.OTHER)
    assert analysis.folded == analysis.bigrams == ()


def test_the_byline_of_an_embedded_post_goes_from_the_readable_text():
    assert analyse("Garlic cures flu — Jane Doe (@jane) May 1, 2020").text == "Garlic cures flu"
    assert (
        analyse("Garlic cures flu — so they say (@jane) and more").text
        == "Garlic cures flu — so they say (jane) and more"
    )


def test_folded_words_and_bigrams():
    analysis = analyse("Đúng ko mọi người")
    assert analysis.words == ("đúng", "không", "mọi", "người")
    assert analysis.folded == ("dung", "khong", "moi", "nguoi")
    assert analysis.bigrams == ("dung_khong", "khong_moi", "moi_nguoi")


def test_one_word_has_no_bigram():
    assert analyse("covid").bigrams == ()


@given(ANY_TEXT)
def test_any_text_is_analysed(text):
    analysis = analyse(text)
    assert len(analysis.folded) == len(analysis.words)
    assert all(w and w == w.lower() and not any(c.isspace() for c in w) for w in analysis.words)
    assert all(f == fold(w) for f, w in zip(analysis.folded, analysis.words, strict=True))
    " ".join((analysis.text, *analysis.words)).encode("utf-8")


@pytest.mark.parametrize(
    "message",
    [
        "a-" * 50_000,
        "a." * 50_000,
        "1." * 50_000,
        "a" + " " * 99_000 + "b",
        "a" + "\n" * 99_000 + "b",
        "a - (@b)" + " " * 99_000 + "c",
        "-(@" * 33_000,
        "#" * 100_000,
        "ab" * 50_000,
        "é" * 100_000,
        "1" * 100_000,
        "https://" * 12_000,
    ],
    ids=[
        "hyphens",
        "dots",
        "decimals",
        "blanks",
        "lines",
        "byline",
        "handles",
        "hashes",
        "one-word",
        "one-letter",
        "digits",
        "links",
    ],
)
def test_no_message_takes_long(message):
    start = time.process_time()
    analyse(message)
    assert time.process_time() - start < 3
