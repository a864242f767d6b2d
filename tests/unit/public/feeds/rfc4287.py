"""What RFC 4287 (Atom) demands of a feed, as far as it can be seen from the document."""

import datetime as dt
from urllib.parse import urlsplit
from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
ONCE_IN_FEED = ("id", "title", "updated", "generator", "icon", "logo", "rights", "subtitle")
ONCE_IN_ENTRY = ("id", "title", "updated", "content", "published", "rights", "source", "summary")


def faults(document):
    """Return what the document breaks, with the section that says so."""
    root = ElementTree.fromstring(document)  # noqa: S314  (our own)
    found = [] if root.tag == f"{ATOM}feed" else ["4.1.1: the root is no atom:feed"]
    entries = root.findall(f"{ATOM}entry")
    found += _once(root, ("id", "title", "updated"), ONCE_IN_FEED, "4.1.1")
    found += _links(root, "4.1.1")
    if not any(link.get("rel") == "self" for link in root.findall(f"{ATOM}link")):
        found.append("4.1.1: no link to itself")
    if root.find(f"{ATOM}author") is None and not all(entry.find(f"{ATOM}author") is not None for entry in entries):
        found.append("4.1.1: no author")
    for entry in entries:
        found += _once(entry, ("id", "title", "updated"), ONCE_IN_ENTRY, "4.1.2")
        found += _links(entry, "4.1.2")
        if entry.find(f"{ATOM}content") is None and _alternates(entry) == []:
            found.append("4.1.2: neither content nor alternate")
    identities = [entry.findtext(f"{ATOM}id") for entry in entries]
    if len(set(identities)) != len(identities):
        found.append("4.1.1: two entries with one id")
    updated = [entry.findtext(f"{ATOM}updated") for entry in entries]
    if updated != sorted(updated, key=dt.datetime.fromisoformat, reverse=True):
        found.append("not newest first")
    return found + _everywhere(root)


def _once(node, needed, once, section):
    counts = {name: len(node.findall(ATOM + name)) for name in once}
    found = [f"{section}: no {name}" for name in needed if counts[name] == 0]
    return found + [f"{section}: {count} of {name}" for name, count in counts.items() if count > 1]


def _alternates(node):
    links = node.findall(f"{ATOM}link")
    return [(link.get("type"), link.get("hreflang")) for link in links if link.get("rel", "alternate") == "alternate"]


def _links(node, section):
    pairs = _alternates(node)
    return [f"{section}: two alternates of one type and language"] if len(set(pairs)) != len(pairs) else []


def _everywhere(root):
    found = []
    for node in root.iter():
        name = node.tag.removeprefix(ATOM)
        if name in ("updated", "published") and dt.datetime.fromisoformat(node.text).tzinfo is None:
            found.append("3.3: a moment without offset")
        if name in ("id", "uri", "icon") and not urlsplit(node.text).scheme:
            found.append(f"4.2.6: {name} is no whole address")
        if name == "link" and not urlsplit(node.get("href", "")).scheme:
            found.append("4.2.7: a link without a whole address")
        if name in ("author", "contributor") and not node.findtext(f"{ATOM}name"):
            found.append("3.2.1: a person without name")
        if name == "category" and not node.get("term"):
            found.append("4.2.2: a category without term")
        if node.get("type") in ("text", "html") and len(node):
            found.append("3.1.1: markup that is not escaped")
    return found
