"""The one way to add to the public log, and to sign it."""

from __future__ import annotations

import base64
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from tlog_scales.tiles import leaf_hash
from tlog_scales.tlog import ConsistencyProofInvalid

from kiemtin.audit.exceptions import LogKeyError
from kiemtin.audit.models import LogEntry, LogHead, LogNode, PublicLog
from kiemtin.audit.publiclog.entries import Entry
from kiemtin.audit.publiclog.log_key import log_key
from kiemtin.audit.publiclog.notes import sign
from kiemtin.audit.publiclog.stored import hashes, latest_head, next_index, raw, stored_tree
from kiemtin.audit.publiclog.tiles import WIDTH, Tile, full_tile_hash
from kiemtin.audit.record import record

_ACTOR = "public-log"


@transaction.atomic
def append(*entries: Entry) -> list[LogEntry]:
    """Add entries in the order given and sign the head over them; call it last in the transaction of what they tell.

    Others who add wait until this transaction ends, so the order is one. Where no head can be signed the entries are
    added all the same, and whoever checks the log finds it: a desk must be able to correct itself at any time.

    Raises
    ------
    EntryError
        An entry is too long or holds what JSON cannot say.
    """
    log = locked_log()
    first = next_index()
    rows = [_row(first + place, entry) for place, entry in enumerate(entries)]
    LogEntry.objects.bulk_create(rows)
    _add_nodes(level=1, before=first, after=first + len(rows))
    if rows:
        _sign(log, first + len(rows))
    return rows


def locked_log() -> PublicLog:
    """Return the log, locked until the transaction ends; begun if it is not there."""
    log, _ = PublicLog.objects.select_for_update().get_or_create(name=PublicLog.NAME, defaults={"origin": _origin()})
    return log


def _row(index: int, entry: Entry) -> LogEntry:
    leaf = entry.leaf()
    return LogEntry(index=index, about=entry.about, leaf=leaf, digest=leaf_hash(leaf))


def _add_nodes(*, level: int, before: int, after: int) -> None:
    """Store the hashes over the tiles that became full, and over the tiles of those."""
    first, last = before // WIDTH, after // WIDTH
    if first == last:
        return
    tiles = (Tile(level - 1, index, WIDTH) for index in range(first, last))
    LogNode.objects.bulk_create(
        LogNode(level=level, index=tile.index, digest=full_tile_hash(hashes(tile))) for tile in tiles
    )
    _add_nodes(level=level + 1, before=first, after=last)


def _sign(log: PublicLog, size: int) -> None:
    """Sign the log at a size, unless it is not what was signed before with something added."""
    before = latest_head()
    try:
        key = log_key(may_make=before is None)
        root = _root_after(before, size)
    except (LogKeyError, ConsistencyProofInvalid, RuntimeError, ValueError) as error:
        reason = "key" if isinstance(error, LogKeyError) else "history"
        record(
            by=_ACTOR, verb="log.not-signed", object_type="log", desk="", object_id=str(size), detail={"reason": reason}
        )
        return
    LogHead.objects.create(size=size, root=root, note=sign(key, origin=log.origin, size=size, root=root))


def _root_after(before: LogHead | None, size: int) -> bytes:
    """Return the root at a size.

    Raises
    ------
    ConsistencyProofInvalid, RuntimeError, ValueError
        It does not fit the head before: entries were changed or are missing.
    """
    tree = stored_tree(size)
    root: bytes = tree.calculate_root_hash()
    if before is not None and before.size >= size:
        raise ValueError("entries are missing that were signed")
    if before is not None:
        tree.get_consistency_proof(before.size, size).check(raw(before.root), root)
    return root


def _origin() -> str:
    """Return the name of a log that begins: the address without its protocol, as C2SP tlog-tiles asks for."""
    parts = urlsplit(settings.KIEMTIN_ADDRESS)
    return f"{parts.netloc}{parts.path}/log"


def root_text(head: LogHead) -> str:
    """Return the root of a head as its note has it."""
    return base64.b64encode(raw(head.root)).decode("ascii")
