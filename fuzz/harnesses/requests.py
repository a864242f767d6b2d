"""Whole requests: pages, forms, uploads, both APIs, the desk."""

from __future__ import annotations

from fuzz.harness import Harness
from fuzz.site import send


def exchange(data: bytes) -> None:
    """Send a request as it is."""
    send(data)


def upload(data: bytes) -> None:
    """Send a form with a picture: the input is what stands between the boundaries."""
    head = b"POST /ask/\nContent-Type: multipart/form-data; boundary=b\n\n"
    body = b"--b\r\n" + data.replace(b"\n--b", b"\r\n--b")
    send(head + body if b"--b--" in data else head + body + b"\r\n--b--\r\n")


def desk(data: bytes) -> None:
    """Send a request as an administrator of the desk."""
    first, line, rest = data.partition(b"\n")
    send(first + b"\nCookie: sessionid={session}" + (line + rest if line else b"\n\n"))


_XSS = (b"<kt-x>", b'"><kt-x a="', b"%3Ckt-x%3E", b"'><kt-x>", b"</script><kt-x>", b"]]><kt-x>", b"javascript:")
_SIGNS = (b"%00", b"%ED%A0%80", b"%E2%80%AE", b"%0D%0A", b"..%2F", b"%5C", b"%F0%9F%98%80", b"99999999999999999999")
_HEADERS = (b"\nAccept-Language: ", b"\nAccept: ", b"\nX-Forwarded-For: ", b"\nHX-Request: true", b"\nRange: bytes=")
_JSON = (b"\nContent-Type: application/json\n\n", b"\\ud800", b"\\u0000", b"null", b"1e999", b"-1", b"[[[[", b'":"')

HARNESSES = (
    Harness(
        "requests",
        "GET of every kind of address with any query and headers (cursors, codes, tiles, oEmbed, search, languages)",
        exchange,
        longest=1024,
        words=(*_XSS, *_SIGNS, *_HEADERS),
        site=True,
    ),
    Harness(
        "forms",
        "forms of askers and readers: questions, choices, reply addresses, reports, sign-in, sharing",
        exchange,
        longest=2048,
        words=(*_XSS, *_SIGNS, b"&text=", b"&address=", b"&next=//", b"&match="),
        site=True,
    ),
    Harness(
        "uploads",
        "multipart forms with a picture",
        upload,
        longest=4096,
        words=(
            b'Content-Disposition: form-data; name="picture"; filename="',
            b"filename*=UTF-8''",
            b"Content-Transfer-Encoding: base64",
            b"\r\n--b\r\n",
            b"Content-Type: image/png\r\n\r\n",
            b"charset=",
        ),
        site=True,
    ),
    Harness(
        "api", "both APIs, with a token: JSON bodies, queries, cursors", exchange, words=(*_JSON, *_SIGNS), site=True
    ),
    Harness(
        "desk",
        "the desk's addresses and forms, as an administrator: filters, drafts, Markdown, pages, notes, sources",
        desk,
        longest=2048,
        words=(*_XSS, *_SIGNS, b"&version=1", b"&body=", b"&claim=", b"&query=", b"&url=http"),
        site=True,
    ),
)
