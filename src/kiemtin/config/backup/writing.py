"""Writes a backup: one compressed tar file, its members in a fixed order, the list of contents last."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import io
import os
import shutil
import tarfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from django.utils.translation import gettext_noop as _

from kiemtin import __version__
from kiemtin.config.backup.database import Installation, State
from kiemtin.config.backup.durable import held, sync
from kiemtin.config.backup.errors import BusyError
from kiemtin.config.backup.inventory import Found, look
from kiemtin.config.backup.manifest import HEAD, LIST, Manifest, Member, head
from kiemtin.database.alone import alone

_LEVEL: Final = 6
_PATIENCE: Final = 120.0  # seconds that the months of open data may take to be written


def write_file(installation: Installation, target: Path) -> tuple[Manifest, Found]:
    """Write a backup of an installation to a file that appears whole or not at all, readable by its owner only.

    What was there before is replaced. The copy of the database lies beside it meanwhile.

    Raises
    ------
    BackupError, OSError
    """
    with _workplace(target) as folder:
        draft = folder / "backup"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            made = _write(installation, file, folder)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    sync(target.parent)
    return made


def write_stream(installation: Installation, target: IO[bytes], *, beside: Path) -> tuple[Manifest, Found]:
    """Write a backup into a pipe; the copy of the database lies meanwhile in a folder of its own at `beside`.

    Raises
    ------
    BackupError, OSError
    """
    with _workplace(beside) as folder:
        made = _write(installation, target, folder)
        target.flush()
    return made


@contextmanager
def _workplace(target: Path) -> Iterator[Path]:
    """Yield an empty folder beside the target that only we use and see; one that a crash left behind is cleared."""
    folder = target.with_name(f".{target.name}.part")
    folder.mkdir(mode=0o700, exist_ok=True)
    with held(folder) as is_mine:
        if not is_mine:
            raise BusyError(_("another process is writing this backup"))
        try:
            for left in folder.iterdir():
                left.unlink()
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _write(installation: Installation, target: IO[bytes], folder: Path) -> tuple[Manifest, Found]:
    """Copy the database first: files that its rows name are written before the rows, so that they are there."""
    data, database = installation.data, installation.database
    made = dt.datetime.now(dt.UTC).replace(microsecond=0)
    state = database.save(folder / database.member)
    with ExitStack() as stack:
        if (data / "open-data").is_dir():
            stack.enter_context(_quiet_months())
        found = look(data, database=database.member)
        packed = stack.enter_context(gzip.GzipFile("", "wb", _LEVEL, target, mtime=0))
        archive = stack.enter_context(tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT))
        writer = _Writer(archive, int(made.timestamp()))
        writer.add_bytes(HEAD, head(__version__))
        members = [writer.add_file(database.member, folder / database.member)]
        for name in found.members:
            with suppress(FileNotFoundError):  # its time was over a moment ago
                members.append(writer.add_file(name, data / name))
        manifest = _manifest(made, state, members)
        writer.add_bytes(LIST, manifest.to_json())
    return manifest, found


def _manifest(made: dt.datetime, state: State, members: list[Member]) -> Manifest:
    return Manifest(__version__, made, state.migrations, state.rows, tuple(members))


@contextmanager
def _quiet_months() -> Iterator[None]:
    """Hold the right to change the months of open data, so that none is replaced while it is read."""
    until = time.monotonic() + _PATIENCE
    while True:
        with alone("open-data") as is_free:
            if is_free:
                yield
                return
        if time.monotonic() > until:
            raise BusyError(_("the open data of a month are being written"))
        time.sleep(0.2)


class _Writer:
    """Adds members to a tar file: nothing of who made it is in their headers."""

    def __init__(self, archive: tarfile.TarFile, made: int) -> None:
        self._archive = archive
        self._made = made

    def add_bytes(self, name: str, content: bytes) -> None:
        self._archive.addfile(self._entry(name, len(content), 0o600), io.BytesIO(content))

    def add_file(self, name: str, path: Path) -> Member:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
            told = os.fstat(file.fileno())
            read = _Hashed(file)
            self._archive.addfile(self._entry(name, told.st_size, told.st_mode & 0o777), read)
        return Member(name, told.st_size, read.hash.hexdigest())

    def _entry(self, name: str, size: int, mode: int) -> tarfile.TarInfo:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode, entry.mtime = size, mode, self._made
        return entry


class _Hashed(io.RawIOBase):
    """Reads a file and hashes what was read."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file
        self.hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self.hash.update(piece)
        return piece
