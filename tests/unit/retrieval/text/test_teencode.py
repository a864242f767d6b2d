import pytest

from kiemtin.retrieval.text import analyse, tokenise
from kiemtin.retrieval.text.teencode import _ONE, _PLAIN, expand


@pytest.mark.parametrize(
    ("chat", "written"),
    [
        ("tin này có thật ko", "tin này có thật không"),
        ("cái này dùng đc k", "cái này dùng được không"),
        ("ăn vậy có dc ko mn", "ăn vậy có được không mọi người"),
        ("nó bảo gửi stk để ck tiền", "nó bảo gửi số tài khoản để chuyển khoản tiền"),
        ("tk bị khóa r", "tài khoản bị khóa rồi"),
        ("vk ck nhà em bị lừa", "vợ chồng nhà em bị lừa"),
        ("chuyện này ntn z", "chuyện này như thế nào vậy"),
        ("mất 5 tr vì tin nó", "mất 5 triệu vì tin nó"),
    ],
)
def test_short_forms_in_context(chat, written):
    assert " ".join(analyse(chat).words) == written


def test_short_forms_without_diacritics():
    words = analyse("tin nay dung ko mn, gui tien vao tk ngan hang").words
    assert " ".join(words) == "tin nay dung không mọi người gui tien vao tài khoản ngan hang"


def test_ck_after_a_spouse_is_the_husband_and_else_a_transfer():
    assert expand(["ck"]) == ["chuyển", "khoản"]
    assert expand(["của", "ck"]) == ["của", "chồng"]
    assert expand(["phí", "ck"]) == ["phí", "chuyển", "khoản"]


def test_tr_is_a_million_only_after_a_number():
    assert expand(["tr", "5", "tr"]) == ["tr", "5", "triệu"]


def test_k_after_a_number_is_a_thousand_and_not_a_denial():
    assert expand(["mất", "50", "k"]) == ["mất", "50", "k"]
    assert expand(["đúng", "k"]) == ["đúng", "không"]


def test_other_languages_are_left_alone():
    assert analyse("OK ok, the ck brand and the dc comics are not the same").words[:2] == ("ok", "ok")
    assert "ck" in analyse("the ck brand and the dc comics are not the same").words


def test_no_short_form_stands_for_two_words():
    shorts = [s for many in _PLAIN.values() for s in many.split()]
    assert sorted({s for s in shorts if shorts.count(s) > 1}) == []


def test_every_short_form_is_one_word_as_texts_are_cut():
    assert [s for s in _ONE if tokenise(s) != [s]] == []


def test_no_long_form_is_written_out_again():
    for full in _ONE.values():
        assert expand(full.split()) == full.split()
