import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.media.indicators import Kind, of_account, of_phone


@pytest.mark.parametrize(
    "written",
    [
        "0988123456",
        "0988 123 456",
        "+84 988.123.456",
        "84988123456",
        "(+84) 0988-123-456",
        "0084988123456",
        "o988l23456",
    ],
)
def test_a_telephone_number_is_one_however_it_is_written(written):
    found = of_phone(written)
    assert (found.kind, found.value, found.shown) == (Kind.PHONE, "0988123456", "…456")
    assert found == of_account("0988123456")  # at a wallet the number is the account
    assert "0988" not in repr(found)


@pytest.mark.parametrize(
    "written", ["19001234", "1800588822", "0692348560", "113", "0113", "0988xxx456", "0988***456", ""]
)
def test_hotlines_and_parts_of_numbers_are_none(written):
    assert of_phone(written) is None
    assert of_account(written) is None


def test_an_account_number_is_one_however_it_is_written():
    assert of_account("0123 4567 89012") == of_account("0123456789012")
    assert of_account("0123456789012").shown == "…012"
    assert of_account("0123456789012").kind is Kind.ACCOUNT
    assert of_account("12345") is None


@given(st.text(max_size=30) | st.text(alphabet="0123456789+x. ", max_size=20))
def test_nothing_raises_and_no_more_than_three_digits_are_shown(text):
    for found in (of_phone(text), of_account(text)):
        assert found is None or sum(sign.isdigit() for sign in found.shown) <= 3
