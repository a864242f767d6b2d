"""Backups, as `kiemtin restore` reads them."""

from __future__ import annotations

import contextlib
import gzip
import io
from unittest.mock import patch

from fuzz.harness import Harness, empty, must
from kiemtin.config.backup import reading
from kiemtin.config.backup.errors import BackupError
from kiemtin.config.backup.manifest import Manifest, check_head


def backups(data: bytes) -> None:
    """Lay out a backup; what is no gzip stream is packed first, so that the fuzzer can change what is inside."""
    packed = data if data[:2] == b"\x1f\x8b" else gzip.compress(data, 1)
    with empty("outside") as outside:
        folder = outside / "data"
        folder.mkdir()
        # Slow, and nothing here must outlive a power cut.
        with patch.object(reading, "sync"), contextlib.suppress(BackupError):
            reading.unpack(io.BytesIO(packed), folder, database="kiemtin.sqlite3")
        must([path.name for path in outside.iterdir()] == ["data"], "nothing is written beside the folder")
        must(not any(path.is_symlink() for path in folder.rglob("*")), "no link is made")


def manifests(data: bytes) -> None:
    """Read what a backup says of itself."""
    for read in (check_head, Manifest.of_json):
        with contextlib.suppress(BackupError):
            read(data)


HARNESSES = (
    Harness(
        "backups",
        "an archive given to `kiemtin restore`",
        backups,
        longest=16_384,
        words=(b"ustar\x0000", b"../", b"kiemtin.sqlite3", b"manifest.json", b"kiemtin-backup.json", b"L", b"x", b"2"),
        libraries=("tarfile", "gzip"),
    ),
    Harness("manifests", "what a backup says of itself", manifests, words=(b'"members":', b'"rows":', b'"format":')),
)
