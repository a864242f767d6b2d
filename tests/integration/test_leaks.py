"""No raw message reaches the database, the index, a log, an error page, an answer or an export.

A served product is sent messages that hold canaries: personal data of every kind, other values for every way in, so
that what is found says which way leaked. Ways that fail are in it too. Then everything that it wrote is searched.

What a failing form shows again to the one who typed it is no leak, as long as nothing keeps that page: it is looked at
apart. Not in it, because they are somebody's own published words: notes of the desk, checks, pages of the desk.
"""

import contextlib
import json
import sqlite3
import urllib.parse
import zipfile

import pyarrow.parquet
import pytest
import tantivy

from tests.integration.canaries import KEPT, WAYS, canaries, message, needles, squeezed
from tests.integration.leaking import serving, wait_for


def send_everything(site):
    """Go every way in, and every way that fails."""
    ((first,),) = site.change("SELECT min(id) FROM checks_factcheck")
    reports = f"/checks/{first}/report/"
    asked = [
        site.send("web", "/ask/", {"text": message("web")}),
        site.send("web-en", "/en/ask/", {"text": message("web-en")}),
    ]
    for status, headers, _ in asked:
        assert status == 302
        receipt = urllib.parse.urlsplit(headers["Location"]).path
        site.send("web", f"{receipt}decide/", {"answer": "none"})  # if it was asked back about: now it goes to the desk
        assert site.send("web", f"{receipt}open-data/", {"agrees": "yes"})[0] == 302
        assert site.send("web", receipt)[0] == 200
        assert site.send("web", f"{receipt}address/", {"address": "canary.answer.me@gmail.com"})[0] == 302
    status, _, question = site.json("api", "/api/v1/questions", {"text": message("api")})
    assert status == 201
    site.json("api", f"/api/v1/questions/{json.loads(question)['code']}/choice", {"answer": "no"})
    assert site.send("report", reports, {"text": message("report")})[0] == 302
    # Shown again to who sent it: a shared text, and what was not taken.
    shared = {"title": "", "text": message("share"), "url": ""}
    assert site.send("share", "/share/", shared, own=True)[0] == 200
    assert site.send("field", f"/ask/?{urllib.parse.urlencode({'text': message('field')})}", own=True)[0] == 200
    assert site.send("web-too-long", "/ask/", {"text": message("web-too-long") + "a" * 10_000}, own=True)[0] == 422
    only = "\n".join(list(canaries("web-only-personal").values())[:5])
    assert site.send("web-only-personal", "/ask/", {"text": only}, own=True)[0] == (422 if site.masks else 302)
    bait = {"text": message("web-bait"), "website": "x"}
    assert site.send("web-bait", "/ask/", bait, own=True)[0] in {302, 422}
    assert site.send("web-not-text", "/ask/", {"text": message("web-not-text") + "\x01" * 200}, own=True)[0] == 422
    assert site.send("report-empty", reports, {"text": message("report-empty") + "a" * 10_000}, own=True)[0] == 422
    kind, file = _multipart("text", message("file"))
    assert site.send("file", "/ask/", file, kind=kind)[0] in {302, 400, 422}
    # Wrong calls, floods.
    assert (
        site.send("api-bad-json", "/api/v1/questions", message("api-bad-json").encode(), kind="application/json")[0]
        == 400
    )
    wrong = {"text": message("api-unknown-field"), "comment": message("api-unknown-field")}
    assert site.json("api-unknown-field", "/api/v1/questions", wrong)[0] == 422
    for number in range(30):
        site.send("web-flood", "/ask/", {"text": f"Tin {number} có thật không vậy mọi người ơi"}, sender="203.0.113.99")
    flood = {"text": message("web-flood")}
    assert site.send("web-flood", "/ask/", flood, own=True, sender="203.0.113.99")[0] == 429
    assert site.json("api-flood", "/api/v1/questions", {"text": message("api-flood")}, sender="203.0.113.99")[0] == 429
    # Typed where no message belongs.
    for value in canaries("code").values():
        site.send("code", f"/r/?{urllib.parse.urlencode({'code': value})}", own=True)
    for value in canaries("path").values():
        for place in ("/", "/r/", "/api/v1/questions/", "/checks/"):
            typed = urllib.parse.quote(value, safe="")
            assert site.send("path", f"{place}{typed}", own=True)[0] in {301, 302, 404}
            site.send("path", f"{place}{typed}/address/", {"address": "x"}, own=True)
    site.send("search", f"/checks/?{urllib.parse.urlencode({'q': message('search')})}", own=True)
    site.send("search", f"/search/?{urllib.parse.urlencode({'q': message('search')})}", own=True)
    site.send("google", f"/v1alpha1/claims:search?{urllib.parse.urlencode({'query': message('google')})}")
    with site.broken():
        assert site.send("web-broken", "/ask/", {"text": message("web-broken")})[0] == 500
        assert site.json("api-broken", "/api/v1/questions", {"text": message("api-broken")})[0] == 500
        assert site.send("report-broken", reports, {"text": message("report-broken")})[0] == 500
    wait_for(
        lambda: site.change("SELECT count(*) FROM questions_message WHERE NOT settled AND band = 'none'")[0] == (0,)
    )
    wait_for(lambda: all(any(f"Tin số {WAYS.index(way)} này" in text for text in indexed(site)) for way in KEPT))
    site.run("export", str(site.data.parent / "export"))


def _multipart(name, text):
    head = (
        f'--edge\r\nContent-Disposition: form-data; name="{name}"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n'
    )
    return "multipart/form-data; boundary=edge", f"{head}{text}\r\n--edge--\r\n".encode()


def written(site):
    """Yield all that the product wrote: where, and the text in it."""
    database = site.data / "kiemtin.sqlite3"
    with contextlib.closing(sqlite3.connect(database)) as rows:
        for (table,) in rows.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in rows.execute(f'SELECT * FROM "{table}"'):  # noqa: S608
                yield ("audit" if table.startswith("audit") else "database"), " ".join(map(str, row))
    yield from (("index", text) for text in indexed(site))
    for folder in (site.data, site.data.parent / "export"):
        for path in folder.rglob("*"):
            if path.is_file():
                place = "export" if "export" in path.parts or "open-data" in path.parts else "files"
                yield place, path.read_bytes().decode("utf-8", "replace")
                if path.suffix == ".zip":
                    with zipfile.ZipFile(path) as archive:
                        yield from (
                            (place, archive.read(name).decode("utf-8", "replace")) for name in archive.namelist()
                        )
                elif path.suffix == ".parquet":
                    yield place, str(pyarrow.parquet.read_table(path).to_pylist())
    yield "log", site.log.read_text(errors="replace")
    yield from (("answers", content) for _, _, content in site.answers)


def indexed(site):
    """Yield what the indexes keep of each record; on disk it is compressed."""
    for path in site.data.glob("index*/lexical"):
        searcher = tantivy.Index.open(str(path)).searcher()
        for _, place in searcher.search(tantivy.Query.all_query(), 10_000).hits:
            yield from (bytes(value).decode() for value in searcher.doc(place).to_dict()["stored"])


def leaks(site):
    """Return where what was found: (place, way, kind)."""
    wanted = needles() | {("web", "reply-address"): squeezed("canary.answer.me@gmail.com")}
    wanted |= {("web", "agent"): "canaryphone", ("web", "network-address"): "203011399"}
    found = set()
    for place, text in written(site):
        content = squeezed(text)
        found |= {(place, way, kind) for (way, kind), needle in wanted.items() if needle in content}
    return found


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_no_raw_message_reaches_anything_that_is_kept_or_shown(tmp_path):
    with serving(tmp_path / "site", masking=True) as site:
        send_everything(site)
        assert leaks(site) == set()
        kept_texts = [text for (text,) in site.change("SELECT text FROM questions_message")]
        log = site.log.read_text()
    assert sum("[phone]" in text for text in kept_texts) >= 3, "the messages did arrive"
    assert all(kind in " ".join(kept_texts) for kind in ("[account]", "[card]", "[id-number]", "[passport]", "[name]"))
    assert "Internal Server Error" in log, "the failures were logged"
    for way, status, headers in site.own:
        if way not in {"search", "path"}:
            assert "no-store" in headers["Cache-Control"], (way, status)


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_without_masking_it_would_be_seen(tmp_path):
    with serving(tmp_path / "site", masking=False) as site:
        send_everything(site)
        found = leaks(site)
    kinds = set(canaries("web"))
    for place in ("database", "files", "export", "index"):
        missing = {(way, kind) for way in ("web", "web-en") for kind in kinds} - {
            (way, kind) for at, way, kind in found if at == place
        }
        assert not missing, place
    assert {way for at, way, _ in found if at == "database"} >= {"web", "web-en", "api", "report"}
    assert {way for at, way, _ in found if at == "answers"} >= {"web"}, "the receipt shows what is stored"


def test_every_canary_is_one_that_masking_knows():
    from kiemtin.questions.masking import mask

    for way in WAYS:
        text = squeezed(mask(message(way)).text)
        assert [kind for (one, kind), needle in needles().items() if one == way and needle in text] == []
    assert len(set(needles().values())) == len(needles())
    assert min(map(len, needles().values())) >= 5
