import json

import metamorphic_log
import pytest

from kiemtin.audit.models import LogHead
from kiemtin.audit.publiclog.append import append
from kiemtin.audit.publiclog.entries import Entry
from kiemtin.audit.publiclog.stored import latest_head
from kiemtin.checks.actions.withdraw_alert import withdraw_alert
from kiemtin.questions.actions.decline import decline
from tests.tampering import tamper
from tests.unit.questions.making import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def check(published, corrected, desk, editor):
    row = published()
    decline(case=make_case(desk), by=editor, reason="Chuyện riêng của một người.")
    return corrected(row)


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_says_what_was_signed_and_lists_the_entries(client, check):
    html = page(client, "/en/log/")
    assert "3 entries, signed on" in html
    assert latest_head().note.splitlines()[2] in html
    assert "kiemtin verify http://localhost:8000" in html
    assert html.index("Entry 2") < html.index("Entry 1") < html.index("Entry 0")
    assert f'href="/en/checks/{check.pk}/revisions/2/"' in html
    assert "Chuyện riêng của một người." in html
    assert "not signed" not in html


def test_an_empty_log_says_so(client):
    assert "There are no entries yet" in page(client, "/en/log/")
    for path in ("checkpoint", "checkpoint/0", "key", "tile/0/000.p/1", "published/000.p/1", "entry/0/",
                 "entry/0.tlog-proof", f"entry/{10**30}/", f"checkpoint/{10**30}"):  # fmt: skip
        assert client.get(f"/log/{path}").status_code == 404


def test_unsigned_entries_are_told(client, check, data):
    (data / "log-key").unlink()
    append(Entry(kind="reopened", desk="d", at="2026-11-28T00:00:00.000000Z", case=1))
    assert "1 entry is not signed" in page(client, "/en/log/")
    assert "not signed yet" in page(client, "/en/log/entry/3/")
    assert client.get("/log/entry/3.tlog-proof").status_code == 404
    assert client.get("/log/tile/0/000.p/4").status_code == 404
    assert client.get("/log/key").status_code == 404


def test_versions_say_which_entry_they_are(client, check):
    html = page(client, f"/en/checks/{check.pk}/revisions/")
    assert 'href="/en/log/entry/0/">Entry 0 of the public log' in html
    assert 'href="/en/log/entry/2/">Entry 2 of the public log' in html
    assert "Entry 2 of the public log" in page(client, f"/en/checks/{check.pk}/revisions/2/")


def test_alerts_and_pages_say_which_entry_they_are(client, logged_pages, published_alert):
    row = published_alert()
    html = page(client, "/en/log/")
    assert f"Scam alert: {row.title}" in html
    assert f'href="/en/alerts/{row.pk}/revisions/#v1"' in html
    assert "Who owns and funds us" in html
    assert 'href="/en/desks/nguon-that/ownership/vi/1/"' in html
    assert f"Scam alert: {row.title}" in page(client, "/en/log/entry/3/")
    html = page(client, f"/en/alerts/{row.pk}/revisions/")
    assert 'id="v1"' in html
    assert 'href="/en/log/entry/3/">Entry 3 of the public log' in html
    assert "Entry 0 of the public log" in page(client, "/en/desks/nguon-that/method/vi/1/")


def test_an_entry_that_leads_nowhere_breaks_no_page(client, data):
    given = {"kind": "published", "at": "2026-11-28T00:00:00.000000Z", "revision": 1}
    append(Entry(desk="d", check=-1, **given), Entry(desk="a b", page="no such", language="?", **given))
    for path in ("/en/log/", "/en/log/entry/0/", "/en/log/entry/1/"):
        assert "Version 1" in page(client, path)


def test_what_stands_is_a_line_each(client, logged_pages, published_alert, corrected_alert, alert, editor):
    row = published_alert()
    corrected_alert(row, title="Giả ngân hàng")
    alert(title="Chưa đăng")
    gone = published_alert(title="Rút lại")
    withdraw_alert(alert=gone, by=editor, note="Sai.")
    response = client.get("/log/standing")
    lines = [json.loads(line) for line in response.getvalue().splitlines()]
    assert lines[0] == {"subject": f"alert/{row.pk}", "revision": 2, "words": "Giả ngân hàng"}
    assert {line["subject"]: line["revision"] for line in lines[1:]} == {
        f"page/nguon-that/{kind}/vi": 1 for kind in ("method", "scale", "ownership")
    }
    assert response["Cache-Control"] == "no-store"
    assert client.head("/log/standing").status_code == 200


def test_an_entry_shows_itself_and_its_proof(client, check):
    html = page(client, "/en/log/entry/1/")
    assert "Declined" in html
    assert "kiemtin-log/1" in html
    assert "/en/log/entry/1.tlog-proof" in html
    first, index, *path = client.get("/log/entry/1.tlog-proof").content.decode().partition("\n\n")[0].splitlines()
    assert (first, index, len(path)) == ("c2sp.org/tlog-proof@v1", "index 1", 2)


@pytest.mark.parametrize("leaf", [b"\xff", "chữ".encode(), b"{}"])
def test_an_entry_that_cannot_be_read_breaks_no_page(client, check, leaf):
    tamper("UPDATE audit_logentry SET leaf = %s", leaf)
    assert page(client, "/en/log/").count("This entry cannot be read.") == 3
    assert "This entry cannot be read." in page(client, "/en/log/entry/0/")
    assert client.get("/log/published/000.p/3").getvalue() == b"null\nnull\nnull\n"


def test_programs_are_given_heads_key_and_tiles(client, check):
    head = client.get("/log/checkpoint")
    key = client.get("/log/key").content.decode().strip()
    assert metamorphic_log.checkpoint_verify(head.content.decode(), [key]).size == 3
    assert head["Content-Type"] == "text/plain; charset=utf-8"
    assert "max-age=0" in head["Cache-Control"]
    assert client.get("/log/checkpoint/1").content.decode() == LogHead.objects.get(size=1).note
    for path, length in (("tile/0/000.p/3", 96), ("tile/0/000.p/1", 32)):
        tile = client.get(f"/log/{path}")
        assert (tile["Content-Type"], len(tile.content)) == ("application/octet-stream", length)
        assert "immutable" in tile["Cache-Control"]
        assert tile["Access-Control-Allow-Origin"] == "*"
    bundle = client.get("/log/tile/entries/000.p/3").content
    assert Entry.of_leaf(bundle[2 : 2 + int.from_bytes(bundle[:2])]).kind == "published"
    for path in ("tile/0/000", "tile/0/000.p/4", "tile/1/000.p/1", "tile/0/0", "tile/entries/001.p/1", "tile/../key"):
        assert client.get(f"/log/{path}").status_code == 404


def test_what_is_published_now_is_a_line_for_each_entry(client, check):
    response = client.get("/log/published/000.p/3")
    lines = [json.loads(line) for line in response.getvalue().splitlines()]
    assert [(line.get("check"), line.get("revision"), line.get("case")) for line in lines] == [
        (check.pk, 1, None),
        (None, None, lines[1]["case"]),
        (check.pk, 2, None),
    ]
    assert response["Cache-Control"] == "no-store"
    assert client.head("/log/published/000.p/3").status_code == 200
    assert client.post("/log/checkpoint").status_code == 405


@pytest.mark.parametrize(
    "path", ["/log/", "/log/?page=3", "/log/entry/250/", "/log/tile/0/001.p/44", "/log/checkpoint"]
)
def test_pages_ask_little_however_long_the_log_is(client, check, path, django_assert_max_num_queries):
    append(*(Entry(kind="reopened", desk="d", at="2026-11-28T00:00:00.000000Z", case=case) for case in range(1, 298)))
    with django_assert_max_num_queries(20):
        assert client.get(path).status_code == 200
