"""Everything that lies in a data folder is known to the backup."""

import re
from pathlib import Path

import pytest

import kiemtin
from kiemtin.config.backup.inventory import KEPT, Kind, holds, is_member, kind_of, look

# Each file of the source that names the data folder, and what it puts there. Who adds one says here what it is, and in
# `inventory.py` whether it goes into a backup.
MAKES = {
    "audit/publiclog/log_key.py": ("log-key",),
    "checks/copy_store.py": ("copies",),
    "config/backup/writing.py": (),
    "config/commands/backup.py": (".backup.part",),
    "config/commands/restore.py": (".restoring", "before-restore-20261129-010000"),
    "config/commands/serve.py": (),
    "config/backup/restoring.py": (),
    "config/chores.py": (),
    "config/database.py": (".before-update-copy.part", "before-update-20261129-010000.sqlite3"),
    "config/backup/postgresql.py": (),
    "config/backup/sqlite.py": (),
    "config/doctor/database.py": (),
    "config/doctor/examination.py": (),
    "config/doctor/machine.py": (),
    "config/doctor/server.py": (),
    "config/doctor/setup.py": (),
    "config/errors.py": (),
    "config/commands/worker.py": ("running.lock",),
    "config/server.py": ("running.lock",),
    "config/settings.py": ("kiemtin.sqlite3", "kiemtin.sqlite3-wal", "kiemtin.sqlite3-shm", "secret-key"),
    "database/alone.py": ("migrate.lock", "open-data.lock", "settle.lock"),
    "exchange/opendata/catalogue.py": ("open-data",),
    "matching/folder.py": ("index", "index.lock", "index-messages", "index-messages.lock"),
    "matching/live.py": (),
    "public/card_files.py": ("cards",),
    "questions/secrets.py": ("reply-key", "reply-key.0123456789abcdef", "indicator-key"),
}


def test_what_the_source_puts_into_the_data_folder_is_known():
    source = Path(kiemtin.__file__).parent
    found = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if re.search(r"\bKIEMTIN_DATA\b", path.read_text(encoding="utf-8"))
    }
    assert found - MAKES.keys() == set(), (
        "say in MAKES what it puts there, and in inventory.py what a backup does with it"
    )
    assert {name for names in MAKES.values() for name in names if kind_of(name) is Kind.UNKNOWN} == set()


@pytest.mark.parametrize("name", ["kiemtin.sqlite3", "secret-key", "reply-key", "indicator-key", "log-key"])
def test_what_cannot_be_made_again_goes_into_a_backup(name):
    assert kind_of(name) in KEPT
    assert is_member(name)


def test_a_dump_is_in_backups_only():
    assert is_member("kiemtin.pgdump")
    assert kind_of("kiemtin.pgdump") is Kind.UNKNOWN


def test_a_file_of_sqlite_beside_a_database_on_a_server_is_unknown(folder):
    (folder / "kiemtin.sqlite3").touch()
    assert "kiemtin.sqlite3" not in look(folder).unknown
    assert look(folder, database="kiemtin.pgdump").unknown == ("kiemtin.sqlite3",)


@pytest.mark.parametrize("name", ["cards", "index", "index-messages"])
def test_what_is_made_again_does_not(name):
    assert kind_of(name) is Kind.AGAIN
    assert not is_member(f"{name}/x")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "/etc/passwd",
        "../secret-key",
        "copies/../../secret-key",
        "copies/./x",
        "copies//x",
        "copies",
        "copies/.hidden",
        "copies/a\0b",
        "copies/a\nb",
        "copies/a\\..\\b",
        "copies/ab/half.part",
        "secret-key/x",
        "kiemtin.sqlite3-wal",
        "open-data/lock",
        "open-data/heeded",
        "open-data/x/y",
        "authorized_keys",
        "copies/" + "a" * 300,
    ],
)
def test_names_that_lead_elsewhere_or_are_not_ours_are_no_members(name):
    assert not is_member(name)


def test_keys_come_first_what_is_made_again_is_named_and_what_is_unknown_too(folder):
    (folder / "notes.txt").touch()
    (folder / "copies" / "ab" / "draft.part").touch()
    (folder / "copies" / "ab" / "away").symlink_to("/etc/passwd")
    (folder / "before-restore-20261129-010000").mkdir()
    found = look(folder)
    assert found.members == ("reply-key", "secret-key", "copies/ab/abcd", "open-data/2026-11/month.json")
    assert found.again == ("cards", "index")
    assert found.unknown == ("copies/ab/away", "notes.txt")


def test_a_key_that_is_a_link_is_not_followed(folder):
    (folder / "log-key").symlink_to("/etc/passwd")
    assert "log-key" not in look(folder).members
    assert "log-key" in look(folder).unknown


def test_a_folder_is_empty_with_only_locks_and_what_is_made_again_in_it(data):
    assert holds(data / "gone") == ()
    for name in ("migrate.lock", "lost+found", ".restoring", "index"):
        (data / name).mkdir()
    assert holds(data) == ()
    (data / "mine.txt").touch()
    assert holds(data) == ("mine.txt",)
