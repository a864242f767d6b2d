import json
import re

import pytest
from django.contrib.staticfiles import finders

from kiemtin.public.views import webapp


@pytest.fixture
def worker(client, db):
    response = client.get("/sw.js")
    first, script = response.content.decode().split("\n", 1)
    return response, json.loads(first.removeprefix("const SITE = ").removesuffix(";")), script


@pytest.mark.parametrize(
    ("prefix", "lang", "name"), [("", "vi", "tin này có thật không"), ("/en", "en", "is this message true")]
)
def test_the_manifest_is_in_the_language_of_its_address(client, db, prefix, lang, name):
    response = client.get(f"{prefix}/manifest.webmanifest")
    manifest = json.loads(response.content)
    assert response["Content-Type"] == "application/manifest+json"
    assert (manifest["lang"], manifest["start_url"], manifest["id"]) == (lang, f"{prefix}/", "/")
    assert name in manifest["name"]
    assert f'rel="manifest" href="{prefix}/manifest.webmanifest"' in client.get(f"{prefix}/privacy/").content.decode()


def test_the_app_can_be_installed(client, db):
    """At least a name, a start, a display of its own, and icons of 192 and 512 that are there."""
    manifest = json.loads(client.get("/manifest.webmanifest").content)
    assert manifest["display"] == "standalone"
    assert {(icon["sizes"], icon["purpose"]) for icon in manifest["icons"]} == {
        (size, purpose) for size in ("192x192", "512x512") for purpose in ("any", "maskable")
    }
    for icon in manifest["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/").split("?")[0])
    for shortcut in manifest["shortcuts"]:
        assert client.get(shortcut["url"]).status_code == 200


def test_shared_text_comes_by_post_so_that_it_stands_in_no_address(client, db):
    target = json.loads(client.get("/en/manifest.webmanifest").content)["share_target"]
    assert (target["action"], target["method"]) == ("/en/share/", "POST")
    assert target["enctype"] == "multipart/form-data"
    assert target["params"] | {"files": []} == {"title": "title", "text": "text", "url": "url", "files": []}


def test_the_service_worker_covers_the_whole_site_and_is_looked_for_each_time(worker, client):
    response, _, script = worker
    assert response["Content-Type"].startswith("text/javascript")
    assert response["Cache-Control"] == "no-cache"
    assert client.get("/sw.js", headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert "push" not in script


def test_it_keeps_the_look_and_the_offline_pages_and_nothing_that_may_go_out_of_date(worker, client):
    _, site, _ = worker
    assert site["offline"] == {"vi": "/offline/", "en": "/en/offline/"}
    assert all(path.startswith("/static/kiemtin/") for path in site["shell"])
    for path in site["shell"]:
        assert finders.find(path.removeprefix("/static/").split("?")[0]), path


def test_the_offline_page_needs_nothing_that_is_not_kept(worker, client):
    _, site, _ = worker
    for path in site["offline"].values():
        page = client.get(path).content.decode()
        loaded = re.findall(r'<(?:script|link)\b[^>]*?(?:src|href)="([^"]+)"[^>]*>', page)
        needed = {url for url in loaded if "manifest" not in url and "icon-180" not in url}
        assert needed <= set(site["shell"]), needed - set(site["shell"])


def test_staff_pages_are_left_alone(worker):
    _, site, _ = worker
    assert set(site["staff"]) == {"/desk/", "/account/", "/en/desk/", "/en/account/"}


def test_its_version_follows_what_is_kept(monkeypatch):
    before = webapp._version()
    monkeypatch.setattr(webapp, "site_version", lambda: "another")
    webapp._version.cache_clear()
    try:
        assert webapp._version() != before
    finally:
        webapp._version.cache_clear()


@pytest.mark.parametrize("path", ["/offline/", "/en/offline/"])
def test_the_offline_page_has_the_field_and_asks_nothing_of_the_database(client, path):
    response = client.get(path)
    page = response.content.decode()
    assert response.status_code == 200
    assert "data-draft" in page
    assert 'method="post"' in page
    assert not client.cookies


@pytest.mark.parametrize("path", ["/manifest.webmanifest", "/offline/"])
def test_they_may_be_kept_by_caches(client, db, path):
    assert "public" in client.get(path)["Cache-Control"]
