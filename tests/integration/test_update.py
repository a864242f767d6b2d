"""A newer version on the data of this one, and this one on the data of a newer: forward with a copy, never back.

The newer version is this one with another migration, given by settings of its own.
"""

import os
import shutil
import sqlite3
import stat
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

import kiemtin.audit.migrations
from benchmarks.desk.server import free_port
from kiemtin.config.cli import COMMANDS
from kiemtin.config.running import is_running
from tests import databases
from tests.databases import contents
from tests.integration.conftest import KIEMTIN, Program
from tests.patience import PATIENCE, wait_for
from tests.serving import started

MIGRATION = """
from django.db import migrations

class Migration(migrations.Migration):
    dependencies = [("audit", "{last}")]
    operations = [migrations.RunSQL("{statement}")]
"""
SETTINGS = """
from kiemtin.config.settings import *
MIGRATION_MODULES = {"audit": "newer_audit"}
"""
# What each command is called with here; those that open no database of ours, or only look, are in WITHOUT.
ARGUMENTS = {
    "import": ("{file}",),
    "source": ("list",),
    "ask": ("--no-encoder", "tin"),
    "match": ("{file}", "--out", "{file}.csv", "--no-encoder"),
    "index": ("--no-encoder",),
    "export": ("{file}.data",),
    "demo": ("--no-encoder",),
    "desk": ("list",),
    "person": ("link", "an@example.org"),
    "serve": ("--port", "1", "--no-encoder"),
    "worker": ("--once", "--no-encoder"),
}
WITHOUT = {"eval", "verify", "backup", "restore", "doctor"}


def newer(folder, statement="CREATE TABLE later (id integer)", name="0099_later"):
    """Make a newer version; returns the environment in which the command is it."""
    migrations = folder / "newer_audit"
    if not migrations.exists():
        shutil.copytree(Path(kiemtin.audit.migrations.__file__).parent, migrations)
        (folder / "newer_settings.py").write_text(SETTINGS)
    last = max(path.stem for path in migrations.glob("0*.py"))
    (migrations / f"{name}.py").write_text(MIGRATION.format(last=last, statement=statement))
    paths = [str(folder), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {"DJANGO_SETTINGS_MODULE": "newer_settings", "PYTHONPATH": os.pathsep.join(paths)}


def dump(path):
    with closing(sqlite3.connect(path)) as database:
        return list(database.iterdump())


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A data folder of this version with a desk in it."""
    program = Program(tmp_path_factory.mktemp("made") / "data")
    assert program("desk", "create", "nguon-that", "Nguồn Thật").status == 0
    return program.data


@pytest.fixture
def old(made, kiemtin):
    shutil.copytree(made, kiemtin.data)
    return kiemtin


def database(program):
    return program.data / "kiemtin.sqlite3"


def copies(program):
    return sorted(program.data.glob("before-update-*"))


def test_every_command_refuses_a_database_of_a_newer_version(kiemtin, tmp_path):
    assert kiemtin("desk", "create", "nguon-that", "Nguồn Thật", **newer(tmp_path)).status == 0
    before, file = contents(kiemtin.data), tmp_path / "tin.csv"
    file.write_text("text\ntin\n")
    assert ARGUMENTS.keys() | WITHOUT == COMMANDS.keys()
    for name, arguments in ARGUMENTS.items():
        done = kiemtin(name, *(argument.format(file=file) for argument in arguments))
        assert done.status == 2, (name, done.out, done.err)
        assert "was last used by a newer version of the program (0.1.0). Install that version again" in done.err, name
        assert "Traceback" not in done.err
    assert contents(kiemtin.data) == before
    assert "newer version" in kiemtin("doctor").out


@pytest.mark.sqlite
def test_what_a_newer_version_used_can_be_backed_up(old, tmp_path):
    assert old("desk", "list", **newer(tmp_path)).status == 0
    assert old("backup", tmp_path / "backup.tar.gz").status == 0


@pytest.mark.sqlite
def test_an_update_keeps_a_copy_that_brings_the_version_before_back(old, tmp_path):
    before = dump(database(old))
    done = old("desk", "list", **newer(tmp_path))
    assert done.status == 0, done.err
    (copy,) = copies(old)
    assert f"A copy from before stays 7 days: {copy}" in done.err
    assert dump(copy) == before
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert any("CREATE TABLE later" in line for line in dump(database(old)))
    # As docs/how-to/update.md says.
    aside = old.data / "before-restore-update"
    aside.mkdir()
    for path in old.data.glob("kiemtin.sqlite3*"):
        path.rename(aside / path.name)
    copy.rename(database(old))
    again = old("desk", "list")
    assert again.status == 0, again.err
    assert "Nguồn Thật" in again.out
    assert again.err == ""


@pytest.mark.sqlite
def test_two_copies_stay(old, tmp_path):
    for name in ("20200101-000000", "20990101-000000", "20990102-000000"):
        (old.data / f"before-update-{name}.sqlite3").touch()
    assert old("desk", "list", **newer(tmp_path)).status == 0
    new, before = copies(old)
    assert new.stat().st_size > 0
    assert before.name == "before-update-20990102-000000.sqlite3"


@pytest.mark.sqlite
def test_a_migration_that_fails_changes_nothing(old, tmp_path):
    environment = newer(tmp_path)
    newer(tmp_path, "INSERT INTO no_such_table VALUES (1)", "0100_fails")
    before = dump(database(old))
    done = old("desk", "list", **environment)
    assert done.status == 2
    assert "It is as it was: start the version from before" in done.err
    assert "no_such_table" in done.err
    assert "Traceback" not in done.err
    assert dump(database(old)) == before
    assert copies(old) == []
    assert old("desk", "list").status == 0


@pytest.mark.sqlite
def test_what_is_in_use_is_not_changed(old, tmp_path):
    before = dump(database(old))
    environment = newer(tmp_path)
    with closing(sqlite3.connect(database(old))) as other:
        other.execute("SELECT count(*) FROM accounts_desk").fetchone()
        done = old("desk", "list", **environment)
    assert done.status == 2
    assert "another process is using it" in done.err
    assert dump(database(old)) == before
    assert old("desk", "list", **environment).status == 0


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_what_is_served_is_not_changed(kiemtin, tmp_path):
    """Nobody visits, and no worker looks: the server has nothing open."""
    assert kiemtin("desk", "create", "nguon-that", "Nguồn Thật").status == 0
    before, environment = contents(kiemtin.data), newer(tmp_path)
    port = str(free_port())
    variables = os.environ | {"KIEMTIN_DATA": str(kiemtin.data)} | databases.variables(kiemtin.data)
    command = [KIEMTIN, "serve", "--port", port, "--no-worker", "--no-encoder"]
    with started(command, variables) as process:
        wait_for(lambda: is_running(kiemtin.data) or process.poll() is not None, "its word that it runs")
        assert process.poll() is None
        done = kiemtin("desk", "list", **environment)
    assert done.status == 2
    assert "another process is using it" in done.err
    assert contents(kiemtin.data) == before
    assert kiemtin("desk", "list", **environment).status == 0


@pytest.mark.sqlite
def test_commands_that_are_started_at_once_update_once(old, tmp_path):
    variables = os.environ | {"KIEMTIN_DATA": str(old.data), "KIEMTIN_LANG": "en"} | newer(tmp_path)
    begun = [
        subprocess.Popen([KIEMTIN, "desk", "list"], env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    ended = [process.communicate(timeout=PATIENCE) for process in begun]
    assert [process.returncode for process in begun] == [0] * 4, [err for _, err in ended]
    assert len(copies(old)) == 1
    assert sum(b"A copy from before" in err for _, err in ended) == 1


def test_a_migration_that_fails_is_told(kiemtin, tmp_path):
    done = kiemtin("desk", "list", **newer(tmp_path, "INSERT INTO no_such_table VALUES (1)"))
    assert done.status == 2
    assert "could not be brought to this version's form" in done.err
    assert "no_such_table" in done.err
    assert "Traceback" not in done.err
    assert kiemtin("desk", "list").status == 0


def test_a_new_folder_has_nothing_to_copy(kiemtin, tmp_path):
    databases.empty(kiemtin.data)
    done = kiemtin("desk", "list", **newer(tmp_path))
    assert done.status == 0
    assert done.err == ""
    assert copies(kiemtin) == []
