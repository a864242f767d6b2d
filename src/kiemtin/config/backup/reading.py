"""Reads a backup into an empty folder, trusting nothing in it: names, kinds and hashes are checked as it comes."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from django.utils.translation import gettext_noop as _

from kiemtin.config.backup.durable import sync
from kiemtin.config.backup.errors import DamagedBackupError, ForeignFileError, NoRoomError, OtherKindError
from kiemtin.config.backup.inventory import DATABASES, DUMP, KEYS, is_member
from kiemtin.config.backup.manifest import HEAD, LIST, Manifest, Member, check_head

_PIECE: Final = 1 << 20
_LONGEST: Final = {HEAD: 4 << 10, LIST: 256 << 20}  # bytes
_SPARE: Final = 64 << 20  # bytes that are left free


def unpack(source: IO[bytes], folder: Path, *, database: str) -> Manifest:
    """Lay the files of a backup into a folder and check them against its list of contents.

    Parameters
    ----------
    database
        The name in a backup of the kind of database that is wanted.

    Raises
    ------
    ForeignFileError, NewerBackupError, DamagedBackupError, OtherKindError, NoRoomError, OSError
        What lies in the folder is then good for nothing.
    """
    packed = gzip.GzipFile(fileobj=source, mode="rb")
    archive = _opened(packed)
    with _readable(), archive:
        manifest = _unpack(archive, folder, database)
        while packed.read(_PIECE):  # to the end, where gzip's own checksum is compared
            pass
    _sync_all(folder)
    return manifest


def _opened(packed: gzip.GzipFile) -> tarfile.TarFile:
    """Open the archive and read its first member, which says whose it is."""
    try:
        archive = tarfile.open(fileobj=packed, mode="r|")  # noqa: SIM115  (the caller closes it)
        first = archive.next()
    except gzip.BadGzipFile as error:
        raise ForeignFileError(_("it is not compressed as a backup is")) from error
    except (tarfile.TarError, EOFError, zlib.error, OSError) as error:
        raise ForeignFileError(_("it is no archive, or was cut off at its beginning")) from error
    if first is None or first.name != HEAD or not first.isreg():
        raise ForeignFileError(_("it does not begin as a backup does"))
    with _readable():
        check_head(_content(archive, first))
    return archive


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DamagedBackupError(_("it cannot be read to its end")) from error


def _unpack(archive: tarfile.TarFile, folder: Path, database: str) -> Manifest:
    members: dict[str, Member] = {}
    while (entry := archive.next()) is not None:
        if entry.name == LIST and entry.isreg():
            manifest = Manifest.of_json(_content(archive, entry))
            _check(manifest, members, database)
            return manifest
        if not entry.isreg() or not is_member(entry.name) or entry.name in members:
            raise DamagedBackupError(_("it holds what no backup holds"), name=entry.name)
        if entry.name in DATABASES and entry.name != database:
            raise OtherKindError("it is of another kind of database", is_of_server=entry.name == DUMP)
        if entry.size + _SPARE > shutil.disk_usage(folder).free:
            raise NoRoomError("there is not enough room on the disk")
        members[entry.name] = _lay(archive, entry, folder)
    raise DamagedBackupError(_("it has no list of contents"))


def _check(manifest: Manifest, members: dict[str, Member], database: str) -> None:
    if database not in members:
        raise DamagedBackupError(_("there is no database in it"))
    if {one.name: one for one in manifest.members} != members or len(manifest.members) != len(members):
        wrong = sorted({*manifest.members} ^ {*members.values()}, key=lambda one: one.name)
        raise DamagedBackupError(_("a file is not what its list of contents says"), name=wrong[0].name if wrong else "")


def _content(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> bytes:
    if entry.size > _LONGEST[entry.name]:
        raise DamagedBackupError(_("a file is longer than it can be"), name=entry.name)
    file = archive.extractfile(entry)
    return file.read() if file else b""


def _lay(archive: tarfile.TarFile, entry: tarfile.TarInfo, folder: Path) -> Member:
    """Write one file, new, with no right for others to change or run it; keys and database for their owner only."""
    path = folder / entry.name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    mode = 0o600 if entry.name in (*DATABASES, *KEYS) else (entry.mode & 0o644) | 0o400
    read = archive.extractfile(entry)
    if read is None:
        raise DamagedBackupError(_("it cannot be read to its end"), name=entry.name)
    hashed, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode), "wb") as file:
        while piece := read.read(_PIECE):
            hashed.update(piece)
            size += len(piece)
            file.write(piece)
    return Member(entry.name, size, hashed.hexdigest())


def _sync_all(folder: Path) -> None:
    for path in (*folder.rglob("*"), folder):
        sync(path)
