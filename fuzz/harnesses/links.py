"""Links in messages."""

from __future__ import annotations

from fuzz.harness import Harness, must, storable, text_of
from kiemtin.media.indicators import of_link
from kiemtin.media.links import find_links, read_link
from kiemtin.media.links.canonical import canonical_form


def links(data: bytes) -> None:
    """Find links in a text and read them; also the text itself as one link."""
    text = text_of(data)
    found = find_links(text)
    must(all(text[one.start : one.end] == one.text for one in found), "a link stands where it says")
    for written in (text, *(one.text for one in found[:20])):
        link = read_link(written)
        if link is None:
            continue
        must(link.canonical.startswith("https://"), "a canonical form is secure")
        must(canonical_form(link.canonical) == link.canonical, "a canonical form is the same again")
        must(link.host.isascii() and storable(link.shown_host), "a host is ASCII and can be shown")
        indicator = of_link(link)
        must(indicator is None or len(indicator.shown) <= 300, "an indicator fits its column")


HARNESSES = (
    Harness(
        "links",
        "links: found, brought into one form, compared with known hosts",
        links,
        longest=1024,
        words=(
            b"https://",
            b"hxxp://",
            b"[.]",
            b"xn--",
            b".com.vn",
            b"vietcombank",
            b"facebook.com/l.php?u=",
            b"google.com/url?q=",
            b"google.com/amp/s/",
            b".cdn.ampproject.org/c/s/",
            b"?utm_source=",
            b"%2F",
            b"%25",
            b"/amp",
            b"@",
            b"youtu.be/",
            b"[::1]",
            "ｈ．".encode(),
        ),
    ),
)
