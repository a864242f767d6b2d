"""A link as a person at the desk should see it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiemtin.media.links.canonical import address_of
from kiemtin.media.links.domains import is_number, registrable, to_unicode
from kiemtin.media.links.hosts import plain_host
from kiemtin.media.links.lookalikes import Likeness, resemblance, scripts
from kiemtin.media.links.shorteners import is_short


class Trait(StrEnum):
    """What is to be known of a link before anybody opens it."""

    SHORT = "short"
    WRAPPED = "wrapped"
    USER = "user"
    NUMBER = "number"
    FOREIGN_LETTERS = "foreign-letters"
    MIXED_SCRIPTS = "mixed-scripts"
    LOOKS_LIKE = "looks-like"
    BEARS_NAME = "bears-name"


@dataclass(frozen=True, slots=True)
class Link:
    """A link.

    Attributes
    ----------
    written
        As it was written.
    canonical
        Its canonical form (see `canonical`): the same for all links to a page.
    target
        Where it leads, out of the redirect that it was written in.
    host, shown_host
        Where it leads, in ASCII and as people read it.
    domain
        What somebody registered of the host.
    traits
        What is to be known of it.
    around
        The host of the redirect that it stood in.
    resembles
        The well-known host that it looks like, or whose name it bears, and is not.
    """

    written: str
    canonical: str
    target: str
    host: str
    domain: str
    traits: frozenset[Trait] = frozenset()
    around: str = ""
    resembles: str = ""

    @property
    def shown_host(self) -> str:
        """The host as people read it: with its letters, also those that pretend to be others."""
        return to_unicode(self.host)


def read_link(written: str) -> Link | None:
    """Return what is to be known of a link; None if it is no address of the web. Raises nothing, asks nobody."""
    address = address_of(written)
    if address is None:
        return None
    host = plain_host(address.host)
    alike = resemblance(host)
    traits = {trait for trait, holds in _holding(host, around=address.around, has_user=address.has_user) if holds}
    if alike is not None:
        traits.add(Trait.LOOKS_LIKE if alike.likeness is Likeness.LOOKS_LIKE else Trait.BEARS_NAME)
    return Link(
        written=written,
        canonical=address.canonical,
        target=address.target,
        host=host,
        domain=registrable(host),
        traits=frozenset(traits),
        around=address.around,
        resembles=alike.host if alike else "",
    )


def defanged(host: str) -> str:
    """Return a host so that no program makes a link of it: `vietc0mbank[.]xyz`."""
    return host.replace(".", "[.]")


def _holding(host: str, *, around: str, has_user: bool) -> tuple[tuple[Trait, bool], ...]:
    labels = to_unicode(host).split(".")
    return (
        (Trait.SHORT, is_short(host)),
        (Trait.WRAPPED, bool(around)),
        (Trait.USER, has_user),
        (Trait.NUMBER, is_number(host)),
        (Trait.FOREIGN_LETTERS, not all(label.isascii() for label in labels)),
        (Trait.MIXED_SCRIPTS, any(len(scripts(label)) > 1 for label in labels)),
    )
