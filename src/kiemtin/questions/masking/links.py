"""Links stay, for they are what is asked about; personal data inside them does not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kiemtin.media.links.finding import LINK
from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.profiles import in_link as profiles_in_link
from kiemtin.questions.masking.view import HIDDEN, Find, View

_MOBILE = r"(?:%2b|\+)?(?:0|84)(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9\d)\d{7}"
# People write the number on after a blank, where the link has ended: zalo.me/0912345 678
_WRITTEN_ON = re.compile(
    r"/(?P<number>(?=(?:\+?84|0)[35789](?:[ .\-]?\d){8}(?![\w]|[.,\-]\d))(?:\+?84|0)\d{0,9}(?:[ .\-]\d{1,7}){1,4})"
)
_PARAMETER = re.compile(r"(?<=[?&#;])(?P<key>[a-z_.\-]{1,24})=(?P<value>[^&#;\s\x00-\x02]{2,})(?<![.,:!?)\]])")
_KEYS = {
    Kind.PHONE: {
        "phone", "tel", "sdt", "dt", "mobile", "phonenumber", "phone_number", "dienthoai", "hotline", "zalo", "msisdn",
    },
    Kind.EMAIL: {"email", "mail", "e-mail", "user_email"},
    Kind.ID_NUMBER: {"cccd", "cmnd", "cmt", "idnumber", "id_number", "id_no", "citizen_id", "socccd", "so_cccd"},
    Kind.ACCOUNT: {"stk", "account", "accountno", "account_no", "account_number", "sotaikhoan", "acc", "bank_account"},
    Kind.CARD: {"card", "cardno", "card_number", "sothe"},
    Kind.NAME: {"fullname", "full_name", "hoten", "ho_ten", "accountname", "account_name", "ctk"},
    Kind.ADDRESS: {"address", "diachi", "dia_chi"},
    Kind.PLATE: {"plate", "bks", "bienso"},
    Kind.PASSPORT: {"passport", "hochieu"},
    Kind.TAX_CODE: {"mst", "tax_code", "taxcode"},
}  # fmt: skip
_KIND_OF_KEY = {key: kind for kind, keys in _KEYS.items() for key in keys}
_CHATS = re.compile(r"(?:zalo|wa|viber)\.me/", re.IGNORECASE)
_BARE = (
    # In a path only a part of its own: numbers in the address of a news page are its identifier.
    (Kind.PHONE, re.compile(rf"(?<=[/,;:|(=&?\s]){_MOBILE}(?![\w-])")),
    (Kind.EMAIL, re.compile(r"(?<![\w.+%-])[a-z0-9._+-]+(?:@|%40)(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,24}")),
    (Kind.ID_NUMBER, re.compile(r"(?<=[=,;:|(])0\d{2}[0-3]\d{8}(?![\w-])")),
)


def links(view: View) -> list[re.Match[str]]:
    """Find links."""
    return list(LINK.finditer(view.plain))


def in_links(plain: str, found: Iterable[re.Match[str]]) -> Iterator[Find]:
    """Find personal data inside links: profiles, parameters, numbers and addresses of mail."""
    for link in found:
        if link["rest"]:
            written_on = _WRITTEN_ON.match(plain, link.start("rest")) if _CHATS.search(link[0]) else None
            if written_on:
                yield Find(*written_on.span("number"), Kind.PHONE)
            yield from profiles_in_link(plain, link)
            yield from _parameters(plain, link)
            yield from _bare(plain, link)


def _parameters(plain: str, link: re.Match[str]) -> Iterator[Find]:
    for match in _PARAMETER.finditer(plain, link.start("rest"), link.end()):
        kind = _KIND_OF_KEY.get(match["key"])
        if kind:
            yield Find(match.start("value"), match.end("value"), kind)


def _bare(plain: str, link: re.Match[str]) -> Iterator[Find]:
    for kind, pattern in _BARE:
        for match in pattern.finditer(plain, link.start("rest"), link.end()):
            if HIDDEN not in match[0]:
                yield Find(*match.span(), kind)
