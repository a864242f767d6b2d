"""The installed commands `backup` and `restore`: what was there is there again; a crash leaves nothing or a whole."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.integration.conftest import KIEMTIN, Program

QUESTION = "nghe noi an tom xong uong vitamin C la chet, dung ko moi nguoi?"
ADDRESS = "nguoi-hoi@example.org"

ASK = f"""
import sys
from kiemtin.config.cli import prepare
prepare(["--lang", "en"])
from kiemtin.matching.live import live_library
from kiemtin.questions.actions.ask import ask
from kiemtin.questions.actions.leave_address import leave_address
asked = ask(text="Tin lạ chưa ai kiểm", channel="web", language="vi", asker="a", library=live_library())
leave_address(request=asked.request, address="{ADDRESS}")
"""
UNSEAL = """
from kiemtin.config.cli import prepare
prepare([])
from kiemtin.questions.models import ReplyAddress
from kiemtin.questions.secrets import unseal
print(unseal(bytes(ReplyAddress.objects.get().secret)))
"""
WRITE = """
from kiemtin.config.cli import prepare
prepare([])
from django.db import transaction
from kiemtin.audit.record import record
while True:
    with transaction.atomic():
        record(by="worker", verb="test.first")
        record(by="worker", verb="test.second")
    print("written", flush=True)
"""


def environment(data):
    return os.environ | {"KIEMTIN_DATA": str(data), "KIEMTIN_ENCODER": "none"}


def python(script, data):
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=environment(data), capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def tables(path):
    """Return name → rows, as text, of each table."""
    with closing(sqlite3.connect(path)) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {name: [repr(row) for row in database.execute(f'SELECT * FROM "{name}"')] for (name,) in names}  # noqa: S608


def kept_files(folder):
    parts = ("secret-key", "reply-key", "indicator-key", "log-key", "copies", "open-data")
    paths = [path for path in folder.rglob("*") if path.is_file() and path.relative_to(folder).parts[0] in parts]
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return {name: content for name, content in files.items() if name != "open-data/heeded"}


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A data folder with the sample library, its questions, one more with an address, and a copy of a source."""
    program = Program(tmp_path_factory.mktemp("filled") / "data")
    assert program("demo", "--no-encoder").status == 0
    python(ASK, program.data)
    copy = program.data / "copies" / "ab" / "abcd"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(os.urandom(5000))
    return program


@pytest.fixture(scope="module")
def backup(filled, tmp_path_factory):
    """A backup of it, made while another process writes; and what was in the tables before."""
    folder = tmp_path_factory.mktemp("backup")
    before = tables(filled.data / "kiemtin.sqlite3")
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITE], env=environment(filled.data), stdout=subprocess.PIPE, text=True
    )
    with writer:
        writer.stdout.readline()
        done = filled("backup", folder / "backup.tar.gz")
        assert writer.poll() is None
        writer.kill()
    assert done.status == 0, done.err
    assert "reply-key, secret-key; other files: 21" in done.err
    assert "Left out, because it is made again: " in done.err
    return folder / "backup.tar.gz", before


def test_what_was_there_is_there_again(filled, backup, tmp_path):
    file, before = backup
    done = filled("restore", file, "--data", tmp_path / "new", "--no-encoder")
    assert done.status == 0, done.err
    assert "differs" not in done.out
    assert "reply-key: the same" in done.out
    assert "Other files: 21, of them the same: 21" in done.out
    assert "Restored as of" in done.out

    now = tables(tmp_path / "new" / "kiemtin.sqlite3")
    events = now.pop("audit_event")
    old_events = before.pop("audit_event")
    assert {name: rows for name, rows in now.items() if name != "sqlite_sequence"} == {
        name: rows for name, rows in before.items() if name != "sqlite_sequence"
    }
    assert events[: len(old_events)] == old_events
    written = events[len(old_events) : -1]
    assert written
    assert ["test.first" in row for row in written] == [True, False] * (len(written) // 2)
    assert "backup.restored" in events[-1]

    assert kept_files(tmp_path / "new") == kept_files(filled.data)
    assert python(UNSEAL, tmp_path / "new").strip() == ADDRESS
    answers = [Program(data)("ask", "--no-encoder", "--json", QUESTION) for data in (filled.data, tmp_path / "new")]
    assert answers[0].status == 0
    assert answers[0].json() == answers[1].json()
    assert not (tmp_path / "new" / ".restoring").exists()


def test_through_a_pipe(filled, tmp_path):
    command = f"'{KIEMTIN}' backup - | '{KIEMTIN}' restore - --data '{tmp_path / 'new'}'"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        env=environment(filled.data) | {"KIEMTIN_LANG": "en"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Restored as of" in done.stdout


def test_killed_at_any_moment_there_is_nothing_or_a_whole(filled, backup, tmp_path):
    file, _ = backup
    command = [str(KIEMTIN), "restore", str(file), "--data"]
    began = time.perf_counter()
    subprocess.run([*command, str(tmp_path / "whole")], env=environment(tmp_path), check=True, capture_output=True)
    whole_time, whole = time.perf_counter() - began, tables(tmp_path / "whole" / "kiemtin.sqlite3")
    files = kept_files(tmp_path / "whole")
    chance = random.Random(6)
    for number in range(6):
        data = tmp_path / f"killed-{number}"
        process = subprocess.Popen(
            [*command, str(data)], env=environment(tmp_path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        with process:
            time.sleep(whole_time * chance.uniform(0.15 * number, 0.15 * (number + 1)))
            process.kill()
        if not (data / "kiemtin.sqlite3").exists() and not (data / ".restoring" / "ready").exists():
            assert kept_files(data) == {}
            continue
        assert Program(data)("desk", "list").status == 0  # the first command finishes what was begun
        now = tables(data / "kiemtin.sqlite3")
        assert {name: rows for name, rows in now.items() if name not in ("audit_event", "sqlite_sequence")} == {
            name: rows for name, rows in whole.items() if name not in ("audit_event", "sqlite_sequence")
        }
        assert kept_files(data) == files


def test_one_of_an_older_version_is_brought_to_this_ones_form(filled, tmp_path):
    old = Program(tmp_path / "old")
    shutil.copytree(filled.data, old.data)
    back = "from django.core.management import call_command; call_command('migrate', 'exchange', '0003', verbosity=0)"
    python(f"from kiemtin.config.cli import prepare; prepare([]); {back}", old.data)
    assert old("backup", tmp_path / "old.tar.gz").status == 0
    done = filled("restore", tmp_path / "old.tar.gz", "--data", tmp_path / "new", "--no-encoder")
    assert done.status == 0, done.err
    assert "Migrations run: " in done.out
    assert tables(tmp_path / "new" / "kiemtin.sqlite3")["checks_revision"]


def test_nothing_is_written_over(filled, backup, tmp_path):
    file, _ = backup
    before = tables(filled.data / "kiemtin.sqlite3")
    refused = filled("restore", file)
    assert refused.status == 2
    assert "is not empty. Name an empty folder with --data, or --replace." in refused.err
    stopped = filled("restore", file, "--replace", stdin=b"n\n")
    assert stopped.status == 1
    assert tables(filled.data / "kiemtin.sqlite3") == before
    again = filled("backup", file)
    assert again.status == 2
    assert "is there already" in again.err


def test_what_is_in_use_is_not_replaced_and_what_is_replaced_is_kept(filled, backup, tmp_path):
    file, _ = backup
    other = Program(tmp_path / "other")
    assert other("desk", "create", "khac", "Khác").status == 0
    with closing(sqlite3.connect(other.data / "kiemtin.sqlite3")) as database:
        database.execute("SELECT count(*) FROM accounts_desk").fetchone()
        refused = other("restore", file, "--replace", "--yes", "--no-encoder")
    assert refused.status == 2
    assert "Another process is using it" in refused.err
    done = other("restore", file, "--replace", "--yes", "--no-encoder")
    assert done.status == 0, done.err
    (kept,) = other.data.glob("before-restore-*")
    assert "Khác" in str(tables(kept / "kiemtin.sqlite3")["accounts_desk"])
    assert "Khác" not in str(tables(other.data / "kiemtin.sqlite3")["accounts_desk"])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (lambda whole: whole[: len(whole) // 2], "The backup is damaged"),
        (lambda whole: whole[:-5000] + b"\0" * 5000, "The backup is damaged"),
        (lambda whole: b"PK\3\4" + whole, "This is no backup of Kiểm Tin"),
        (lambda whole: b"", "This is no backup of Kiểm Tin"),
    ],
)
def test_a_file_that_is_no_whole_backup_changes_nothing(kiemtin, backup, tmp_path, content, reason):
    (tmp_path / "bad").write_bytes(content(backup[0].read_bytes()))
    done = kiemtin("restore", tmp_path / "bad")
    assert done.status == 2
    assert reason in done.err
    assert not kiemtin.data.exists()


def test_what_cannot_be_done_is_said(kiemtin, tmp_path):
    assert "There is no database in" in kiemtin("backup", tmp_path / "x.tar.gz").err
    assert "Nothing could be restored: No such file" in kiemtin("restore", tmp_path / "gone").err
    assert not kiemtin.data.exists()


def test_a_backup_that_would_be_lost_with_the_data_is_refused_and_what_is_not_ours_is_named(filled, tmp_path):
    inside = filled("backup", filled.data / "x.tar.gz")
    assert inside.status == 2
    assert "A backup in the data folder would be lost with it" in inside.err
    (filled.data / "notes.txt").touch()
    done = filled("backup", tmp_path)
    (filled.data / "notes.txt").unlink()
    assert done.status == 1
    assert "NOT in the backup, because nothing is known of it: notes.txt" in done.err
    (file,) = tmp_path.glob("kiemtin-*.tar.gz")
    assert Path(file).stat().st_mode & 0o077 == 0
