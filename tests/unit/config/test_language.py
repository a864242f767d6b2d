import pytest

from kiemtin.config.language import choose_language


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "vi"),
        (["--lang", "en", "ask"], {"LANG": "vi_VN.UTF-8"}, "en"),
        (["--lang=en"], {}, "en"),
        (["ask", "--lang", "en"], {}, "vi"),  # after the command it is the command's
        (["--lang"], {}, "vi"),
        (["--lang", "fr"], {"LANG": "en_GB"}, "en"),
        ([], {"KIEMTIN_LANG": "en", "LANG": "vi_VN"}, "en"),
        ([], {"LC_ALL": "en_US.UTF-8", "LANG": "vi_VN.UTF-8"}, "en"),
        ([], {"LC_MESSAGES": "en_US", "LANG": "vi_VN"}, "en"),
        ([], {"LANG": "EN-us"}, "en"),
        ([], {"LANG": "C.UTF-8"}, "vi"),
        ([], {"LC_ALL": "C", "LANG": "en_US"}, "en"),
        ([], {"LANG": "fr_FR.UTF-8"}, "vi"),
        ([], {"LC_ALL": "", "LANG": "en"}, "en"),
    ],
)
def test_the_first_wish_that_can_be_met(arguments, environment, language):
    assert choose_language(arguments, environment) == language
