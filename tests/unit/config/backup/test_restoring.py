"""What is checked of a restored database before it is put in place; the whole way is in `tests/integration`."""

import datetime as dt
from dataclasses import replace

import pytest

from kiemtin.config.backup import restoring
from kiemtin.config.backup.errors import DamagedBackupError, MigrationError, NewerBackupError
from kiemtin.config.backup.manifest import Manifest, Member
from kiemtin.config.backup.placing import Aside
from kiemtin.config.backup.restoring import Restored, _differing, _migrate, _missing
from tests import databases

MANIFEST = Manifest(
    "0.1.0",
    dt.datetime(2026, 11, 29, tzinfo=dt.UTC),
    ("accounts.0001_initial",),
    {"django_migrations": 1, "message": 200},
    (),
)


def test_migrations_that_are_not_there_yet_are_named(here):
    missing = _missing(here.database.state(), MANIFEST, "kiemtin.sqlite3")
    assert "accounts.0001_initial" not in missing
    assert {"accounts.0002_append_only", "audit.0001_initial"} <= missing


def test_a_migration_that_is_not_known_is_a_newer_version(folder, here):
    with databases.opened(folder) as hand:
        hand.execute("INSERT INTO django_migrations (app, name) VALUES ('accounts', '0999_later')")
    with pytest.raises(NewerBackupError) as raised:
        _missing(here.database.state(), MANIFEST, "kiemtin.sqlite3")
    assert raised.value.version == "0.1.0"


@pytest.mark.parametrize("fields", [{"rows": {"django_migrations": 1, "message": 199}}, {"migrations": ()}])
def test_other_rows_or_migrations_than_the_list_says_are_damage(here, fields):
    with pytest.raises(DamagedBackupError):
        _missing(here.database.state(), replace(MANIFEST, **fields), "kiemtin.sqlite3")


def test_migrations_that_fail_change_nothing(here, folder, monkeypatch):
    monkeypatch.setattr(restoring, "_child", lambda *_: 1)
    with pytest.raises(MigrationError):
        _migrate(here.database, folder)


def test_files_that_are_not_as_in_the_backup_are_named(folder):
    same = Member("secret-key", 4, restoring._hash(folder / "secret-key"))
    members = (same, replace(same, name="reply-key"), replace(same, name="log-key"), Member("kiemtin.sqlite3", 1, ""))
    assert _differing(replace(MANIFEST, members=members), folder) == ("reply-key", "log-key")


def test_it_is_the_same_only_if_rows_and_files_are():
    rows = dict(MANIFEST.rows)
    restored = Restored(MANIFEST, rows, (), 0, Aside(), (), True)
    assert restored.is_same
    assert not replace(restored, rows=rows | {"message": 1}).is_same
    assert replace(restored, rows=rows | {"message": 1}, migrated=3).is_same
    assert not replace(restored, differing=("secret-key",)).is_same
    assert not replace(restored, unguarded=("audit_event_no_update",)).is_same
