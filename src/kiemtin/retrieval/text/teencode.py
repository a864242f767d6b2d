"""Teencode: the short forms of Vietnamese chat, written out.

A short form is written out only inside Vietnamese text. Where one stands for two words (ck: chuyển khoản, chồng) the
words around it decide.
"""

from __future__ import annotations

from collections.abc import Sequence

_PLAIN = {
    "không": "k ko kh khg hok hong hông hk kg khong kô hem hôk",
    "được": "dc đc dk đk dx đx đuợc duoc",
    "chuyển khoản": "ckhoản ckhoan",
    "tài khoản": "tk tkhoản tkhoan",
    "số tài khoản": "stk",
    "ngân hàng": "nh nhg",
    "điện thoại": "dt đt dthoai đthoại",
    "số điện thoại": "sdt sđt",
    "mọi người": "mn mng",
    "người": "ng ngừi",
    "người ta": "ngta nta",
    "biết": "bik bít bit bjt bjk",
    "gì": "j gj ji",
    "rồi": "r rùi rui roài",
    "vậy": "z v zậy zay dz",
    "với": "vs vớj",
    "những": "nhữg",
    "nhiều": "nhìu nhju nhiu",
    "bao nhiêu": "bn bnhiu bnhiêu",
    "thế": "thía",
    "giờ": "gjờ",
    "bây giờ": "bh bjo bgio bâyh",
    "trước": "trc trk",
    "trong": "trog tr0ng",
    "cũng": "cg cug cũg",
    "như thế nào": "ntn",
    "tin nhắn": "tn",
    "nhắn tin": "nt",
    "vợ": "vk",
    "em": "e",
    "anh": "a",
    "anh chị": "ac",
    "mình": "mk mh mìh",
    "thôi": "thui thoy",
    "luôn": "lun",
    "yêu": "iu",
    "bị": "bj",
    "lừa đảo": "ldao",
    "thật": "thiệt thặc",
    "facebook": "fb face",
    "video": "vid",
    "công an": "ca",
    "bệnh viện": "bv",
    "bác sĩ": "bs",
    "trẻ em": "te",
    "thông tin": "ttin",
    "quảng cáo": "qc",
    "xác nhận": "xn",
    "đăng ký": "dki đki đký",
    "tháng": "thg",
    "triệu": "tr",
    "hôm nay": "hnay",
    "hôm qua": "hqua",
}
_ONE = {short: full for full, shorts in _PLAIN.items() for short in shorts.split()}
_SPOUSE = frozenset({"vk", "vợ", "vo", "em", "e", "mình", "của", "nhà", "ông", "bà"})
# "5 tr" is five million and "50 k" fifty thousand; elsewhere "tr" is no word, and "k" denies.
_AFTER_NUMBER = {"tr": True, "k": False}


def _chuyen_khoan_or_chong(words: Sequence[str], at: int) -> str:
    near = {words[at - 1]} if at else set()
    return "chồng" if near & _SPOUSE else "chuyển khoản"


def expand(words: Sequence[str]) -> list[str]:
    """Write out the short forms among `words` (lower case, of a Vietnamese text); one may become several words."""
    out: list[str] = []
    for at, word in enumerate(words):
        if word == "ck":
            out.extend(_chuyen_khoan_or_chong(words, at).split())
        elif word in _AFTER_NUMBER and _AFTER_NUMBER[word] != bool(at and words[at - 1][0].isdigit()):
            out.append(word)
        elif word in _ONE:
            out.extend(_ONE[word].split())
        else:
            out.append(word)
    return out
