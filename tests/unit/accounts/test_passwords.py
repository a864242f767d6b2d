import pytest
from django.core.exceptions import ValidationError

from kiemtin.accounts.passwords import LengthValidator


@pytest.mark.parametrize(("password", "is_long_enough"), [("x" * 9, False), ("x" * 10, True), ("ệ" * 10, True)])
def test_ten_characters(password, is_long_enough):
    if is_long_enough:
        LengthValidator().validate(password)
        return
    with pytest.raises(ValidationError) as error:
        LengthValidator().validate(password)
    assert (error.value.code, error.value.messages) == (
        "password_too_short",
        ["A password has at least 10 characters."],
    )
