"""Order, and what counts."""

from __future__ import annotations

from kiemtin.media.pictures.reading.layout import Block, composed, in_order
from kiemtin.media.pictures.reading.table import Row, Word
from kiemtin.media.pictures.records import Box


def row(text: str, left: int, top: int, *, height: int = 20, confidence: float = 0.95, pitch: int = 10) -> Row:
    words, x = [], left
    for word in text.split():
        words.append(Word(word, confidence, Box(x, top, pitch * len(word), height)))
        x += pitch * (len(word) + 1)
    return Row(1, tuple(words))


def bubble(*rows: Row) -> Block:
    return Block(rows, bubble=True)


def beside(*rows: Row) -> Block:
    return Block(rows, bubble=False)


def test_columns_are_read_one_after_the_other() -> None:
    boxes = [Box(0, 0, 90, 60), Box(100, 0, 90, 30), Box(0, 65, 90, 40), Box(100, 35, 90, 70), Box(0, 120, 190, 20)]
    assert in_order(boxes, lambda box: box, columns=True) == [boxes[0], boxes[2], boxes[1], boxes[3], boxes[4]]


def test_columns_whose_lines_stand_side_by_side() -> None:
    title, below = Box(0, 0, 190, 20), Box(0, 200, 190, 20)
    left, right = [Box(0, top, 80, 20) for top in (40, 80, 120)], [Box(100, top, 80, 20) for top in (40, 80, 120)]
    items = [title, *right, below, *left]
    assert in_order(items, lambda box: box, columns=True) == [title, *left, *right, below]


def test_the_sides_of_a_chat_are_no_columns() -> None:
    bubbles = [Box(0, 0, 80, 20), Box(100, 40, 80, 20), Box(0, 80, 80, 20)]
    assert in_order(bubbles, lambda box: box, columns=False) == bubbles


def test_what_overlaps_is_read_from_above() -> None:
    boxes = [Box(0, 10, 50, 50), Box(20, 0, 50, 50)]
    assert in_order(boxes, lambda box: box, columns=True) == [boxes[1], boxes[0]]


def test_bubbles_become_paragraphs() -> None:
    found = composed([bubble(row("Đúng không ạ", 200, 100)), bubble(row("Ngân hàng khóa thẻ", 0, 50))])
    assert found.text == "Ngân hàng khóa thẻ\n\nĐúng không ạ"


def test_the_name_of_a_chat_is_left_out_and_a_message_beside_is_kept() -> None:
    title, message = row("Hội phụ huynh lớp 4A", 0, 10), row("tin này có thật không", 0, 200)
    found = composed([beside(title), bubble(row("Ngân hàng khóa thẻ", 0, 50)), beside(message)])
    assert found.text == "Ngân hàng khóa thẻ\n\ntin này có thật không"
    assert [line.text for line in found.left_out] == ["Hội phụ huynh lớp 4A"]


def test_without_bubbles_everything_is_kept() -> None:
    assert composed([beside(row("Hội phụ huynh", 0, 10), row("lớp 4A", 0, 50))]).text == "Hội phụ huynh\nlớp 4A"


def test_an_article_with_a_box_is_no_chat() -> None:
    article = [row("mọi người nên biết rằng tin này không đúng", 0, 100 + 30 * number) for number in range(5)]
    found = composed([beside(row("Tiêu đề", 0, 10)), beside(*article), bubble(row("Xem thêm ở đây", 0, 400))])
    assert found.text.startswith("Tiêu đề")


def test_a_time_in_the_corner_goes_and_a_time_in_the_text_stays() -> None:
    corner = Row(1, (*row("gọi cho tôi", 0, 80).words, Word("10:15", 0.9, Box(300, 82, 40, 12))))
    assert composed([bubble(row("sáng mai", 0, 50), corner)]).text == "sáng mai\ngọi cho tôi"
    assert composed([bubble(row("gọi cho tôi lúc 10:15", 0, 50))]).text == "gọi cho tôi lúc 10:15"


def test_a_name_in_small_type_goes_and_a_short_first_line_stays() -> None:
    text = row("Ngân hàng khóa thẻ của em", 0, 80)
    assert composed([bubble(row("Minh Anh", 0, 50, pitch=7), text)]).text == "Ngân hàng khóa thẻ của em"
    assert composed([bubble(row("Chị ơi", 0, 50), text)]).text == "Chị ơi\nNgân hàng khóa thẻ của em"


def test_confidence_is_a_mean_over_letters() -> None:
    found = composed([beside(row("abcdefghi", 0, 0, confidence=0.9), row("xyz", 0, 40, confidence=0.8))])
    assert round(found.confidence, 4) == round((9 * 0.9 + 3 * 0.8) / 12, 4)


def test_nothing_is_nothing() -> None:
    assert composed([]).text == ""
    assert composed([]).confidence == 0
