"""The public log as `kiemtin verify` reads it: from a site that may be anybody's."""

from __future__ import annotations

import contextlib
import json
from functools import cache

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tlog_scales.tiles import leaf_hash

from fuzz.harness import Harness, file, must
from kiemtin.audit.exceptions import EntryError, NoteError
from kiemtin.audit.publiclog.entries import Entry
from kiemtin.audit.publiclog.notes import open_note, public_key, read_key, read_note, sign
from kiemtin.audit.publiclog.tiles import tile_of
from kiemtin.audit.verifying.check_log import check_log, tree_of
from kiemtin.audit.verifying.memory import Memory, MemoryFileError, recall
from kiemtin.audit.verifying.site import Site, SiteError, address_of

_ORIGIN = "tin.example/log"


@cache
def _key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes(32))


def notes(data: bytes) -> None:
    """Read bytes as a note, as a key, as an entry, as a name of a tile, as a memory and as an address."""
    text = data.decode("utf-8", errors="replace")
    for read in (read_note, read_key, lambda note: open_note(note, read_key(public_key(_key(), origin=_ORIGIN)))):
        with contextlib.suppress(NoteError):
            read(text)
    with contextlib.suppress(EntryError):
        must(Entry.of_leaf(data).leaf() == data, "an entry is written as it was read")
    tile = tile_of(text)
    must(tile is None or tile.name == text, "a tile has one name")
    with contextlib.suppress(MemoryFileError):
        recall(file(data))
    with contextlib.suppress(SiteError):
        address_of(text)


def answers(data: bytes) -> None:
    """Verify a site that answers with these bytes: entries, contents and feed, divided by two NULs.

    They are under a signature of a key that is ours: what is signed need not be well meant.
    """
    *leaves, contents, feed = (b"", b"", *data.split(b"\0\0"))[-8:]
    leaves = [leaf for leaf in leaves if len(leaf) < 65_536]
    digests = [leaf_hash(leaf) for leaf in leaves]
    root = tree_of(digests).calculate_root_hash()
    note = sign(_key(), origin=_ORIGIN, size=len(leaves), root=root)
    bundle = b"".join(len(leaf).to_bytes(2) + leaf for leaf in leaves)
    given = {
        "/log/key": public_key(_key(), origin=_ORIGIN).encode(),
        "/log/checkpoint": note.encode(),
        "/feeds/claimreview.json": feed,
    }

    def answer(request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if path.startswith("/log/tile/0/"):
            return httpx.Response(200, content=b"".join(digests))
        if path.startswith("/log/tile/entries/"):
            return httpx.Response(200, content=bundle)
        if path.startswith("/log/published/"):
            return httpx.Response(200, content=contents)
        return httpx.Response(200, content=given[path]) if path in given else httpx.Response(404)

    with Site("https://tin.example", transport=httpx.MockTransport(answer)) as site:
        for memory in (None, Memory(note, public_key(_key(), origin=_ORIGIN), tuple(digests))):
            try:
                seen = check_log(site, memory)
            except SiteError:
                continue
            json.dumps([str(one) for one in seen.differences])


def raw_answers(data: bytes) -> None:
    """Verify a site that answers every request with these bytes."""
    with (
        Site("https://tin.example", transport=httpx.MockTransport(lambda _: httpx.Response(200, content=data))) as site,
        contextlib.suppress(SiteError),
    ):
        check_log(site, None)


HARNESSES = (
    Harness(
        "notes",
        "signed notes, keys, entries, names of tiles, and what `kiemtin verify` remembers",
        notes,
        words=(
            b"tin.example/log\n",
            "— tin.example/log ".encode(),
            b'{"format":"kiemtin-log/1"',
            b"entries/",
            b"x000/",
        ),
        libraries=("tlog_scales", "rfc8785"),
    ),
    Harness(
        "log-answers",
        "a whole public log, signed, given to `kiemtin verify`",
        answers,
        words=(b"\0\0", b"null\n", b'{"check":', b'"dataFeedElement":[{"item":[', b'"kind":"published"'),
        libraries=("tlog_scales", "rfc8785"),
    ),
    Harness("log-raw", "any answer to any request of `kiemtin verify`", raw_answers, libraries=("tlog_scales",)),
)
