"""Hosts whose links say nothing of where they lead, and hosts whose links lead into a group or a form."""

from __future__ import annotations

from kiemtin.media.links.words import words

SHORTENERS = words(
    "bit.ly bitly.com.vn bitly.com j.mp tinyurl.com t.co goo.gl ow.ly is.gd v.gd cutt.ly rebrand.ly s.id shorturl.at",
    "shorturl.asia rb.gy t.ly bom.so s.net.vn by.com.vn byvn.net tiny.cc tiny.one buff.ly lnkd.in vm.tiktok.com",
    "vt.tiktok.com shope.ee s.shopee.vn s.lazada.vn me2.do gg.gg qr.ae urlvn.net soo.gd adf.ly ouo.io link1s.com",
    "megaurl.in kutt.it dub.sh dub.co short.gy shorten.asia shorten.ee bl.ink clck.ru fb.watch zalo.ws l.ead.me",
    "tinylink.net u.to x.gd n9.cl shorturl.com",
)
"""Hosts without `www.`."""


def is_short(host: str) -> bool:
    """Whether links of this host are short ones."""
    return host in SHORTENERS
