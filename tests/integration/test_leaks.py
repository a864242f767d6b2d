"""No raw message reaches the database, the index, a log, an error page, an answer, an export or a backup.

A served product is sent messages that hold canaries: personal data of every kind, other values for every way in, so
that what is found says which way leaked. Ways that fail are in it too. Then everything that it wrote is searched, for
the values in every form in which they could stand there.

What a failing form shows again to the one who typed it is no leak, as long as nothing keeps that page: it is looked at
apart. Not in it, because they are somebody's own published words: notes of the desk, checks, pages of the desk, and the
page of a source that is copied.
"""

import pytest

from kiemtin.media.pictures import availability
from tests import databases
from tests.integration.canaries import BUGS, KEPT, canaries, message, opening
from tests.integration.leak_search import indexed, leaks
from tests.integration.leak_ways import ask, go_every_way
from tests.integration.leaking import serving
from tests.patience import wait_for

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
# A server keeps its files where the product has none.
OF_SQLITE = () if databases.SERVER else ("files",)
SHOWN_AGAIN = {"search", "path"}  # pages that are the same for everybody, or say that there is none
KINDS = ("[account]", "[card]", "[id-number]", "[passport]", "[name]", "[phone]", "[plate]", "[email]")


def wait_for_the_index(site):
    wait_for(lambda: all(any(opening(way) in text for text in indexed(site)) for way in KEPT))


def test_no_raw_message_reaches_anything_that_is_kept_or_shown(tmp_path):
    assert availability(), "the reader of pictures is missing: scripts/setup-tesseract"
    with serving(tmp_path / "site") as site:
        go_every_way(site)
        wait_for_the_index(site)
        assert leaks(site) == set()
        kept_texts = " ".join(text for (text,) in site.change("SELECT text FROM questions_message"))
        pictures = " ".join(text for (text,) in site.change("SELECT text FROM questions_picture"))
        pages = site.change("SELECT state, title || description || text, led_to, failure FROM questions_linkpage")
        indicators = site.change("SELECT kind, shown FROM questions_indicator")
        copies = site.change("SELECT state, url FROM checks_copyrequest")
        log = site.log.read_text()
    assert all(kind in kept_texts for kind in KINDS), "the messages did arrive"
    assert "[phone]" in pictures, "the pictures were read"
    assert "[account]" in pictures
    read = " ".join(text for _, text, _, _ in pages)
    assert all(kind in read for kind in KINDS), "the pages were opened"
    assert any("[phone]" in led_to for _, _, led_to, _ in pages), "what a page leads to is masked"
    assert {"gone", "interrupted"} <= {failure for _, _, _, failure in pages}, "those that fail were tried"
    assert {"phone", "account"} <= {kind for kind, _ in indicators}, "numbers of offers are recognised"
    assert all(len(shown) <= 4 for kind, shown in indicators if kind in {"phone", "account"}), "by three figures"
    assert [("[phone]" in url or "%5Bphone%5D" in url) for _, url in copies] == [True], "the copy was taken as masked"
    assert log.count("Internal Server Error") >= 3, "the failures were logged"
    assert "worker: " in log
    assert "RuntimeError" in log, "what tripped is told by its kind"
    for way, status, headers in site.own:
        if way not in SHOWN_AGAIN:
            assert "no-store" in headers["Cache-Control"], (way, status)


@pytest.mark.once
def test_without_masking_it_would_be_seen(tmp_path):
    with serving(tmp_path / "site", masking=False) as site:
        go_every_way(site)
        wait_for_the_index(site)
        found = leaks(site)
    for place in ("database", "export", "index", "backup", *OF_SQLITE):
        missing = {(way, kind) for way in ("web", "web-en") for kind in canaries("web")} - {
            (way, kind) for at, way, kind in found if at == place
        }
        assert not missing, place
    assert {way for at, way, _ in found if at == "database"} >= {"web", "web-en", "api", "report", "page", "link"}
    assert {kind for at, way, kind in found if at == "database" and way == "picture"} >= {"phone", "account"}
    assert {way for at, way, _ in found if at == "database"} >= {"picture-typed", "page-moved"}
    assert {way for at, way, _ in found if at == "answers"} >= {"web"}, "the receipt shows what is stored"
    assert {way for at, way, _ in found if at == "copies"} >= {"copy"}, "the copy would name the address as it was"
    assert not {way for at, way, _ in found if at in {"log", "audit", "indicators"}}, "there nothing is at all"
    assert not {way for _, way, _ in found} & {"picture-exif", "picture-name", *BUGS}, "of these nothing is kept at all"


@pytest.mark.once
def test_planted_leaks_are_seen(tmp_path):
    """One that writes into the log, for an address; one into a file, as base64; one into a row that is deleted."""
    with serving(tmp_path / "site", planted=True) as site:
        site.strangers.put("127.0.0.1/tin.html", "<p>…</p>")
        ask(site)
        site.change("CREATE TABLE planted (text text)")
        site.change("INSERT INTO planted VALUES (%s)", (message("search"),))
        site.change("DELETE FROM planted")
        site.run("export", str(tmp_path / "site" / "export"))
        site.run("backup", str(tmp_path / "site" / "backup.tar.gz"), status=1)  # it knows nothing of the planted file
        found = leaks(site)
    everything = {("web", kind) for kind in canaries("web")}
    assert {(way, kind) for at, way, kind in found if at == "log"} >= everything, "for an address, decomposed"
    assert {(way, kind) for at, way, kind in found if at == "files"} >= everything, "as base64"
    deleted = {kind for at, way, kind in found if at == "files" and way == "search"}
    assert deleted == (set(canaries("search")) if OF_SQLITE else set())
