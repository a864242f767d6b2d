"""Every way into the product, and every way that fails: each is gone with a message that holds canaries."""

import io
import json
import time
import urllib.parse
from importlib.resources import files

from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from tests.integration.canaries import canaries, message, opening
from tests.integration.leaking import HOST
from tests.patience import wait_for

FONT = files("kiemtin.public.cards") / "fonts" / "BeVietnamPro-400.ttf"
READ = ("phone", "account", "email", "plate", "id-number")
"""Kinds that stand in the picture: what a reader of pictures reads without a slip."""


def go_every_way(site):
    put_pages(site)
    ask(site)
    send_pictures(site)
    be_shown_again(site)
    call_wrongly(site)
    flood(site)
    type_where_no_message_belongs(site)
    trip(site)
    wait_for_the_worker(site)
    keep_a_copy(site)
    site.run("export", str(site.data.parent / "export"))
    site.run("backup", str(site.data.parent / "backup.tar.gz"))
    site.run("doctor")


def put_pages(site):
    """What strangers say at the links that are asked about."""
    text = "".join(f"<p>{line}</p>" for line in message("page").split("\n"))
    head = f"<title>{canaries('page')['phone']} {canaries('page')['name']}</title>"
    head += f'<meta name="description" content="{canaries("page")["account"]}">'
    headers = {"Content-Type": "text/html; charset=utf-8"}
    moved = urllib.parse.urlencode({"phone": canaries("page-moved")["phone"], "email": canaries("page-moved")["email"]})
    put = site.strangers.put
    put(f"{HOST}/tin.html", f"<html><head>{head}</head><body>{text}</body></html>", headers=headers)
    put(f"{HOST}/gone.html", message("page-gone"), status=404, headers=headers)
    put(f"{HOST}/moved.html", b"", status=302, headers={"Location": f"/tin.html?{moved}"})
    put(f"{HOST}/tin.html?{moved}", f"<html><body>{text}</body></html>", headers=headers)
    put(f"{HOST}/bug.html", f"<html><body><p>{message('page-bug')}</p></body></html>", headers=headers)
    source = "<html><body><p>Nguồn của bài kiểm chứng.</p></body></html>"
    for phone in ("%5Bphone%5D", canaries("copy")["phone"].replace(" ", "")):  # as masking leaves it, and without
        put(f"{HOST}/nguon.html?phone={phone}", source, headers=headers)
    put(f"{HOST}/canary.png", drawn("google-image"), headers={"Content-Type": "image/png"})


def ask(site):
    ((first,),) = site.change("SELECT min(id) FROM checks_factcheck")
    for way, path in (
        ("web", "/ask/"),
        ("web-en", "/en/ask/"),
        ("link", "/ask/"),
        ("copy", "/ask/"),
        ("header", "/ask/"),
    ):
        typed = {"Referer": f"{site.address}/?q={urllib.parse.quote(message('header'))}"} if way == "header" else {}
        status, headers, _ = site.send(way, path, {"text": message(way, links(site, way))}, headers=typed)
        assert status == 302, way
        receipt = urllib.parse.urlsplit(headers["Location"]).path
        site.send(way, f"{receipt}decide/", {"answer": "none"})  # if it was asked back about: now it goes to the desk
        assert site.send(way, f"{receipt}open-data/", {"agrees": "yes"})[0] == 302
        assert site.send(way, receipt)[0] == 200
        assert site.send(way, f"{receipt}address/", {"address": "canary.answer.me@gmail.com"})[0] == 302
    status, _, question = site.json("api", "/api/v1/questions", {"text": message("api")})
    assert status == 201
    site.json("api", f"/api/v1/questions/{json.loads(question)['code']}/choice", {"answer": "no"})
    assert site.send("report", f"/checks/{first}/report/", {"text": message("report")})[0] == 302


def links(site, way):
    pages = {"link": ("tin", "gone", "moved"), "copy": ("bug",)}.get(way, ())
    written = [f"http://{HOST}:{site.strangers.port}/{page}.html" for page in pages]
    if way == "copy":
        written.append(
            f"http://{HOST}:{site.strangers.port}/nguon.html?phone={canaries('copy')['phone'].replace(' ', '')}"
        )
    return "".join(f"xem {one} nha\n" for one in written)


def drawn(way, *, lines=(), **saved):
    """A picture of the first words of a message and some of its canaries."""
    shown = [opening(way), *lines, *(canaries(way)[kind] for kind in READ)]
    image = Image.new("RGB", (900, 60 * len(shown) + 60), "white")
    font = ImageFont.truetype(str(FONT), 34)
    for at, line in enumerate(shown):
        ImageDraw.Draw(image).text((40, 30 + 60 * at), line, fill="black", font=font)
    out = io.BytesIO()
    image.save(out, saved.pop("format", "PNG"), **saved)
    return out.getvalue()


def form(**parts):
    """A form with files: name to text, or to (file name, media type, bytes)."""
    body = b""
    for name, part in parts.items():
        file, kind, data = part if isinstance(part, tuple) else ("", "text/plain; charset=utf-8", part.encode())
        ending = f'; filename="{file}"' if file else ""
        body += (
            f'--edge\r\nContent-Disposition: form-data; name="{name}"{ending}\r\nContent-Type: {kind}\r\n\r\n'.encode()
        )
        body += data + b"\r\n"
    return "multipart/form-data; boundary=edge", body + b"--edge--\r\n"


def send_pictures(site):
    comment = PngInfo()
    for key, value in canaries("picture-exif").items():
        comment.add_itxt(key, value)
    exif = Image.Exif()
    exif[0x010E], exif[0x013B] = message("picture-exif"), canaries("picture-exif")["name"]
    sent = {
        "picture": ("anh.png", "image/png", drawn("picture", pnginfo=comment)),
        "picture-exif": ("anh.jpg", "image/jpeg", drawn("picture", lines=("Tin thứ hai",), format="JPEG", exif=exif)),
        "picture-name": (
            f"{canaries('picture-name')['phone']} {canaries('picture-name')['name']}.png",
            "image/png",
            drawn("picture", lines=("Tin thứ ba",)),
        ),
    }  # fmt: skip
    for way, file in sent.items():
        typed = {"text": message("picture-typed")} if way == "picture" else {}
        kind, body = form(picture=file, **typed)
        status, headers, _ = site.send(way, "/ask/", body, kind=kind)
        assert status == 302, way
        page = urllib.parse.urlsplit(headers["Location"]).path
        ((code,),) = site.change("SELECT code FROM questions_picture ORDER BY id DESC LIMIT 1")
        wait_for(
            lambda code=code: (
                site.change("SELECT state FROM questions_picture WHERE code = %s", (code,))[0][0] == "read"
            )
        )
        for place in (page, f"/r/{code}/picture/", f"/r/{code}/picture/image.webp"):
            site.send(way, place)
        ((text, typed_beside),) = site.change("SELECT text, typed FROM questions_picture WHERE code = %s", (code,))
        site.send(way, f"/r/{code}/picture/ask/", {"text": f"{typed_beside}\n{text}"})
        site.send(way, page)
    kind, body = form(picture=("a.png", "image/png", b"\x89PNG\r\n" + message("picture-refused").encode()))
    assert site.send("picture-refused", "/ask/", body, kind=kind)[0] == 422
    kind, body = form(title="", text=message("share-picture"), picture=("a.png", "image/png", drawn("share-picture")))
    site.send("share-picture", "/share/", body, kind=kind, own=True)


def be_shown_again(site):
    """A shared text, and what was not taken: shown to who sent it."""
    ((first,),) = site.change("SELECT min(id) FROM checks_factcheck")
    shared = {"title": "", "text": message("share"), "url": ""}
    assert site.send("share", "/share/", shared, own=True)[0] == 200
    assert site.send("field", f"/ask/?{urllib.parse.urlencode({'text': message('field')})}", own=True)[0] == 200
    assert site.send("web-too-long", "/ask/", {"text": message("web-too-long") + "a" * 10_000}, own=True)[0] == 422
    only = "\n".join(list(canaries("web-only-personal").values())[:5])
    assert site.send("web-only-personal", "/ask/", {"text": only}, own=True)[0] == (422 if site.masks else 302)
    bait = {"text": message("web-bait"), "website": "x"}
    assert site.send("web-bait", "/ask/", bait, own=True)[0] in {302, 422}
    assert site.send("web-not-text", "/ask/", {"text": message("web-not-text") + "\x01" * 200}, own=True)[0] == 422
    long = {"text": message("report-empty") + "a" * 10_000}
    assert site.send("report-empty", f"/checks/{first}/report/", long, own=True)[0] == 422
    kind, body = form(text=("a.txt", "text/plain", message("file").encode()))
    assert site.send("file", "/ask/", body, kind=kind)[0] in {302, 400, 422}


def call_wrongly(site):
    """Calls that no program or page makes: none of their answers shows what came."""
    asked = urllib.parse.urlencode({"text": message("method"), "q": canaries("method")["phone"]})
    for method in ("PUT", "DELETE", "PATCH"):
        body = urllib.parse.urlencode({"text": message("method")}).encode()
        assert site.send("method", f"/ask/?{asked}", body, method=method)[0] == 405
    call = json.dumps({"text": message("api-method")}).encode()
    assert site.send("api-method", "/api/v1/questions", call, method="PUT", kind="application/json")[0] == 405
    signed = {"login": canaries("csrf")["email"], "password": message("csrf")}
    assert site.send("csrf", "/account/login/", signed)[0] == 403
    elsewhere = {"Origin": "https://elsewhere.example"}
    assert site.send("csrf", "/ask/", {"text": message("csrf")}, headers=elsewhere)[0] == 403
    raw = message("api-bad-json").encode()
    assert site.send("api-bad-json", "/api/v1/questions", raw, kind="application/json")[0] == 400
    wrong = {"text": message("api-unknown-field"), "comment": message("api-unknown-field")}
    assert site.json("api-unknown-field", "/api/v1/questions", wrong)[0] == 422
    lost = urllib.parse.urlencode({"text": message("api-missing")})
    code = urllib.parse.quote(canaries("api-missing")["phone"])
    assert site.send("api-missing", f"/api/v1/questions/{code}")[0] == 404
    assert site.send("api-missing", f"/api/v1/questions/{code}?{lost}")[0] == 422
    assert site.send("not-found", f"/no-such-page/?{urllib.parse.urlencode({'text': message('not-found')})}")[0] == 404


def flood(site):
    """Ask until it is too much, in the same ten minutes, or those that come next."""
    wait_for(lambda: time.time() % 600 < 570, "the next ten minutes")
    for number in range(61):
        text = f"Tin {number} có thật không vậy mọi người ơi"
        if site.send("web-flood", "/ask/", {"text": text}, sender="203.0.113.99")[0] == 429:
            break
    many = {"text": message("web-flood")}
    assert site.send("web-flood", "/ask/", many, own=True, sender="203.0.113.99")[0] == 429
    assert site.json("api-flood", "/api/v1/questions", {"text": message("api-flood")}, sender="203.0.113.99")[0] == 429


def type_where_no_message_belongs(site):
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
    bad = urllib.parse.urlencode({"query": message("google-bad"), "pageSize": canaries("google-bad")["phone"]})
    assert site.send("google-bad", f"/v1alpha1/claims:search?{bad}")[0] == 400
    picture = urllib.parse.urlencode({"imageUri": f"http://{HOST}:{site.strangers.port}/canary.png"})
    assert site.send("google-image", f"/v1alpha1/claims:imageSearch?{picture}")[0] in {200, 400, 503}


def trip(site):
    """The program fails: a table is away, or an error of its own says what was written."""
    ((first,),) = site.change("SELECT min(id) FROM checks_factcheck")
    assert site.send("bug", "/ask/", {"text": message("bug")})[0] == 500
    assert site.json("bug-api", "/api/v1/questions", {"text": message("bug-api")})[0] == 500
    with site.broken():
        assert site.send("web-broken", "/ask/", {"text": message("web-broken")})[0] == 500
        assert site.json("api-broken", "/api/v1/questions", {"text": message("api-broken")})[0] == 500
        assert site.send("report-broken", f"/checks/{first}/report/", {"text": message("report-broken")})[0] == 500
        asked = urllib.parse.urlencode({"q": message("broken-query")})
        assert site.send("broken-query", f"/checks/?{asked}")[0] == 500
        wait_for(lambda: b"worker: " in site.log.read_bytes())


def wait_for_the_worker(site):
    waiting = "SELECT count(*) FROM questions_message WHERE NOT settled AND band = 'none'"
    wait_for(lambda: site.change(waiting)[0] == (0,))
    wait_for(lambda: site.change("SELECT count(*) FROM questions_linkpage WHERE state = 'waiting'")[0] == (0,))


def keep_a_copy(site):
    """Have the worker copy, as a source of a check, a page whose address stands in a message as it is stored."""
    site.script(
        "from kiemtin.checks.models import CopyRequest, FactCheck\n"
        "from kiemtin.media.links import find_links\n"
        "from kiemtin.questions.models import Message\n"
        f"text = Message.objects.get(text__startswith={opening('copy')!r}).text\n"
        "url = next(one.text for one in find_links(text) if 'nguon' in one.text)\n"
        "CopyRequest.objects.create(fact_check=FactCheck.objects.first(), page=url, url=url)\n"
    )
    wait_for(lambda: site.change("SELECT count(*) FROM checks_copyrequest WHERE state = 'waiting'")[0] == (0,))
