def test_robots_are_kept_from_staff_pages_receipts_and_searches(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    for path in ("/desk/", "/r/", "/search/", "/account/", "/en/desk/"):
        assert f"Disallow: {path}" in lines
    assert "Disallow: /" not in lines
    assert "Disallow: /checks/" not in lines


def test_robots_are_shown_the_map(client, settings):
    settings.KIEMTIN_ADDRESS = "https://kiemtin.example"
    for path in ("/robots.txt", "/en/robots.txt"):
        assert "Sitemap: https://kiemtin.example/sitemap.xml" in client.get(path).content.decode().splitlines()
