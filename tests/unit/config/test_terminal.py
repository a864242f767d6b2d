from hypothesis import given
from hypothesis import strategies as st

from kiemtin.config.terminal import printable, shortened


def test_what_a_terminal_would_obey_is_shown_as_a_mark():
    assert printable("a\x1b[2Jb\x07c\u202ed\ud800e") == "a\ufffd[2Jb\ufffdc\ufffdd\ufffde"
    assert printable("Tiếng Việt\tcó dấu\n") == "Tiếng Việt\tcó dấu\n"


def test_a_long_text_keeps_both_ends():
    text = "đầu " + "x" * 500 + " cuối"
    short = shortened(text, 60)
    assert short.startswith("đầu x")
    assert short.endswith("x cuối")
    assert " … " in short
    assert shortened("một\n  hai", 60) == "một hai"


@given(st.text(), st.integers(20, 200))
def test_it_is_never_longer_than_told(text, width):
    short = shortened(text, width)
    assert len(short) <= width
    assert "\n" not in short
