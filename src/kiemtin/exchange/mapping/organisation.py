"""A desk as schema.org `NewsMediaOrganization`, with links to what it says about itself.

See https://schema.org/NewsMediaOrganization; the policies are those of the Trust Project.
"""

from __future__ import annotations

from collections.abc import Collection

from kiemtin.accounts.enums import PageKind
from kiemtin.accounts.models import Desk, DeskPage
from kiemtin.exchange.mapping.addresses import desk_address
from kiemtin.exchange.mapping.claimreview import Node

CONTEXT = "https://schema.org"

_POLICIES = {
    "publishingPrinciples": PageKind.METHOD,
    "verificationFactCheckingPolicy": PageKind.METHOD,
    "correctionsPolicy": PageKind.CORRECTIONS,
    "ownershipFundingInfo": PageKind.OWNERSHIP,
    "actionableFeedbackPolicy": PageKind.CONTACT,
}


def organisation(desk: Desk, written: Collection[str] | None = None) -> Node:
    """Return a desk; a policy that it has not written is not named.

    Parameters
    ----------
    written
        Kinds of the pages that it has written; asked of the database unless given.
    """
    kinds = set(pages_of(desk) if written is None else written)
    if desk.contact:
        kinds.add(PageKind.CONTACT)
    policies = {name: desk_address(desk, kind) for name, kind in _POLICIES.items() if kind in kinds}
    mail = {"email": desk.contact} if desk.contact else {}
    return {**short(desk), "knowsLanguage": desk.language, **policies, **mail}


def pages_of(desk: Desk) -> list[str]:
    """Return the kinds of the pages that a desk has written."""
    return list(DeskPage.objects.filter(desk=desk).order_by().values_list("kind", flat=True).distinct())


def brief(whole: Node) -> Node:
    """Return the same desk by its name and address."""
    return {name: whole[name] for name in ("@type", "@id", "name", "url")}


def short(desk: Desk) -> Node:
    """Return a desk by its name and address, for where it is named beside its whole description."""
    address = desk_address(desk)
    return {"@type": "NewsMediaOrganization", "@id": f"{address}#desk", "name": desk.name, "url": address}
