import re
import time

import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.checks.markup import to_html


def test_what_a_text_needs():
    html = to_html("Một **đậm** và *nghiêng*.\n\n- a\n- b\n\n3. c\n\n> trích\n\n`mã`\n\n---\n\n~~bỏ~~")
    assert isinstance(html, SafeString)
    for piece in (
        "<p>Một <strong>đậm</strong> và <em>nghiêng</em>.</p>",
        "<ul>\n<li>a</li>",
        '<ol start="3">',
        "<blockquote>",
        "<code>mã</code>",
        "<hr>",
        "<s>bỏ</s>",
    ):
        assert piece in html


@pytest.mark.parametrize("written", ["[chữ]()", "![chữ]()", "[*chữ*]() [b](http://b.example)", "[![chữ](/x)]()"])
def test_a_link_to_nowhere_is_no_link(written):
    html = to_html(written)
    assert "chữ" in html
    assert 'href=""' not in html


def test_headings_stand_below_the_page_s_own():
    assert to_html("# A\n## B\n### C\n#### D\n\nE\n=\n") == (
        "<h2>A</h2>\n<h3>B</h3>\n<h4>C</h4>\n<h4>D</h4>\n<h2>E</h2>\n"
    )


def test_tables_have_no_styles():
    html = to_html("| a | b |\n|:-:|--:|\n| 1 | 2 |")
    assert "<th>a</th>" in html
    assert "style" not in html


@pytest.mark.parametrize("address", ["https://example.org/?a=1&b=2", "http://example.org", "mailto:toa@example.org"])
def test_links_lead_out_without_a_recommendation(address):
    html = to_html(f"[chữ]({address})")
    assert f'<a href="{address.replace("&", "&amp;")}" rel="nofollow noopener">chữ</a>' in html


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "&#106;avascript:alert(1)",
        "%6Aavascript:alert(1)",
        "data:text/html;base64,PHNjcmlwdD4=",
        "data:image/png;base64,AAAA",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org",
        "/desk/",
        "?next=x",
        "https:",
        "http:example",
        "https://[::",
    ],
)
def test_other_addresses_stay_text(address):
    for markdown in (
        f"[x]({address})",
        f"[x](<{address}>)",
        f"<{address}>",
        f"![x]({address})",
        f"[x]\n\n[x]: {address}",
    ):
        assert "href" not in to_html(markdown)


def test_a_picture_is_a_link_and_nothing_is_loaded():
    html = to_html(
        '![Ảnh **gốc**](https://example.org/a.png "t") [![x](https://example.org/b.png)](https://example.org)'
    )
    assert "<img" not in html
    assert '<a href="https://example.org/a.png" rel="nofollow noopener">Ảnh gốc</a>' in html
    assert '<a href="https://example.org" rel="nofollow noopener">x</a>' in html


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "a <b onclick=alert(1)>b</b>",
    '<a href="javascript:alert(1)">x</a>',
    "<svg/onload=alert(1)>",
    "<style>*{display:none}</style>",
    "<iframe src=https://example.org></iframe>",
    "<!-- --><math><mtext></table><mglyph><style><img src=x onerror=alert(1)>",
    '[x](https://example.org "onmouseover=alert(1) x=\\"")',
    '[x](https://example.org/"onmouseover="alert(1))',
    "![\"onerror=alert(1) x=\"](https://example.org/'onerror='alert(1))",
    "![<script>alert(1)</script>](https://example.org/x)",
    "`<script>`\n\n```html\n<script>alert(1)</script>\n```",
    "| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |",
    "# <script>alert(1)</script>",
    "<https://example.org/<script>>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\x00<scr\x00ipt>",
]
ALLOWED_TAG = re.compile(
    r"</?(p|br|hr|em|strong|s|ul|ol|li|h[234]|blockquote|code|pre|table|thead|tbody|tr|th|td)>"
    r'|<ol start="\d+">'
    r'|<a( (href|title)="[^"<>]*")* rel="nofollow noopener">|</a>'
)


def check_safe(html):
    """Nothing that looks like a tag is left once those that we mean are taken out."""
    assert "<" not in ALLOWED_TAG.sub("", html)
    for address in re.findall(r'<a href="([^"]*)"', html):
        assert re.match(r"https?://|mailto:", address, re.IGNORECASE)


@pytest.mark.parametrize("markdown", HOSTILE)
def test_hostile_input_is_only_text(markdown):
    check_safe(to_html(markdown))


PIECES = st.sampled_from(
    [*HOSTILE, "[", "](", ")", "<", ">", '"', "'", "!", "javascript:", "\n", "\n\n", "&#", "`", "|"]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=20).map("".join))
def test_whatever_is_written_is_safe(markdown):
    check_safe(to_html(markdown))


@pytest.mark.parametrize(
    "markdown", [">" * 20_000, "[" * 20_000, "*a " * 10_000, "![" * 10_000, "- " * 10_000, "`" * 20_000]
)
def test_patterns_that_are_hard_to_parse_take_no_time(markdown):
    start = time.process_time()
    check_safe(to_html(markdown))
    assert time.process_time() - start < 5
