import pytest

from kiemtin.retrieval.text import Kind, analyse, fold, kind_of
from kiemtin.retrieval.text.kind import is_syllable

VIETNAMESE = [
    "Uống nước chanh nóng chữa khỏi ung thư",
    "Công an phường gọi điện yêu cầu cài ứng dụng định danh điện tử",
    "Từ ngày mai ngân hàng sẽ khóa tài khoản của những người chưa cập nhật",
    "nghe nói ăn tôm với vitamin C là chết, có đúng không mọi người",
    "Nghiêng người thoáng thuyền khuỷu tay quýt chuyện nguyệt huỳnh",
]
ENGLISH = [
    "Garlic water cures the flu within three days",
    "The government will give everyone a new phone next week",
    "Is it true that the vaccine has a chip in it?",
    "Man bites dog in the park, and no one can say why",
    "Breaking: police arrest mayor over missing funds",
]


@pytest.mark.parametrize("text", VIETNAMESE)
def test_vietnamese_with_diacritics(text):
    assert analyse(text).kind is Kind.TONED


@pytest.mark.parametrize("text", VIETNAMESE)
def test_vietnamese_without_diacritics(text):
    assert analyse(fold(text)).kind is Kind.BARE


@pytest.mark.parametrize(
    "text", [*ENGLISH, "新冠疫苗含有芯片", "Вакцина содержит чип", "Der Impfstoff enthält einen winzigen Chip"]
)
def test_other_languages(text):
    assert analyse(text).kind is Kind.OTHER


@pytest.mark.parametrize("words", [[], ["123"], ["1.5", "20kg"]])
def test_without_letters_there_is_no_kind_to_tell(words):
    assert kind_of(words) is Kind.OTHER


def test_one_toned_word_in_eight_is_enough_and_one_in_nine_is_not():
    assert kind_of(["đường", *["street"] * 7]) is Kind.TONED
    assert kind_of(["đường", *["street"] * 8]) is Kind.OTHER


def test_six_possible_syllables_in_ten_make_a_bare_text():
    assert kind_of(["nuoc"] * 6 + ["street"] * 4) is Kind.BARE
    assert kind_of(["nuoc"] * 5 + ["street"] * 5) is Kind.OTHER


def test_english_words_that_could_be_syllables_do_not_make_vietnamese():
    assert all(is_syllable(w) for w in ("to", "me", "can", "do", "in"))
    assert kind_of(["to", "me", "can", "do", "in", "no"]) is Kind.OTHER


def test_syllables_of_the_language_are_known_and_others_are_not():
    syllables = ["nguoi", "nghieng", "thuyen", "khuyu", "quyt", "huynh", "hoac", "xoong", "uong", "yeu", "gi", "nguyet"]
    assert [s for s in syllables if not is_syllable(s)] == []
    assert [s for s in ["street", "facebook", "covid", "vaccine", "strong", "world"] if is_syllable(s)] == []
