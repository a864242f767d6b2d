import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.questions.codes import ALPHABET, LENGTH, new_code, parse_code, shown_code

codes = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)


def test_codes_are_new_each_time_and_have_no_look_alikes():
    made = {new_code() for _ in range(1000)}
    assert len(made) == 1000
    assert not set("".join(made)) & set("ILOU")
    assert all(parse_code(code) == code for code in made)


@given(codes)
def test_a_code_is_read_back_however_it_is_typed(code):
    typed = [code, code.lower(), shown_code(code), f" {shown_code(code).lower()} ", " ".join(code), "–".join(code)]
    typed.append(code.replace("0", "O").replace("1", "l"))
    typed.append(code.replace("0", "o").replace("1", "I"))
    assert {parse_code(one) for one in typed} == {code}


@given(st.text(max_size=100))
def test_anything_else_is_none_or_a_code(text):
    assert parse_code(text) == "" or set(parse_code(text)) <= set(ALPHABET)


@pytest.mark.parametrize("text", ["", "ABCDE-FGHJ", "ABCDE-FGHJK-M", "UUUUU-UUUUU", "ABCDE/FGHJK", "-" * 1000])
def test_what_is_no_code(text):
    assert parse_code(text) == ""
