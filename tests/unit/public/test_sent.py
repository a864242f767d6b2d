import pytest

from kiemtin.public.sent import Piece, sent


def test_marks_become_what_was_covered():
    shown = sent("Gọi [phone] hoặc [phone], viết [email] nhé")
    assert shown.pieces == (
        Piece("Gọi "),
        Piece(kind="phone"),
        Piece(" hoặc "),
        Piece(kind="phone"),
        Piece(", viết "),
        Piece(kind="email"),
        Piece(" nhé"),
    )
    assert shown.covered == ("phone", "email")


@pytest.mark.parametrize(
    ("passage", "marked"),
    [
        ("ăn tỏi khỏi cúm", ["Ăn tỏi\nkhỏi cúm"]),
        ("khỏi cúm gọi", ["khỏi cúm ", " gọi"]),
        ("khác hẳn", []),
        ("", []),
        (" ".join(["ăn"] * 400), []),
    ],
)
def test_what_matched_is_found_though_it_was_searched_for_in_another_form(passage, marked):
    shown = sent("Nghe nói. Ăn tỏi\nkhỏi cúm [phone] gọi ngay.", passage)
    assert [piece.text for piece in shown.pieces if piece.changed] == marked


def test_nothing_is_lost_on_the_way():
    text = "A [phone] b (c+ [email]"
    shown = sent(text, "b (c+")
    assert "".join(piece.text or f"[{piece.kind}]" for piece in shown.pieces) == text
    assert shown.length == len(text)
