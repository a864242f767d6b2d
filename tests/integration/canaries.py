"""Personal data of every kind, other values for every way into the product: what is found says which way leaked."""

import base64
import binascii
import html
import re
import unicodedata
import urllib.parse

WAYS = (
    "web", "web-en", "share", "field", "report", "api", "api-bad-json", "api-unknown-field", "web-too-long",
    "web-only-personal", "web-bait", "web-flood", "api-flood", "web-broken", "api-broken", "report-broken",
    "code", "path", "search", "google", "file", "report-empty", "web-not-text",
    # pictures: what is read in them, and all that comes with the file
    "picture", "picture-typed", "picture-name", "picture-exif", "picture-refused", "share-picture",
    # pages that were opened, and what the desk copies
    "link", "page", "page-gone", "page-moved", "page-bug", "copy",
    # what fails, and what stands in an address or a header
    "bug", "bug-api", "not-found", "method", "csrf", "api-method", "api-missing", "google-bad", "google-image",
    "broken-query", "header",
)  # fmt: skip
KEPT = ("web", "web-en", "api")  # those that become messages
BUGS = ("bug", "bug-api", "page-bug")  # those that the program trips over, with the text in its error
_LETTERS = "bcdghklmnpqrstvx"


def canaries(way):
    """Personal data of each kind, as it is written; no other way has the same values."""
    number = WAYS.index(way)
    n = number + 10
    letters = _LETTERS[number // len(_LETTERS)] + _LETTERS[number % len(_LETTERS)]
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
        "name": f"chủ tk: Nguyễn Thị Yến{letters}",
        "link": f"https://qua.example/nhan?phone=09774{n}263",
    }


def _spelt(number):
    words = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
    return " ".join(words[int(figure)] for figure in str(number))


def opening(way):
    """The first words of a message; no other way begins so."""
    return f"Tin số {WAYS.index(way)} này có thật không"


def message(way, more=""):
    """A message with all of them, and words of its own, so that it becomes a case; links first: not all are opened."""
    return (
        f"{opening(way)} mọi người, thấy chuyền tay nhau khắp xóm từ hôm qua:\n{more}"
        + "\n".join(canaries(way).values())
        + "\nNghe nói ai nhận được cũng phải làm theo ngay trong ngày."
    )


def squeezed(text):
    """Give letters and figures only, folded: so a value is found however it is cut up, decomposed or without tones."""
    folded = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9@]", "", folded)


_LABELS = re.compile(r"^(?:cmnd|stk|hộ chiếu|MST|zalo:|chủ tk:|số nhà|https://\S+(?:/|=)) ?| Vietcombank$")


def needles():
    """What must be found nowhere: (way, kind) to a squeezed value."""
    return {
        (way, kind): squeezed(_LABELS.sub("", written).partition(" phố")[0])
        for way in WAYS
        for kind, written in canaries(way).items()
    }


_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}){8,}")
_JSON = re.compile(r"\\u([0-9a-fA-F]{4})")


def forms(content):
    """Yield a text, squeezed, as it is and read as if it were encoded: for an address, HTML, JSON, base64, hex."""
    yield squeezed(content)
    if "%" in content:
        yield squeezed(urllib.parse.unquote_plus(content))
    if "&" in content:
        yield squeezed(html.unescape(content))
    if "\\u" in content:
        yield squeezed(_JSON.sub(lambda escape: chr(int(escape[1], 16)), content))
    yield squeezed("\n".join(_decoded(content)))


def _decoded(content):
    """Read what may be base64, wherever in it the text begins, or hexadecimal."""
    for run in _BASE64.findall(content):
        for skipped in range(4):
            kept = run[skipped:].replace("-", "+").replace("_", "/")
            yield base64.b64decode(kept[: len(kept) // 4 * 4]).decode("utf-8", "ignore")
    for run in _HEX.findall(content):
        yield binascii.unhexlify(run).decode("utf-8", "ignore")


def found_in(content, wanted):
    """Return which of the wanted values, by their keys, are in a text in any form."""
    return {key for form in forms(content) for key, needle in wanted.items() if needle in form}
