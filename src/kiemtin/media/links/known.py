"""Hosts that everybody in Viet Nam knows, and that scams dress up as; and public ones that are never a scam's own.

Each entry is a name and the registered domains that are really its own; the first is what people are told.
"""

from __future__ import annotations

import re

from kiemtin.media.links.domains import registrable
from kiemtin.media.links.words import words

KNOWN: dict[str, tuple[str, ...]] = {
    # banks
    "vietcombank": ("vietcombank.com.vn",),
    "techcombank": ("techcombank.com", "techcombank.com.vn"),
    "bidv": ("bidv.com.vn",),
    "agribank": ("agribank.com.vn",),
    "vietinbank": ("vietinbank.vn", "vietinbank.com.vn"),
    "mbbank": ("mbbank.com.vn",),
    "sacombank": ("sacombank.com.vn", "sacombank.com"),
    "vpbank": ("vpbank.com.vn",),
    "tpbank": ("tpb.vn", "tpbank.com.vn"),
    "hdbank": ("hdbank.com.vn", "hdbank.vn"),
    "acb": ("acb.com.vn",),
    "seabank": ("seabank.com.vn",),
    "eximbank": ("eximbank.com.vn",),
    "lpbank": ("lpbank.com.vn",),
    "shinhan": ("shinhan.com.vn", "shinhan.com"),
    "vib": ("vib.com.vn",),
    "shb": ("shb.com.vn",),
    "ocb": ("ocb.com.vn",),
    "msb": ("msb.com.vn",),
    # wallets, shops, carriers
    "momo": ("momo.vn",),
    "zalopay": ("zalopay.vn",),
    "vnpay": ("vnpay.vn",),
    "viettel": ("viettel.vn", "viettel.com.vn", "vietteltelecom.vn", "viettelpost.com.vn", "viettelmoney.vn"),
    "vinaphone": ("vinaphone.com.vn",),
    "mobifone": ("mobifone.vn",),
    "shopee": ("shopee.vn", "shopee.com", "shopee.sg"),
    "lazada": ("lazada.vn", "lazada.com"),
    "tiki": ("tiki.vn",),
    "vnpost": ("vnpost.vn",),
    "dienmayxanh": ("dienmayxanh.com",),
    "thegioididong": ("thegioididong.com",),
    # the state
    "dichvucong": ("dichvucong.gov.vn",),
    "vneid": ("vneid.gov.vn",),
    "baohiemxahoi": ("baohiemxahoi.gov.vn",),
    "bocongan": ("bocongan.gov.vn",),
    "chinhphu": ("chinhphu.vn", "chinhphu.gov.vn"),
    "evn": ("evn.com.vn",),
    # networks and media
    "facebook": ("facebook.com", "fb.com", "facebook.net", "fbcdn.net"),
    "messenger": ("messenger.com",),
    "instagram": ("instagram.com",),
    "youtube": ("youtube.com", "youtu.be"),
    "google": ("google.com", "google.com.vn"),
    "tiktok": ("tiktok.com",),
    "zalo": ("zalo.me", "zaloapp.com", "zalo.vn"),
    "telegram": ("telegram.org", "t.me", "telegram.me"),
    "whatsapp": ("whatsapp.com", "wa.me"),
    "apple": ("apple.com", "icloud.com"),
    "microsoft": ("microsoft.com", "live.com", "outlook.com", "office.com"),
    "paypal": ("paypal.com",),
    "amazon": ("amazon.com", "amazonaws.com"),
    "wikipedia": ("wikipedia.org", "wikimedia.org"),
    "vnexpress": ("vnexpress.net",),
    "tuoitre": ("tuoitre.vn",),
    "thanhnien": ("thanhnien.vn", "thanhnien.com.vn"),
    "dantri": ("dantri.com.vn",),
    "vietnamnet": ("vietnamnet.vn",),
    "vtv": ("vtv.vn",),
}
_OTHERS = words(
    "x.com twitter.com threads.net threads.com linkedin.com reddit.com github.com medium.com pinterest.com bing.com",
    "yahoo.com gmail.com who.int un.org bbc.com bbc.co.uk reuters.com afp.com nhandan.vn vov.vn laodong.vn znews.vn",
    "zingnews.vn 24h.com.vn kenh14.vn cafef.vn soha.vn vietnamplus.vn baochinhphu.vn",
    "tingia.gov.vn cloudflare.com",
)
_IN_EVERY_COUNTRY = frozenset({"google", "amazon"})
_PUBLIC_ENDINGS = (".gov.vn", ".edu.vn", ".gov", ".edu", ".mil.vn")
_OWN = frozenset(domain for domains in KNOWN.values() for domain in domains)


def is_well_known(host: str) -> bool:
    """Whether so many messages name this host that it says nothing of what they have in common."""
    domain = registrable(host)
    return domain in _OWN or domain in _OTHERS or f".{host}".endswith(_PUBLIC_ENDINGS)


def is_own(name: str, host: str) -> bool:
    """Whether a host belongs to the known name; these two have one in every country."""
    domain = registrable(host)
    if name in _IN_EVERY_COUNTRY and re.fullmatch(rf"{name}\.(?:com?\.)?[a-z]{{2}}", domain):
        return True
    return domain in KNOWN[name]
