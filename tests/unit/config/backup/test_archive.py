"""What is written is read back; what was cut off, altered or comes from elsewhere is refused."""

import gzip
import io
import json
import os
import random
import stat
import tarfile
import zlib
from contextlib import contextmanager, suppress

import pytest

from kiemtin.config.backup import reading, writing
from kiemtin.config.backup.durable import held
from kiemtin.config.backup.errors import (
    BackupError,
    BusyError,
    DamagedBackupError,
    ForeignFileError,
    NewerBackupError,
    NoRoomError,
    OtherKindError,
)
from kiemtin.config.backup.manifest import HEAD, LIST
from kiemtin.config.backup.reading import unpack
from kiemtin.config.backup.writing import write_file, write_stream

from .conftest import MEMBER, count

pytestmark = pytest.mark.django_db  # the months of open data are held through it


@pytest.fixture
def backup(here, tmp_path):
    path = tmp_path / "backup.tar.gz"
    write_file(here, path)
    return path


@pytest.fixture
def empty(tmp_path):
    path = tmp_path / "empty"
    path.mkdir()
    return path


def read(content, folder):
    return unpack(io.BytesIO(content), folder, database=MEMBER)


def files_of(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def entries_of(path):
    """Return (header, content) of each member."""
    with tarfile.open(path) as archive:
        return [(entry, archive.extractfile(entry).read()) for entry in archive]


def packed(entries):
    """Make a backup of (header, content); a header that is a name becomes one of a file."""
    target = io.BytesIO()
    with gzip.GzipFile("", "wb", 1, target) as file, tarfile.open(fileobj=file, mode="w|") as archive:
        for header, content in entries:
            entry = tarfile.TarInfo(header) if isinstance(header, str) else header
            if entry.isreg():
                entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return target.getvalue()


def test_what_goes_in_comes_out(backup, empty):
    manifest = read(backup.read_bytes(), empty)
    assert files_of(empty) == [
        "copies/ab/abcd",
        MEMBER,
        "open-data/2026-11/month.json",
        "reply-key",
        "secret-key",
    ]
    assert (empty / "reply-key").read_text() == "khoa khac\n"
    assert count(empty / MEMBER) == 200
    assert manifest.rows == {"django_migrations": 1, "message": 200}
    assert [member.name for member in manifest.members][:3] == [MEMBER, "reply-key", "secret-key"]


def test_file_keys_and_database_are_for_their_owner_only(here, backup, empty, folder):
    (folder / "copies" / "ab" / "abcd").chmod(0o777)
    write_file(here, backup)
    read(backup.read_bytes(), empty)
    modes = {name: stat.S_IMODE((empty / name).stat().st_mode) for name in files_of(empty)}
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert {modes[name] for name in ("reply-key", "secret-key", MEMBER)} == {0o600}
    assert modes["copies/ab/abcd"] & 0o133 == 0


def test_the_form_stands_first_and_the_list_last_and_no_name_of_a_user_in_between(backup):
    entries = [entry for entry, _ in entries_of(backup)]
    assert (entries[0].name, entries[-1].name) == (HEAD, LIST)
    assert {(entry.uid, entry.gid, entry.uname, entry.gname) for entry in entries} == {(0, 0, "", "")}


@pytest.mark.sqlite  # pg_dump writes down when it ran
def test_the_same_state_gives_the_same_bytes_but_for_the_time(here, tmp_path, monkeypatch):
    real = writing.dt.datetime

    class Stopped(real):
        @classmethod
        def now(cls, tz=None):
            return real(2026, 11, 29, tzinfo=tz)

    monkeypatch.setattr(writing.dt, "datetime", Stopped)
    for name in ("one", "two"):
        write_file(here, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_through_a_pipe_it_is_the_same(here, folder, empty):
    target = io.BytesIO()
    write_stream(here, target, beside=folder / "backup")
    assert read(target.getvalue(), empty).rows["message"] == 200
    assert not list(folder.glob(".backup*"))


def test_what_fails_leaves_the_older_backup_and_nothing_beside_it(here, backup, monkeypatch):
    before = backup.read_bytes()

    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "sync", full)
    monkeypatch.setattr(writing.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_file(here, backup)
    assert backup.read_bytes() == before
    assert [path.name for path in backup.parent.iterdir() if "backup" in path.name] == [backup.name]


def test_an_older_backup_is_replaced_in_one_step(here, folder, backup):
    before = backup.read_bytes()
    with backup.open("rb") as reader:
        (folder / "secret-key").write_text("another")
        write_file(here, backup)
        assert reader.read() == before  # who was copying it has the whole of the older one
    assert backup.read_bytes() != before


def test_what_a_crash_left_is_cleared_and_what_another_process_does_is_not(here, backup):
    left = backup.with_name(f".{backup.name}.part")
    left.mkdir()
    (left / MEMBER).write_text("nửa chừng")
    with held(left), pytest.raises(BusyError):
        write_file(here, backup)
    assert (left / MEMBER).exists()
    write_file(here, backup)
    assert not left.exists()


def test_a_file_that_goes_while_it_is_packed_is_left_out(here, backup, empty, monkeypatch):
    real = writing.look

    def look(data, **options):
        found = real(data, **options)
        (data / "copies" / "ab" / "abcd").unlink()
        return found

    monkeypatch.setattr(writing, "look", look)
    write_file(here, backup)
    assert "copies/ab/abcd" not in {one.name for one in read(backup.read_bytes(), empty).members}


def test_months_that_are_being_written_are_waited_for(here, backup, monkeypatch):
    @contextmanager
    def taken(_name):
        yield False

    monkeypatch.setattr(writing, "alone", taken)
    monkeypatch.setattr(writing, "_PATIENCE", -1.0)
    with pytest.raises(BusyError):
        write_file(here, backup)


@pytest.mark.parametrize("part", [0.0, 0.001, 0.1, 0.5, 0.9, 0.99, "all but a byte", "all but the sum"])
def test_cut_off_anywhere_it_is_refused(backup, empty, part):
    content = backup.read_bytes()
    length = {"all but a byte": len(content) - 1, "all but the sum": len(content) - 8}.get(part)
    with pytest.raises((DamagedBackupError, ForeignFileError)):
        read(content[: int(len(content) * part) if length is None else length], empty)


def test_altered_anywhere_it_is_refused(backup, tmp_path):
    content = backup.read_bytes()
    chance, refused = random.Random(6), 0
    for number in range(150):
        altered = bytearray(content)
        altered[chance.randrange(10, len(content))] ^= 1 << chance.randrange(8)
        if not is_same(altered, content):
            folder = tmp_path / f"altered-{number}"
            folder.mkdir()
            with pytest.raises(BackupError):
                read(bytes(altered), folder)
            refused += 1
    assert refused > 100


def is_same(altered, content):
    """Whether the bit that was turned is one of those that unpack to the same bytes."""
    with suppress(zlib.error, EOFError, OSError):
        return gzip.decompress(bytes(altered)) == gzip.decompress(content)
    return False


@pytest.mark.parametrize("name", ["secret-key", MEMBER, "copies/ab/abcd"])
def test_another_content_under_a_name_is_found_by_its_hash(backup, empty, name):
    entries = [(entry, b"X" * len(content) if entry.name == name else content) for entry, content in entries_of(backup)]
    with pytest.raises(DamagedBackupError) as raised:
        read(packed(entries), empty)
    assert raised.value.name == name


@pytest.mark.parametrize("name", ["secret-key", MEMBER])
def test_a_member_too_few_is_found(backup, empty, name):
    with pytest.raises(DamagedBackupError):
        read(packed([(entry, content) for entry, content in entries_of(backup) if entry.name != name]), empty)


def link(name, kind, target):
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = kind, target
    return entry


@pytest.mark.parametrize(
    "header",
    [
        "../secret-key",
        "/tmp/kiemtin-escape",  # noqa: S108
        "copies/../../escape",
        "notes.txt",
        "index/manifest.json",
        "secret-key",  # twice
        link("copies/ab", tarfile.SYMTYPE, "/etc"),
        link("log-key", tarfile.LNKTYPE, "/etc/passwd"),
        link("copies/fifo", tarfile.FIFOTYPE, ""),
        link("copies/disk", tarfile.BLKTYPE, ""),
        link("copies/zz", tarfile.DIRTYPE, ""),
    ],
    ids=lambda header: header if isinstance(header, str) else header.name,
)
def test_what_no_backup_holds_is_refused_and_written_nowhere(backup, empty, header):
    entries = entries_of(backup)
    around = set(empty.parent.rglob("*")) - set(empty.rglob("*"))
    with pytest.raises(DamagedBackupError) as raised:
        read(packed([*entries[:-1], (header, b"x"), entries[-1]]), empty)
    assert raised.value.message == "it holds what no backup holds"
    assert set(empty.parent.rglob("*")) - set(empty.rglob("*")) == around
    assert not any(path.is_symlink() for path in empty.rglob("*"))


def test_a_folder_that_was_made_a_link_meanwhile_is_not_written_through(backup, empty, tmp_path):
    (empty / "secret-key").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="exists"):
        read(backup.read_bytes(), empty)
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a backup",
        gzip.compress(b"not a tar", mtime=0),
        packed([("a.txt", b"x")]),
        packed([(HEAD, b"[]")]),
        packed([(HEAD, b'{"program": "other", "format": 1}')]),
        packed([(link(HEAD, tarfile.SYMTYPE, "x"), b"")]),
        os.urandom(5000),
    ],
)
def test_a_foreign_file_is_told_from_a_damaged_one(empty, content):
    with pytest.raises(ForeignFileError):
        read(content, empty)
    assert not list(empty.iterdir())


def test_a_newer_form_is_refused_by_the_name_of_its_version(empty):
    with pytest.raises(NewerBackupError) as raised:
        read(packed([(HEAD, b'{"program": "kiemtin", "format": 99, "version": "9.0"}')]), empty)
    assert raised.value.version == "9.0"


def test_one_of_the_other_kind_of_database_is_refused_before_it_is_unpacked(backup, empty):
    other = "kiemtin.sqlite3" if MEMBER == "kiemtin.pgdump" else "kiemtin.pgdump"
    with pytest.raises(OtherKindError) as raised:
        unpack(io.BytesIO(backup.read_bytes()), empty, database=other)
    assert raised.value.is_of_server == (MEMBER == "kiemtin.pgdump")
    assert not list(empty.iterdir())


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"version": 1, "made": "x"}', b"\xff"])
def test_a_list_that_cannot_be_read_is_damage(backup, empty, content):
    entries = entries_of(backup)
    with pytest.raises(DamagedBackupError):
        read(packed([*entries[:-1], (LIST, content)]), empty)


def test_a_list_of_any_length_is_not_taken_into_memory(backup, empty, monkeypatch):
    monkeypatch.setattr(reading, "_LONGEST", {HEAD: 4096, LIST: 100})
    with pytest.raises(DamagedBackupError, match="longer"):
        read(backup.read_bytes(), empty)


def test_a_member_twice_in_the_list_is_damage(backup, empty):
    entries = entries_of(backup)
    given = json.loads(entries[-1][1])
    given["members"].append(given["members"][0])
    with pytest.raises(DamagedBackupError):
        read(packed([*entries[:-1], (LIST, json.dumps(given).encode())]), empty)


def test_without_room_it_stops_before_the_disk_is_full(backup, empty, monkeypatch):
    monkeypatch.setattr(reading, "_SPARE", 1 << 60)
    with pytest.raises(NoRoomError):
        read(backup.read_bytes(), empty)
