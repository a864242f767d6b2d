"""What the Content-Security-Policy forbids, and what a reader must never be sent, is on no page."""

import re

PATHS = [
    "/",
    "/checks/",
    "/checks/?q=tỏi",
    "/corrections/",
    "/method/",
    "/scale/",
    "/about/",
    "/contact/",
    "/privacy/",
    "/reuse/",
    "/widget/",
]
DATA = re.compile(r'<script type="application/ld\+json">[^<]*</script>')  # nothing runs in it
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", re.IGNORECASE)
LOADED = re.compile(r'<(?:script|img|iframe|link|source|video)\b[^>]*?\b(?:src|href)="(https?:)?//', re.IGNORECASE)


def pages(client, many):
    check = many[25]
    ends = ["tin-25/", "revisions/", "revisions/1/", "revisions/1-2/", "report/", "report/thanks/", "embed/"]
    paths = [*PATHS, *(f"/checks/{check.pk}/{end}" for end in ends), "/nope/"]
    for path in paths:
        for prefix in ("", "/en"):
            yield prefix + path, DATA.sub("", client.get(prefix + path).content.decode())


def test_no_page_has_inline_script_or_style_or_loads_from_elsewhere(client, many, settings):
    settings.KIEMTIN_ADDRESS = ""  # its own whole addresses are no loads: canonical, alternates
    for path, page in pages(client, many):
        assert not INLINE.search(page), (path, INLINE.search(page))
        assert not LOADED.search(page), (path, LOADED.search(page))


def test_scripts_wait_for_the_page(client, many):
    for path, page in pages(client, many):
        scripts = re.findall(r"<script[^>]*>", page)
        blocking = [script for script in scripts if " defer" not in script and "theme.js" not in script]
        assert not blocking, (path, blocking)


def test_no_page_tells_a_mail_address_of_its_people(client, many):
    for path, page in pages(client, many):
        assert "@desk.example" not in page, path
