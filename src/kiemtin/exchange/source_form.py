"""What an editor says of a source, made whole and checked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from kiemtin.checks.exceptions import EmptyTextError
from kiemtin.exchange.exceptions import OwnAddressError, SourceAddressError, TooOftenError
from kiemtin.exchange.fetching.failures import FetchError
from kiemtin.exchange.fetching.fetcher import checked
from kiemtin.exchange.intake import host_of, is_ours
from kiemtin.exchange.mapping import cofacts
from kiemtin.exchange.sources import FEED_PATH, QUICKEST, Schedule, SourceKind

MAX_ADDRESSES = 200
_SHOWN = ("publisher", "licence", "language", "site", "is_collection", "address", "kind", "within")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceContent:
    """See `models.ReviewSource` for the fields."""

    name: str
    kind: str
    address: str
    licence: str
    publisher: str = ""
    site: str = ""
    is_collection: bool = False
    within: str = ""
    language: str = ""
    every: int = Schedule.HOUR


def completed(content: SourceContent) -> SourceContent:
    """Return it with addresses in one form, and with what follows from them where it was not said.

    Raises
    ------
    EmptyTextError
        The name, the licence or the address is missing, or the publisher of what is no collection.
    SourceAddressError, OwnAddressError
        An address cannot be fetched from.
    TooOftenError
        It is to be looked at more often than its kind allows.
    """
    kind = SourceKind(content.kind)
    addresses = _addresses(content.address, kind)
    site = host_of(f"//{_bare(content.site)}") if content.site.strip() else host_of(addresses[0])
    is_collection = content.is_collection and kind == SourceKind.DATAFEED
    fields = {"name": content.name.strip(), "licence": content.licence.strip(), "publisher": content.publisher.strip()}
    if kind == SourceKind.COFACTS:
        fields["publisher"], site = fields["publisher"] or cofacts.PUBLISHER, cofacts.SITE
    _check_given(fields, is_collection)
    if content.every not in Schedule.values or content.every < QUICKEST[kind]:
        raise TooOftenError(f"{kind} every {content.every}", every=Schedule(QUICKEST[kind]).label)
    return replace(
        content,
        name=fields["name"],
        licence=fields["licence"],
        publisher=fields["publisher"],
        address="\n".join(addresses),
        site=site,
        is_collection=is_collection,
        within=content.within.strip() if kind == SourceKind.SITEMAP else "",
        language=content.language.strip(),
    )


def is_shown_otherwise(before: SourceContent, after: SourceContent) -> bool:
    """Return whether a change decides on which reviews are taken or how they are shown."""
    return any(getattr(before, name) != getattr(after, name) for name in _SHOWN)


def _check_given(fields: dict[str, str], is_collection: bool) -> None:
    for name, value in fields.items():
        if not value and not (name == "publisher" and is_collection):
            raise EmptyTextError(f"a source has a {name}", field=name)


def _addresses(text: str, kind: SourceKind) -> list[str]:
    given = text.split()
    if not given:
        raise EmptyTextError("a source has an address", field="address")
    several = {SourceKind.PAGES: MAX_ADDRESSES, SourceKind.COFACTS: 3}.get(kind, 1)
    if len(given) > several:
        raise SourceAddressError(f"{len(given)} addresses", address=given[several])
    return list(dict.fromkeys(_address(one, kind) for one in given))


def _address(text: str, kind: SourceKind) -> str:
    try:
        address = checked(text)
    except FetchError as error:
        raise SourceAddressError(text, address=text) from error
    if is_ours(address):
        raise OwnAddressError(text, address=text)
    if kind == SourceKind.DESK and urlsplit(address).path in ("", "/"):
        return address.rstrip("/") + FEED_PATH  # people give the address of the desk
    return address


def _bare(site: str) -> str:
    """Return a host as people write it, without protocol and path."""
    return site.strip().lower().split("//")[-1].partition("/")[0]
