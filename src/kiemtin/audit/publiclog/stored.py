"""The log as it lies in the database: hashes and entries of a tile, the latest head."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tlog_scales.reader import TilesReader

from kiemtin.audit.models import LogEntry, LogHead, LogNode
from kiemtin.audit.publiclog.tiles import ENTRIES, Tile, bundle, reader


def raw(value: bytes | memoryview | str) -> bytes:
    """Return the bytes of a column, also where somebody wrote text into it by hand."""
    return value.encode() if isinstance(value, str) else bytes(value)


def latest_head() -> LogHead | None:
    """Return what was signed last; None while nothing was."""
    return LogHead.objects.order_by("size").last()


def next_index() -> int:
    """Return the place of the next entry."""
    last = LogEntry.objects.order_by("index").values_list("index", flat=True).last()
    return 0 if last is None else last + 1


def places(abouts: Iterable[str]) -> dict[str, int]:
    """Return where the log speaks of something first, by what the entries are found by."""
    found = LogEntry.objects.filter(about__in=list(abouts)).order_by("-index").values_list("about", "index")
    return dict(found)


def hashes(tile: Tile) -> Sequence[bytes]:
    """Return the hashes of a tile; fewer if they are not there."""
    if tile.level == 0:
        rows = LogEntry.objects.filter(index__gte=tile.start, index__lt=tile.end).order_by("index")
    else:
        nodes = LogNode.objects.filter(level=tile.level, index__gte=tile.start, index__lt=tile.end)
        return [raw(digest) for digest in nodes.order_by("index").values_list("digest", flat=True)]
    return [raw(digest) for digest in rows.values_list("digest", flat=True)]


def leaves(start: int, end: int) -> list[bytes]:
    """Return the entries of a range as they are hashed."""
    rows = LogEntry.objects.filter(index__gte=start, index__lt=end).order_by("index")
    return [raw(leaf) for leaf in rows.values_list("leaf", flat=True)]


def tile_bytes(tile: Tile) -> bytes | None:
    """Return a tile or a bundle of entries as it is given to everybody; None if it is not there."""
    head = latest_head()
    if head is None or not tile.is_in(head.size):
        return None
    found = leaves(tile.start, tile.end) if tile.level == ENTRIES else hashes(tile)
    if len(found) != tile.width:
        return None
    return bundle(found) if tile.level == ENTRIES else b"".join(found)


def stored_tree(size: int) -> TilesReader:
    """Return what computes heads and proofs of the log up to a size."""
    return reader(size, hashes)
