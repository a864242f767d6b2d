"""No raw message reaches the database, the index, a log, an error page, an answer or an export.

A served product is sent messages that hold canaries: personal data of every kind, other values for every way in, so that
what is found says which way leaked. Ways that fail are in it too. Then everything that it wrote is searched.

What a failing form shows again to the one who typed it is no leak, as long as nothing keeps that page: it is looked at
apart. Not in it, because they are somebody's own published words: notes of the desk, checks, pages of the desk.
"""

import contextlib
import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
import unicodedata
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow.parquet
import pytest
import tantivy

KIEMTIN = Path(sys.executable).with_name("kiemtin")
UNMASKED = """
import kiemtin.questions.masking as package
from kiemtin.questions.masking import masked
package.mask = masked.mask = lambda text: masked.Masked(text, {})
"""
WAYS = (
    "web", "web-en", "share", "field", "report", "api", "api-bad-json", "api-unknown-field", "web-too-long",
    "web-only-personal", "web-bait", "web-flood", "api-flood", "web-broken", "api-broken", "report-broken",
    "code", "path", "search", "google", "file", "report-empty", "web-not-text",
)  # fmt: skip
KEPT = ("web", "web-en", "api")  # those that become messages
FAMILY = "bcdghklmnpqrstvxaeiouyz"


def canaries(way):
    """Personal data of each kind, as it is written; no other way has the same values."""
    n = WAYS.index(way) + 10
    letter = FAMILY[WAYS.index(way)]
    return {
        "phone": f"0988 4{n} 263",
        "phone-half": f"098{n}4xx57",
        "phone-o": f"o986{n}o731",
        "phone-spelt": f"không chín bảy {_spelt(n)} một năm tám hai sáu",
        "id-number": f"0010990{n}463",
        "id-old": f"cmnd 1638{n}472",
        "account": f"stk 104{n}7300586 Vietcombank",
        "card": f"9704 36{n} 7150 8264",
        "email": f"canary.{n}.bird@gmail.com",
        "plate": f"30K-4{n}.68",
        "passport": f"hộ chiếu C52{n}374",
        "profile": f"https://www.facebook.com/canary.{n}.bird",
        "handle": f"zalo: canary_{n}_nest",
        "tax-code": f"MST 8041{n}7359",
        "address": f"số nhà {n}7 ngõ 4{n} phố Hoàng Yến",
        "name": f"chủ tk: Nguyễn Thị Yến{letter}",
        "link": f"https://qua.example/nhan?phone=09774{n}263",
    }


def _spelt(number):
    words = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
    return " ".join(words[int(figure)] for figure in str(number))


def message(way):
    """A message with all of them, and words of its own, so that it becomes a case."""
    return (
        f"Tin số {WAYS.index(way)} này có thật không mọi người, thấy chuyền tay nhau khắp xóm từ hôm qua:\n"
        + "\n".join(canaries(way).values())
        + "\nNghe nói ai nhận được cũng phải làm theo ngay trong ngày."
    )


def squeezed(text):
    """Give letters and figures only, folded: so a value is found however it is cut up."""
    folded = unicodedata.normalize("NFD", text.replace("đ", "d")).lower()
    return re.sub(r"[^a-z0-9@]", "", folded)


_LABELS = re.compile(r"^(?:cmnd|stk|hộ chiếu|MST|zalo:|chủ tk:|số nhà|https://\S+(?:/|=)) ?| Vietcombank$")


def needles():
    """What must be found nowhere: (way, kind) to a squeezed value."""
    return {
        (way, kind): squeezed(_LABELS.sub("", written).partition(" phố")[0])
        for way in WAYS
        for kind, written in canaries(way).items()
    }


@dataclass
class Site:
    address: str
    data: Path
    log: Path
    environment: dict
    masks: bool
    answers: list = field(default_factory=list)  # what others may come to see: (way, status, body)
    own: list = field(default_factory=list)  # forms shown again to who typed: (way, status, headers)

    def run(self, *arguments):
        done = subprocess.run([KIEMTIN, *arguments], env=self.environment, capture_output=True, text=True, check=True)
        self.answers.append((arguments[0], 0, done.stdout + done.stderr))

    def send(self, way, path, body=None, *, kind="application/x-www-form-urlencoded", own=False, sender=None):
        """Send; keep and return the answer. `own`: it shows what was typed, to who typed it."""
        data = urllib.parse.urlencode(body).encode() if isinstance(body, dict) else body
        request = urllib.request.Request(f"{self.address}{path}", data=data)  # noqa: S310
        request.add_header("X-Forwarded-For", sender or f"203.0.113.{WAYS.index(way) + 1}")
        request.add_header("User-Agent", f"CanaryPhone/{WAYS.index(way)}")
        if data is not None:
            request.add_header("Content-Type", kind)
        try:
            with _OPENER.open(request, timeout=60) as answer:
                status, headers, content = answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                status, headers, content = error.code, error.headers, error.read().decode()
        if own:
            self.own.append((way, status, headers))
        else:
            self.answers.append((way, status, f"{headers}\n{content}"))
        return status, headers, content

    def json(self, way, path, content, **more):
        return self.send(way, path, json.dumps(content).encode(), kind="application/json", **more)

    @contextlib.contextmanager
    def broken(self):
        """Take away a table: what asks for it fails in the middle of its work."""
        for statement in ("ALTER TABLE questions_message RENAME TO away", "ALTER TABLE questions_errorreport RENAME TO out"):
            self.change(statement)
        try:
            yield
        finally:
            self.change("ALTER TABLE away RENAME TO questions_message")
            self.change("ALTER TABLE out RENAME TO questions_errorreport")

    def change(self, statement):
        with contextlib.closing(sqlite3.connect(self.data / "kiemtin.sqlite3", timeout=60)) as database, database:
            return database.execute(statement).fetchall()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


_OPENER = urllib.request.build_opener(_Stay)


@contextlib.contextmanager
def serving(folder, *, masking):
    folder.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
    if not masking:
        (folder / "patch").mkdir()
        (folder / "patch" / "sitecustomize.py").write_text(UNMASKED)
        paths = [str(folder / "patch"), *filter(None, [environment.get("PYTHONPATH")])]
        environment["PYTHONPATH"] = os.pathsep.join(paths)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    environment |= {
        "KIEMTIN_DATA": str(folder / "data"), "KIEMTIN_ADDRESS": address, "KIEMTIN_LANG": "en", "KIEMTIN_PROXIES": "1",
    }  # fmt: skip
    site = Site(address, folder / "data", folder / "serve.log", environment, masking)
    subprocess.run([KIEMTIN, "demo", "--no-encoder"], env=environment, capture_output=True, check=True)
    with site.log.open("wb") as log:
        command = [KIEMTIN, "serve", "--port", str(port), "--no-encoder"]
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        wait_for(lambda: _is_up(address))
        yield site
    finally:
        process.terminate()
        process.wait(60)


def _is_up(address):
    with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/en/", timeout=10) as answer:  # noqa: S310
        return answer.status == 200
    return False


def wait_for(is_so, seconds=120):
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.2)


def send_everything(site):
    """Go every way in, and every way that fails."""
    reports = f"/checks/{site.change('SELECT min(id) FROM checks_factcheck')[0][0]}/report/"
    asked = [site.send("web", "/ask/", {"text": message("web")}), site.send("web-en", "/en/ask/", {"text": message("web-en")})]
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
    assert site.send("api-bad-json", "/api/v1/questions", message("api-bad-json").encode(), kind="application/json")[0] == 400
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
    wait_for(lambda: site.change("SELECT count(*) FROM questions_message WHERE NOT settled AND band = 'none'")[0] == (0,))
    wait_for(lambda: all(any(f"Tin số {WAYS.index(way)} này" in text for text in indexed(site)) for way in KEPT))
    site.run("export", str(site.data.parent / "export"))


def _multipart(name, text):
    head = f'--edge\r\nContent-Disposition: form-data; name="{name}"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n'
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
                        yield from ((place, archive.read(name).decode("utf-8", "replace")) for name in archive.namelist())
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
        missing = {(way, kind) for way in ("web", "web-en") for kind in kinds} - {(way, kind) for at, way, kind in found if at == place}
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
