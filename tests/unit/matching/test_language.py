import pytest

from kiemtin.matching.language import Guess, guess_language


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("Ăn tôm với vitamin C sinh ra thạch tín", Guess("vi", False)),
        ("an tom voi vitamin c la chet nguoi do moi nguoi oi", Guess("vi", True)),
        ("The government will give a free phone to everyone who shares this", Guess("en", False)),
        ("Это очень важное сообщение", Guess("", False)),
        ("https://example.org/a", Guess("", False)),
        ("", Guess("", False)),
    ],
)
def test_the_language_is_guessed(text, guess):
    assert guess_language(text) == guess
