import datetime as dt

import pytest
from django.utils import timezone, translation

from kiemtin.desk.templatetags.desk_text import in_language, span


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (-5, "0 minutes"),
        (1, "1 minute"),
        (59, "59 minutes"),
        (60, "1 hour"),
        (47 * 60, "47 hours"),
        (48 * 60, "2 days"),
        (72 * 60 - 1, "2 days"),
    ],
)
def test_how_long_ago_is_said_in_one_unit(minutes, text):
    assert span(timezone.now() - dt.timedelta(minutes=minutes, seconds=1)) == text


def test_it_is_said_in_vietnamese():
    with translation.override("vi"):
        assert span(timezone.now() - dt.timedelta(days=3)) == "3 ngày"


def test_a_quoted_text_is_marked_where_it_is_in_another_language():
    with translation.override("en"):
        assert in_language("Tin <b>", "vi") == '<span lang="vi">Tin &lt;b&gt;</span>'
        assert in_language("News", "en") == "News"
