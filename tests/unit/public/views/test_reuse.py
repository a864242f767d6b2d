import html
import re


def test_it_shows_every_way(client, published):
    published()
    text = client.get("/en/reuse/").content.decode()
    for path in ("checks", "corrections", "alerts", "topics/health"):
        for form in ("atom", "rss", "json"):
            assert f'href="/en/feeds/{path}.{form}"' in text, (path, form)
    assert "topics/world" not in text  # nothing is published on it
    assert 'href="/feeds/claimreview.json"' in text
    assert 'href="/en/widget/"' in text
    assert "CC BY 4.0" in text


def test_the_line_is_one_line_of_html_that_works(client, published):
    published()
    text = client.get("/reuse/").content.decode()
    assert '<script src="http://localhost:8000/widget.js' not in text  # shown, not run
    line = html.unescape(re.search(r"<code>(.*?)</code>", text)[1])
    assert line == '<script src="http://localhost:8000/widget.js" data-lang="vi" async></script>'
    assert client.get("/widget.js").status_code == 200


def test_another_licence_is_named(client, db, settings):
    settings.KIEMTIN_LICENCE = "https://example.org/terms"
    assert '<a href="https://example.org/terms"' in client.get("/en/reuse/").content.decode()


def test_links_lead_somewhere(client, published):
    published()
    text = client.get("/en/reuse/").content.decode()
    for path in re.findall(r'href="(/en/(?:feeds|widget)[^"]*)"', text):
        assert client.get(path).status_code == 200, path


def test_it_is_found_from_every_page(client, db):
    assert 'href="/en/reuse/"' in client.get("/en/").content.decode()
