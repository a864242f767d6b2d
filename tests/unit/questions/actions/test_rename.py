import pytest

from kiemtin.checks.exceptions import EmptyTextError
from kiemtin.questions.actions.rename import rename, title_from
from tests.unit.questions.making import make_case


def test_a_title_is_one_line(desk, checker):
    case = rename(case=make_case(desk), by=checker, title="  Chanh nóng\nchữa   ung thư ")
    case.refresh_from_db()
    assert case.title == "Chanh nóng chữa ung thư"
    assert case.version > 1


def test_a_title_that_is_too_long_is_cut_where_the_column_ends():
    assert len(title_from("a" * 400)) == 300
    assert title_from("a" * 300) == "a" * 300
    assert title_from("a" * 301).endswith("a…")


def test_there_is_a_title(desk, checker):
    with pytest.raises(EmptyTextError):
        rename(case=make_case(desk), by=checker, title=" ")
