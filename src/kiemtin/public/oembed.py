"""oEmbed 1.0 (https://oembed.com): from the address of a check to a card of it for another page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.utils.translation import get_language_from_path, gettext, override

from kiemtin.checks.models import FactCheck
from kiemtin.exchange.mapping.addresses import desk_address
from kiemtin.public.addresses import card_path, embed_address

WIDTH = 600
_NARROW, _LOW, _HIGH = 480, 420, 560  # a narrow card is a high one
_PICTURE = (1200, 630)
_OF_A_CHECK = frozenset({"check", "embed", "check-revisions", "revision", "changed"})
_MAY = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox"


class EmbedError(Exception):
    """What was asked for cannot be given; `status` is that of the answer."""

    code = "oembed"
    status = 400


class BadRequestError(EmbedError):
    """The request is not understood."""

    code = "oembed-bad-request"


class NotHereError(EmbedError):
    """No check that stands is at that address."""

    code = "oembed-not-here"
    status = 404


class FormatError(EmbedError):
    """The answer is not given in that format."""

    code = "oembed-format"
    status = 501


@dataclass(frozen=True, slots=True)
class Wish:
    """Which check, in which language of the site, and how large at most; 0 for any size."""

    number: int
    language: str
    width: int = 0
    height: int = 0


def read_wish(query: dict[str, str]) -> Wish:
    """Understand a request.

    Raises
    ------
    EmbedError
    """
    if query.get("format", "json") != "json":
        raise FormatError("only json is given")
    if not query.get("url"):
        raise BadRequestError("url is missing")
    number, language = _check_at(query["url"])
    return Wish(number, language, _size(query, "maxwidth"), _size(query, "maxheight"))


def _size(query: dict[str, str], name: str) -> int:
    value = query.get(name, "")
    if not value:
        return 0
    if not (value.isascii() and value.isdecimal() and int(value[:6]) > 0 and len(value) <= 6):
        raise BadRequestError(f"{name} is not a number of pixels")
    return int(value)


def _check_at(url: str) -> tuple[int, str]:
    """Return the number of the check that an address leads to, and the language of the page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise NotHereError("no such address") from None
    if parts.scheme not in ("http", "https") or parts.netloc.lower() != urlsplit(settings.KIEMTIN_ADDRESS).netloc:
        raise NotHereError("that is not an address of this site")
    path = parts.path if parts.path.endswith("/") else f"{parts.path}/"
    language = get_language_from_path(path) or settings.LANGUAGE_CODE
    try:
        with override(language):
            found = resolve(path)
    except Resolver404:
        raise NotHereError("no such page") from None
    if found.namespace != "public" or found.url_name not in _OF_A_CHECK:
        raise NotHereError("that is not a fact-check")
    return found.kwargs["pk"], language


def embed(check: FactCheck, wish: Wish) -> dict[str, object]:
    """Return the answer for a check that stands."""
    if check.latest is None or not check.is_answer:
        raise NotHereError("that fact-check is not given any more")
    width = min(WIDTH, wish.width or WIDTH)
    needed = _LOW if width >= _NARROW else _HIGH
    height = min(needed, wish.height or needed)
    with override(wish.language):
        title = f"{check.latest.get_verdict_display()}: {check.latest.claim}"
        home = settings.KIEMTIN_ADDRESS + reverse("public:home")
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "author_name": check.desk.name,
        "author_url": desk_address(check.desk),
        "provider_name": "Kiểm Tin",
        "provider_url": home,
        "cache_age": 300,
        "html": frame(check, wish.language, width, height),
        "width": width,
        "height": height,
        **_picture(check, wish),
    }


def frame(check: FactCheck, language: str, width: int | str = "100%", height: int = _HIGH) -> str:
    """Return the HTML that shows a check on another page."""
    with override(language):
        title = gettext("Fact-check: %(claim)s") % {"claim": check.latest.claim if check.latest else ""}
    form = '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy" frameborder="0" sandbox="{}"></iframe>'
    return format_html(form, embed_address(check, language), width, height, title, _MAY)


def _picture(check: FactCheck, wish: Wish) -> dict[str, object]:
    """Return the share card, unless it is larger than what was asked for: it has one size."""
    width, height = _PICTURE
    if 0 < wish.width < width or 0 < wish.height < height:
        return {}
    address = settings.KIEMTIN_ADDRESS + card_path(check, "wide")
    return {"thumbnail_url": address, "thumbnail_width": width, "thumbnail_height": height}
