"""Check a public log: signature, tree, history, and that what is published is what was logged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import chain
from typing import Any

from tlog_scales.reader import TilesReader
from tlog_scales.tiles import leaf_hash
from tlog_scales.tlog import Checkpoint

from kiemtin.audit.exceptions import EntryError, NoteError
from kiemtin.audit.publiclog.entries import LONGEST_TEXT, VERSIONS, WORDS, Entry, Kind, digest_of
from kiemtin.audit.publiclog.notes import open_note, read_key, read_note
from kiemtin.audit.publiclog.tiles import ENTRIES, WIDTH, Tile, full_tile_hash, reader
from kiemtin.audit.verifying.differences import Code, Difference
from kiemtin.audit.verifying.memory import Memory
from kiemtin.audit.verifying.site import NotThereError, Site, SiteError, Trouble

MOST = 5_000_000
"""Entries of a log that is checked; more than that is some trick."""

_TURNS = 3  # how often it is looked again if something was published meanwhile

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Seen:
    """What was seen of a log.

    Attributes
    ----------
    note, key
        The latest head as signed, and the key that the site tells.
    size, root, origin
        What the head says.
    since
        Size of the older head that it was compared with; -1 without one.
    digests
        Hashes of the entries.
    differences
        What is wrong.
    """

    note: str
    key: str
    size: int = 0
    root: bytes = b""
    origin: str = ""
    since: int = -1
    digests: list[bytes] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)

    @property
    def memory(self) -> Memory:
        """What to remember of it."""
        return Memory(self.note, self.key, tuple(self.digests))

    def add(self, code: Code, **fields: Any) -> None:  # noqa: ANN401  (those of a difference)
        """Note a difference."""
        self.differences.append(Difference(code, **fields))


def check_log(site: Site, memory: Memory | None, *, progress: Progress = lambda *_: None) -> Seen:
    """Check a log from its first entry on.

    Parameters
    ----------
    memory
        What was seen before; None takes the key and the head for granted this once.
    progress
        Called with how many entries are done, of how many.

    Raises
    ------
    SiteError
        The site cannot be reached, or has no log.
    """
    for _ in range(_TURNS):
        seen = _check_once(site, memory, progress)
        if not (seen.differences and seen.note) or site.checkpoint() == seen.note:
            break  # else something was published while it was read: what looks wrong may only be new
    return seen


def _check_once(site: Site, memory: Memory | None, progress: Progress) -> Seen:
    try:
        seen = Seen(note=site.checkpoint(), key=site.key())
    except NotThereError:
        if memory is None:
            raise
        seen = Seen(note="", key=memory.key)
        seen.add(Code.LOG_GONE)
        return seen
    head = _signed_head(seen, memory)
    if head is None:
        return seen
    seen.size, seen.root, seen.origin = head.size, head.root_hash, head.origin
    if head.size > MOST:
        raise SiteError(Trouble.TOO_LARGE, str(head.size))
    told: list[tuple[Entry | None, dict[str, Any] | None]] = []
    for tile in _tiles(head.size):
        if not _read_tile(site, tile, seen, told):
            break
        progress(tile.end, head.size)
    _check_tree(seen, memory)
    if len(seen.digests) == head.size:
        _check_contents(seen, told)
        _check_given(site, seen, [entry for entry, _ in told])
    return seen


def _signed_head(seen: Seen, memory: Memory | None) -> Checkpoint | None:
    """Read the head and check its signature, by the key that is remembered if there is one."""
    known = memory.key if memory else ""
    if known and known != seen.key:
        seen.add(Code.KEY_CHANGED, was=known, now=seen.key)
    try:
        return open_note(seen.note, read_key(seen.key))
    except NoteError:
        seen.add(Code.BAD_SIGNATURE)
        return None


def _tiles(size: int) -> Iterator[Tile]:
    for start in range(0, size, WIDTH):
        yield Tile(ENTRIES, start // WIDTH, min(WIDTH, size - start))


def _read_tile(site: Site, tile: Tile, seen: Seen, told: list[tuple[Entry | None, dict[str, Any] | None]]) -> bool:
    """Fetch a bundle of entries, with what is published of them; False if it is not to be had."""
    try:
        leaves = site.leaves(tile)
    except SiteError as error:
        if error.trouble not in (Trouble.NO_LOG, Trouble.UNREADABLE):
            raise
        seen.add(Code.ENTRIES_MISSING, entry=tile.start, was=str(tile.start), now=str(tile.end - 1))
        return False
    digests = [leaf_hash(leaf) for leaf in leaves]
    if not _is_given(site, tile, digests):
        seen.add(Code.TILE_WRONG, entry=tile.start, was=str(tile.start), now=str(tile.end - 1))
    seen.digests += digests
    contents = site.published(tile)
    for place, (leaf, content) in enumerate(zip(leaves, contents, strict=True)):
        try:
            told.append((Entry.of_leaf(leaf), content))
        except EntryError:
            told.append((None, content))
            seen.add(Code.ENTRY_UNREADABLE, entry=tile.start + place)
    return True


def _is_given(site: Site, tile: Tile, digests: Sequence[bytes]) -> bool:
    """Whether the site gives these hashes to those who do not read the entries."""
    try:
        return site.hashes(Tile(0, tile.index, tile.width)) == b"".join(digests)
    except NotThereError:
        return False


def tree_of(digests: Sequence[bytes]) -> TilesReader:
    """Return what computes heads of a log from the hashes of its entries."""
    levels = [list(digests)]
    while len(levels[-1]) >= WIDTH:
        below = levels[-1]
        full = range(0, len(below) - WIDTH + 1, WIDTH)
        levels.append([full_tile_hash(below[start : start + WIDTH]) for start in full])

    def hashes(tile: Tile) -> Sequence[bytes]:
        return levels[tile.level][tile.start : tile.end] if tile.level < len(levels) else ()

    return reader(len(digests), hashes)


def _check_tree(seen: Seen, memory: Memory | None) -> None:
    """Compare the head with the entries, and the entries with what was seen before."""
    tree = tree_of(seen.digests)
    if len(seen.digests) == seen.size and tree.calculate_root_hash() != seen.root:
        seen.add(Code.ROOT_WRONG)
    if memory is None:
        return
    old = read_note(memory.note)
    seen.since = old.size
    if not memory.key and not _fits(memory.note, seen.key):
        seen.add(Code.KEY_CHANGED, now=seen.key)
    if old.origin != seen.origin:
        seen.add(Code.ORIGIN_CHANGED, was=old.origin, now=seen.origin)
    if seen.size < old.size:
        seen.add(Code.SHRUNK, was=str(old.size), now=str(seen.size))
    elif len(seen.digests) >= old.size and tree.mth(0, old.size) != old.root_hash:
        seen.add(Code.HISTORY_REWRITTEN, was=str(old.size))
    for index, (before, now) in enumerate(zip(memory.digests, seen.digests, strict=False)):
        if before != now:
            seen.add(Code.ENTRY_CHANGED, entry=index)


def _fits(note: str, key: str) -> bool:
    try:
        open_note(note, read_key(key))
    except NoteError:
        return False
    return True


def _check_contents(seen: Seen, told: Sequence[tuple[Entry | None, dict[str, Any] | None]]) -> None:
    """Compare what is published with the hashes in the log."""
    last: dict[str, int] = {}
    cases: dict[str, tuple[int, Entry, dict[str, Any] | None]] = {}
    for index, (entry, content) in enumerate(told):
        if entry is None:
            continue
        if entry.kind not in VERSIONS:
            cases[entry.subject] = (index, entry, content)
            continue
        if entry.revision != last.get(entry.subject, 0) + 1:
            seen.add(Code.VERSION_SKIPPED, **_what(index, entry))
        last[entry.subject] = entry.revision
        if content is None:
            seen.add(Code.CONTENT_GONE, **_what(index, entry))
        elif not _is_same(entry, content):
            seen.add(Code.CONTENT_CHANGED, **_what(index, entry))
    for index, entry, content in cases.values():
        if entry.kind == Kind.REOPENED and content is not None:
            seen.add(Code.DECLINED_AGAIN, **_what(index, entry))
        elif entry.kind == Kind.DECLINED and (content is None or not _is_same(entry, content)):
            seen.add(Code.REASON_CHANGED, **_what(index, entry))


def _what(index: int, entry: Entry) -> dict[str, Any]:
    return {"entry": index, "subject": entry.subject, "revision": entry.revision}


def _is_same(entry: Entry, content: dict[str, Any]) -> bool:
    """Whether content is what an entry stands for, in its hash and in its words."""
    told = asdict(entry)
    del told["kind"], told["content"]  # of content, its kind has other words
    try:
        is_hashed = digest_of(content) == entry.content
    except EntryError:
        return False
    return is_hashed and all(
        _is_short_for(value, content.get(name, "")) if name in WORDS else content.get(name, type(value)()) == value
        for name, value in told.items()
    )


def _is_short_for(logged: str, whole: object) -> bool:
    """Whether a text in the log is this one, or the beginning of it where it was too long for an entry."""
    if not isinstance(whole, str) or len(whole) <= LONGEST_TEXT:
        return logged == whole
    return logged[:-1] == whole[: LONGEST_TEXT - 1]


def _check_given(site: Site, seen: Seen, entries: Sequence[Entry | None]) -> None:
    """Compare what other programs are given as the present state with the last entry on each thing."""
    last = {
        entry.subject: (index, entry)
        for index, entry in enumerate(entries)
        if entry is not None and entry.kind in VERSIONS
    }
    standing = {subject for subject, (_, entry) in last.items() if entry.kind != Kind.WITHDRAWN}
    for given in chain(site.given(), site.standing()):
        standing.discard(given.subject)
        if given.subject not in last:
            seen.add(Code.NOT_LOGGED, subject=given.subject, revision=given.revision)
            continue
        index, entry = last[given.subject]
        if entry.kind == Kind.WITHDRAWN:
            seen.add(Code.WITHDRAWN_GIVEN, **_what(index, entry))
        elif given.revision != entry.revision:
            now = {"was": str(entry.revision), "now": str(given.revision)}
            seen.add(Code.OTHER_VERSION, **_what(index, entry), **now)
        elif not _is_short_for(entry.words, given.words):
            seen.add(Code.CONTENT_CHANGED, **_what(index, entry))
    for index, entry in sorted((last[subject] for subject in standing), key=lambda one: one[0]):
        seen.add(Code.NOT_GIVEN, **_what(index, entry))
