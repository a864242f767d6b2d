import pytest

from kiemtin.retrieval import Guard, Record
from kiemtin.retrieval.guards import FEWEST_WORDS, check_guards, message_guards
from kiemtin.retrieval.text import analyse


@pytest.mark.parametrize(
    ("message", "guards"),
    [
        ("https://example.vn/tin", (Guard.LINK_ONLY,)),
        ("xem https://example.vn/tin", (Guard.LINK_ONLY,)),
        ("mọi người ơi link này có thật không ạ https://example.vn/tin", (Guard.LINK_ONLY,)),
        ("moi nguoi oi link nay co that ko a https://example.vn/tin", (Guard.LINK_ONLY,)),
        ("Hello, can you please check this site? https://example.vn/tin", (Guard.LINK_ONLY,)),
        ("mọi người ơi cái này có thật không ạ", ()),
        ("tin giả", (Guard.TOO_SHORT,)),
        ("covid", (Guard.TOO_SHORT,)),
        ("😀😀😀😀", (Guard.TOO_SHORT,)),
        ("uống nước chanh nóng khỏi ung thư", ()),
        ("uống nước chanh nóng khỏi ung thư https://example.vn/tin", ()),
    ],
)
def test_guards_of_the_message_alone(message, guards):
    assert message_guards(analyse(message)) == guards


def test_from_which_length_on_a_message_can_be_answered():
    assert message_guards(analyse("tôm " * (FEWEST_WORDS - 1))) == (Guard.TOO_SHORT,)
    assert message_guards(analyse("tôm " * FEWEST_WORDS)) == ()


LEMON = Record("1", "Uống nước chanh nóng chữa khỏi ung thư sau 3 ngày", "Bác sĩ nói nước chanh là nước uống.")
FINE = Record("2", "Từ ngày 1/7 phạt 5 triệu đồng nếu không đổi căn cước", "Mức phạt thật là 500 nghìn đồng.")
DOCTOR = Record("3", "Bác sĩ Trần Văn Hùng chữa khỏi tiểu đường bằng lá ổi")


@pytest.mark.parametrize(
    ("message", "record", "guard"),
    [
        ("uống nước chanh nóng chữa khỏi ung thư sau 7 ngày", LEMON, Guard.NUMBERS),
        ("uong nuoc chanh nong chua khoi ung thu sau bay ngay", LEMON, Guard.NUMBERS),
        ("từ ngày 1/9 phạt 5 triệu nếu không đổi căn cước", FINE, Guard.DATES),
        ("từ 1/7 phạt 20 triệu nếu không đổi căn cước", FINE, Guard.AMOUNTS),
        ("nghe nói bác sĩ Lê Thị Mai chữa khỏi bệnh gan", DOCTOR, Guard.NAMES),
        ("uống nước chanh nóng không chữa khỏi ung thư", LEMON, Guard.NEGATION),
    ],
)
def test_what_differs_is_named(message, record, guard):
    assert guard in check_guards(message, record)


@pytest.mark.parametrize(
    ("message", "record"),
    [
        ("uống nước chanh nóng chữa khỏi ung thư sau 3 ngày", LEMON),
        ("uong nuoc chanh nong chua khoi ung thu sau ba ngay co dung khong", LEMON),
        ("Uống nước chanh nóng có chữa khỏi ung thư không?", LEMON),
        ("từ ngày 01/07 phạt 5tr nếu không đổi căn cước đúng ko mn", FINE),
        ("bị phạt 500 nghìn đồng nếu không đổi căn cước", FINE),
        ("nghe nói bác sĩ Trần Văn Hùng chữa khỏi tiểu đường", DOCTOR),
        ("bac si tran van hung chua khoi tieu duong bang la oi", DOCTOR),
    ],
)
def test_what_agrees_is_let_through(message, record):
    assert check_guards(message, record) == ()


def test_elsewhere_a_message_may_deny_what_it_likes():
    message = "Mọi người ơi đừng uống thuốc linh tinh. Uống nước chanh nóng chữa khỏi ung thư sau 3 ngày"
    assert check_guards(message, LEMON) == ()
