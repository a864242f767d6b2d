from kiemtin.desk.message_parts import Part, bubble, parts_of
from kiemtin.questions.models import Message


def message(pk, text, **fields):
    return Message(pk=pk, text=text, **fields)


def shown(one):
    """Return a bubble in short: +new+, -missing-, {hidden}."""
    signs = {(True, False): "+", (False, True): "-", (False, False): ""}
    parts = ((signs[part.changed, part.removed], part.text or f"{{{part.kind}}}") for part in one.parts)
    return "".join(f"{sign}{text}{sign}" for sign, text in parts)


def test_hidden_data_is_a_part_of_its_own():
    assert parts_of("Gọi [phone], gửi [account]") == (
        Part("Gọi "),
        Part(kind="phone"),
        Part(", gửi "),
        Part(kind="account"),
    )
    assert parts_of("[bracket]") == (Part("[bracket]"),)


def test_what_is_new_and_what_is_missing_is_marked():
    base = message(1, "Ngày mai siêu thị phát quà cho trẻ em, gọi [phone] để nhận")
    other = message(2, "Ngày mai siêu thị phát 200 quà cho trẻ em, gọi [email] để nhận")
    assert shown(bubble(other, base)) == (
        "Ngày mai siêu thị phát +200 +quà cho trẻ em, gọi -{phone}-- -+{email}++ +để nhận"
    )


def test_the_one_compared_with_and_one_alone_are_plain():
    base = message(1, "Ngày mai siêu thị phát quà")
    assert (bubble(base, base).is_base, shown(bubble(base, base))) == (True, base.text)
    assert (bubble(base, None).is_base, shown(bubble(base, None))) == (False, base.text)


def test_capitals_never_count_and_diacritics_only_where_both_have_them():
    base = message(1, "Ngày mai siêu thị phát quà cho Trẻ Em ở Đà Nẵng")
    loud = message(2, "NGÀY MAI SIÊU THỊ PHÁT QUÀ CHO TRẺ EM Ở ĐÀ NẴNG")
    bare = message(3, "ngay mai sieu thi phat 200 qua cho tre em o Da Nang", toneless=True)
    other_word = message(4, "Ngày mai siêu thị phát quả cho Trẻ Em ở Đà Nẵng")
    assert shown(bubble(loud, base)) == loud.text
    assert shown(bubble(bare, base)) == "ngay mai sieu thi phat +200 +qua cho tre em o Da Nang"
    assert "+quả +" in shown(bubble(other_word, base))
    without = message(5, "ngay mai sieu thi phat qua cho tre em o Nang", toneless=True)
    assert "-Đà -" in shown(bubble(without, base))


def test_text_in_other_words_is_not_marked_all_over():
    base = message(1, "Ngày mai siêu thị phát quà cho trẻ em")
    other = message(2, "Chủ nhật này các cháu đến cửa hàng sẽ có bánh kẹo miễn phí")
    found = bubble(other, base)
    assert (found.is_other, shown(found)) == (True, other.text)


def test_a_long_missing_piece_is_shown_in_short():
    words = " ".join(f"từ{number}" for number in range(20))
    shared = "một hai ba bốn năm sáu bảy tám chín mười " * 4
    base, other = message(1, f"{shared}{words} hết"), message(2, f"{shared}hết")
    missing = next(part.text for part in bubble(other, base).parts if part.removed)
    assert missing.split() == [*words.split()[:8], "…"]


def test_a_letter_that_changes_length_in_small_ones_is_compared_as_it_is():
    base, other = message(1, "İstanbul có bão lớn đêm nay nhé"), message(2, "İstanbul có bão lớn đêm mai nhé")
    assert "".join(part.text for part in bubble(other, base).parts if not part.removed) == other.text
