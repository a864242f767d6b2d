"""Personal data of every kind, other values for every way into the product: what is found says which way leaked."""

import re
import unicodedata

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
