import gzip

import pytest

from kiemtin.exchange import sitemaps
from kiemtin.exchange.sitemaps import Entry, SitemapError, entries

NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
PAGES = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset {NS}><url><loc> https://a.example/1 </loc><lastmod>2026-11-01</lastmod></url>
<url><loc>https://a.example/2?x=1&amp;y=2</loc></url><url><lastmod>2026</lastmod></url></urlset>"""


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "sitemap.xml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_pages_with_their_last_change(file):
    expected = [Entry("https://a.example/1", "2026-11-01"), Entry("https://a.example/2?x=1&y=2")]
    assert list(entries(file(PAGES))) == expected
    assert list(entries(file(gzip.compress(PAGES.encode())))) == expected


def test_an_index_names_other_site_maps(file):
    index = f"<sitemapindex {NS}><sitemap><loc>https://a.example/s.xml</loc></sitemap></sitemapindex>"
    assert list(entries(file(index))) == [Entry("https://a.example/s.xml", is_sitemap=True)]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "nope",
        "<html><body/></html>",
        PAGES[:-20],
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset><url><loc>&a;</loc></url></urlset>',
        b"\x1f\x8bnope",
    ],
)
def test_what_is_none_is_refused_without_opening_its_traps(content, file):
    with pytest.raises(SitemapError):
        list(entries(file(content)))


def test_it_ends_somewhere(file, monkeypatch):
    monkeypatch.setattr(sitemaps, "MAX_ENTRIES", 1)
    with pytest.raises(SitemapError):
        list(entries(file(PAGES)))
