"""What a feed tells, whatever its format."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

SITE = "Kiểm Tin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A category: its word in addresses, and its name in the language of the feed."""

    term: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One check or one change.

    Attributes
    ----------
    identity
        Never changes, and leads to the page.
    address
        Of the page as it is called now.
    title, summary
        Plain text.
    html
        The whole content, safe to show.
    author, author_address
        The desk, and its page about itself.
    image
        Address of a picture; may be empty.
    verdict, claim, state
        Of the check: its verdict's word, what was checked, and its public state.
    """

    identity: str
    address: str
    title: str
    summary: str
    html: str
    language: str
    published: dt.datetime
    updated: dt.datetime
    author: str
    author_address: str
    labels: Sequence[Label] = ()
    image: str = ""
    verdict: str = ""
    claim: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A list of entries, newest first.

    Attributes
    ----------
    title, description
        Plain text.
    address, own
        Of the page that shows the same to people, and of the feed itself.
    home
        Of the site.
    icon
        Address of a square picture.
    updated
        When anything in it last changed.
    licence
        Address of its licence.
    """

    title: str
    description: str
    address: str
    own: str
    home: str
    icon: str
    language: str
    updated: dt.datetime
    licence: str
    entries: tuple[Entry, ...]
