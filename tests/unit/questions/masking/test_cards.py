import pytest

from kiemtin.questions.masking.cards import luhn


def test_luhn_by_hand():
    # 7992739871x, from the right with x = 3: 3 + 2·1 + 7 + (2·8 - 9) + 9 + 2·3 + 7 + 2·2 + 9 + (2·9 - 9) + 7 = 70
    assert luhn("79927398713")


@pytest.mark.parametrize("last", "012456789")
def test_any_other_last_digit_is_wrong(last):
    assert not luhn("7992739871" + last)
