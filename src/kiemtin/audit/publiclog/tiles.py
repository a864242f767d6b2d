"""Tiles: up to 256 hashes of one level, or 256 entries, by their names in addresses (C2SP tlog-tiles)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tlog_scales.reader import TilesReader
from tlog_scales.tiles import level_entries, tile_path

WIDTH = 256
ENTRIES = -1
"""The level of bundles of entries, as the library has it."""

_NAME = re.compile(r"(entries|\d{1,2})/((?:x\d{3}/)*\d{3})(?:\.p/(\d{1,3}))?")


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile: `width` hashes of a level from number `index` × 256 on, or as many entries."""

    level: int
    index: int
    width: int

    @property
    def start(self) -> int:
        """The first one's place within the level."""
        return self.index * WIDTH

    @property
    def end(self) -> int:
        """The place after the last one."""
        return self.start + self.width

    @property
    def name(self) -> str:
        """What stands after `tile/` in its address."""
        return "/".join(tile_path(self.level, self.index, self.width % WIDTH)[1:])

    def is_in(self, size: int) -> bool:
        """Whether a log of a size has it: whole, or as the partial tile of that size or an earlier one."""
        return self.end <= int(level_entries(size, self.level))


def tile_of(name: str) -> Tile | None:
    """Return the tile of a name, None if it is the name of none."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    level = ENTRIES if found[1] == "entries" else int(found[1])
    index = int(found[2].replace("x", "").replace("/", ""))
    tile = Tile(level, index, int(found[3]) if found[3] else WIDTH)
    return tile if 0 < tile.width <= WIDTH and tile.name == name else None


def full_tile_hash(hashes: Sequence[bytes]) -> bytes:
    """Return the hash over a full tile, which stands in the level above.

    Raises
    ------
    ValueError
        It is not full.
    """
    if len(hashes) != WIDTH:
        raise ValueError(f"a full tile has {WIDTH} hashes, not {len(hashes)}")
    row = list(hashes)
    while len(row) > 1:
        row = [_above(row[place], row[place + 1]) for place in range(0, len(row), 2)]
    return row[0]


def _above(left: bytes, right: bytes) -> bytes:
    """Return the hash of two (RFC 9162, 2.1.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def bundle(leaves: Sequence[bytes]) -> bytes:
    """Return entries as a bundle: each after its length in two bytes."""
    return b"".join(len(leaf).to_bytes(2) + leaf for leaf in leaves)


class _Backend:
    """Gives the library the hashes that it asks for by the names of tiles."""

    def __init__(self, hashes: Callable[[Tile], Sequence[bytes]]) -> None:
        self._hashes = hashes

    def get(self, *path: str) -> bytes | None:
        tile = tile_of("/".join(path[1:]))
        found = self._hashes(tile) if tile else ()
        return b"".join(found) if tile and len(found) == tile.width else None


def reader(size: int, hashes: Callable[[Tile], Sequence[bytes]]) -> TilesReader:
    """Return what computes heads and proofs of a log.

    Parameters
    ----------
    size
        Of the log. Heads of earlier sizes can be asked for too.
    hashes
        Returns the hashes of a tile.
    """
    found = TilesReader(_Backend(hashes))
    found.set_size(size)
    return found
