import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.retrieval.errors import EmptyMessageError, MessageError, MessageTooLongError, NotTextError
from kiemtin.retrieval.text import MAX_MESSAGE, check_message, normalise
from kiemtin.retrieval.text.normalisation import place_tones

CLAIM = "Uống nước chanh nóng chữa được ung thư, đúng không ạ?"
GRAVE, ACUTE, TILDE, HOOK, DOT = "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"
ANY_TEXT = st.text(
    st.one_of(st.characters(exclude_categories=()), st.sampled_from("\0\ud800\udfff\ufffdoaeuyđ\u0301\u0323"))
)


def moved(text, start_upper, start_lower):
    """Move ASCII letters to another block of Unicode, marks left where they are."""
    out = []
    for c in unicodedata.normalize("NFD", text):
        if "A" <= c <= "Z":
            out.append(chr(start_upper + ord(c) - ord("A")))
        elif "a" <= c <= "z":
            out.append(chr(start_lower + ord(c) - ord("a")))
        else:
            out.append(c)
    return "".join(out)


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_every_unicode_form_of_a_text_comes_out_the_same(form):
    assert normalise(unicodedata.normalize(form, CLAIM)) == CLAIM


@pytest.mark.parametrize(
    ("upper", "lower"),
    [(0x1D400, 0x1D41A), (0x1D468, 0x1D482), (0x1D5D4, 0x1D5EE), (0x1D670, 0x1D68A), (0xFF21, 0xFF41)],
    ids=["bold", "bold-italic", "sans-bold", "monospace", "full-width"],
)
def test_look_alike_letters_become_plain(upper, lower):
    styled = moved(CLAIM, upper, lower)
    assert styled != unicodedata.normalize("NFD", CLAIM)
    assert normalise(styled) == CLAIM


@pytest.mark.parametrize("tone", [GRAVE, ACUTE, TILDE, HOOK, DOT])
@pytest.mark.parametrize("pair", ["oa", "oe", "uy"])
@pytest.mark.parametrize("change", [str.lower, str.upper, str.capitalize])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_old_and_new_tone_placement_are_one(pair, tone, change, form):
    late = change(unicodedata.normalize(form, f"h{pair[0]}{pair[1]}{tone}"))
    early = change(unicodedata.normalize("NFC", f"h{pair[0]}{tone}{pair[1]}"))
    assert normalise(late) == early
    assert normalise(early) == early
    assert normalise(f"({late}), {late}!") == f"({early}), {early}!"


@pytest.mark.parametrize(
    "word",
    [
        "quý",
        "Quý",
        "QUÝ",
        "quỳ",
        "quỷ",
        "quỹ",
        "quỵ",
        "quà",
        "hoàn",
        "Hoàng",
        "toán",
        "khuỷu",
        "huỵch",
        "ngoèo",
        "loét",
        "xoèn",
        "thuyền",
        "hoắc",
        "thuở",
    ],
)
def test_a_tone_that_has_one_place_stays_there(word):
    assert normalise(word) == word


def test_a_tone_moves_at_the_end_of_a_text_and_before_a_line_break():
    assert place_tones("khoẻ\nthuý") == "khỏe\nthúy"


def test_quotes_become_straight_and_invisible_signs_go():
    assert normalise("“tin\u200bgiả” ‘đã\ufeff’ \u202eviết…") == "\"tingiả\" 'đã' viết..."


def test_control_characters_and_halves_of_characters_become_blanks():
    assert normalise("tin\0giả\ud83d\x07!") == "tin giả  !"
    assert normalise("dòng\tmột\nhai") == "dòng\tmột\nhai"


@given(ANY_TEXT)
def test_normalising_twice_changes_nothing_and_the_result_can_be_stored(text):
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")
    assert "\0" not in once


@pytest.mark.parametrize("nothing", ["", " \n\t", "\u200b\ufeff\u200d", "\0", "\u3000\u00a0", "\ud800"])
def test_a_message_of_nothing_is_empty(nothing):
    with pytest.raises(EmptyMessageError):
        check_message(nothing)


def test_the_longest_message_is_read_and_one_character_more_is_not():
    check_message("đ" * MAX_MESSAGE)
    with pytest.raises(MessageTooLongError) as caught:
        check_message("đ" * (MAX_MESSAGE + 1))
    assert caught.value.params == {"length": MAX_MESSAGE + 1, "limit": MAX_MESSAGE}


@pytest.mark.parametrize(
    "message",
    [
        bytes(range(256)).decode("latin-1"),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\6\0\0\0".decode("utf-8", "surrogateescape"),
        b"\xff\xd8\xff\xe0\0\x10JFIF\xff\xdb\xc3\x28".decode("utf-8", "replace"),
        "\0" * 40,
    ],
    ids=["all-bytes", "png", "jpeg", "nul"],
)
def test_binary_data_is_told_apart(message):
    with pytest.raises(NotTextError):
        check_message(message)


@pytest.mark.parametrize(
    "message", ["tin giả\0", "a\ud83d", "một\x07 hai\x07 ba\x07", "x" * 100 + "\0" * 10, "😀", "?"]
)
def test_a_text_with_a_little_dirt_is_still_a_text(message):
    check_message(message)


@given(ANY_TEXT)
def test_any_message_passes_or_fails_with_a_message_error(text):
    try:
        check_message(text)
    except MessageError as error:
        refused: MessageError | None = error
    else:
        refused = None
    assert text.strip() if refused is None else refused.code.startswith("message-")
