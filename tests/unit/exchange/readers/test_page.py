import json
import time

import pytest

from kiemtin.exchange.readers.page import ClaimReviewPage, scripts_of

READER = ClaimReviewPage()


@pytest.fixture
def page(tmp_path):
    def write(*scripts, before="", kind="application/ld+json"):
        tags = "".join(f'<script type="{kind}">{script}</script>' for script in scripts)
        path = tmp_path / "page.html"
        path.write_text(f"<!DOCTYPE html>\n<html><head>{before}\n{tags}</head><body><p>x</p></body></html>")
        return path

    return write


def test_the_reviews_of_a_page_are_read_whatever_stands_beside_them(page, claim_review, read):
    graph = {"@graph": [{"@type": "WebPage"}, claim_review(claimReviewed="một")]}
    path = page(json.dumps(graph), json.dumps([claim_review(claimReviewed="hai")]), json.dumps({"@type": "Person"}))
    assert READER.recognises(path)
    assert read(READER, path) == [["một"], ["hai"]]


def test_signs_of_html_inside_a_text_are_text(page, claim_review, read):
    script = json.dumps(claim_review(claimReviewed="1 &lt; 2 \u2014 \u003c/b\u003e và &amp;"))
    assert read(READER, page(script)) == [["1 < 2 — và &"]]


def test_other_scripts_are_not_read(page, claim_review, read):
    assert read(READER, page(json.dumps(claim_review()), kind="text/javascript")) == [(None, "no-claim-review")]


@pytest.mark.parametrize("kind", ["application/ld+json; charset=utf-8", "APPLICATION/LD+JSON"])
def test_the_kind_of_script_is_read_as_browsers_do(kind, page, claim_review, read):
    assert len(read(READER, page(json.dumps(claim_review()), kind=kind))) == 1


def test_a_script_that_is_no_json_costs_only_itself(page, claim_review, read):
    found = read(READER, page("{nope", json.dumps(claim_review(claimReviewed="một")), '{"@type": "ClaimReview"}'))
    assert found == [(3, "not-json"), ["một"], (3, "no-claim")]


def test_comments_around_the_script_are_no_part_of_it(page, claim_review, read):
    script = json.dumps(claim_review(claimReviewed="một"))
    assert read(READER, page(f"<!-- {script} -->", f"<![CDATA[{script}]]>")) == [["một"], ["một"]]


def test_a_script_that_never_ends_is_none(tmp_path, read):
    path = tmp_path / "page.html"
    path.write_text('<html><script type="application/ld+json">{"@type": "ClaimReview"}')
    assert read(READER, path) == [(None, "no-claim-review")]


def test_the_line_of_a_script_is_known():
    assert scripts_of(b'<html>\n\n<script type="application/ld+json">{}</script>') == [(3, "{}")]


@pytest.mark.parametrize("content", [b"{}", b"", b"hello <b>x</b>", b"PK\x03\x04"])
def test_other_content_is_no_page(content, tmp_path):
    path = tmp_path / "x.html"
    path.write_bytes(content)
    assert not READER.recognises(path)


KIND = 'type="application/ld+json"'


@pytest.mark.parametrize(
    ("html", "found"),
    [
        (f"<![foo[ <![if !x]> <script {KIND}>1</script>", ["1"]),  # stands in pages of word processors
        (f"<!-- <script {KIND}>1</script> --><!--><script {KIND}>2</script>", ["2"]),
        (f"<!-- <script {KIND}>1</script>", []),
        (f"<title><script {KIND}>1</script></title><style><script {KIND}>2</script></style>", []),
        (f"<script>var a = '<script {KIND}>1';</script><script {KIND}>2</script >", ["2"]),
        (f"<SCRIPT id='a>b' {KIND.upper()} defer>1</Script>", ["1"]),
        ("<script type=application/ld+json>1</script><script type='application&#47;ld+json'>2</script>", ["1", "2"]),
        (f"<script type=x {KIND}>1</script><script/{KIND}/>2</script>", ["2"]),
        (f"<scripts {KIND}>1</scripts><a {KIND}>2</a>", []),
        (f"<script {KIND}", []),
    ],
)
def test_scripts_are_those_that_browsers_see(html, found):
    assert [script for _, script in scripts_of(html.encode())] == found


@pytest.mark.parametrize(
    "piece", ["<!--", "<!", "<a ", "<a b='", '<a b="', "<![CDATA[", "<script>", "</", "<?", "<a/="]
)
def test_pages_that_are_hard_to_parse_take_no_time(piece):
    start = time.process_time()
    assert scripts_of((piece * 200_000).encode()) == []
    assert time.process_time() - start < 5
