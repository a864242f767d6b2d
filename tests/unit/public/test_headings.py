import pytest
from django.utils.safestring import SafeString

from kiemtin.public.headings import with_headings


@pytest.mark.parametrize(
    ("html", "first", "expected"),
    [
        ("<h3>a</h3>", 2, "<h2>a</h2>"),
        ("<h2>a</h2><h4>b</h4>", 2, "<h2>a</h2><h3>b</h3>"),
        ("<h4>a</h4><h2>b</h2>", 2, "<h2>a</h2><h2>b</h2>"),
        ("<h2>a</h2><h3>b</h3><h4>c</h4>", 3, "<h3>a</h3><h4>b</h4><h5>c</h5>"),
        ("<p>h3</p>", 2, "<p>h3</p>"),
    ],
)
def test_headings_begin_where_they_are_told_and_leave_no_level_out(html, first, expected):
    assert with_headings(SafeString(html), first) == expected
