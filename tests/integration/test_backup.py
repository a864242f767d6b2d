"""The installed commands `backup` and `restore`: what was there is there again; a crash leaves the old or the new."""

import gzip
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests import databases
from tests.demonstration import demonstration
from tests.integration.conftest import KIEMTIN, Program
from tests.patience import PATIENCE

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
        record(by="worker", verb="test.first", desk="")
        record(by="worker", verb="test.second", desk="")
    print("written", flush=True)
"""


def environment(data):
    return os.environ | {"KIEMTIN_DATA": str(data), "KIEMTIN_ENCODER": "none"} | databases.variables(data)


def python(script, data):
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=environment(data), capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def contents(data, *, but=()):
    """Return name → rows, as text, of each table besides some."""
    return {name: rows for name, rows in databases.contents(data).items() if name not in but}


def events(data):
    with databases.opened(data) as hand:
        return [repr(row) for row in hand.execute("SELECT * FROM audit_event ORDER BY id").fetchall()]


def desks(data, schema=""):
    with databases.opened(data) as hand:
        return str(hand.execute(f"SELECT name FROM {schema}accounts_desk ORDER BY id").fetchall())  # noqa: S608


def empty(data):
    """Return the program with a data folder that is not there yet and an empty database."""
    databases.empty(data)
    return Program(data)


def kept_files(folder):
    parts = ("secret-key", "reply-key", "indicator-key", "log-key", "copies", "open-data")
    paths = [path for path in folder.rglob("*") if path.is_file() and path.relative_to(folder).parts[0] in parts]
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return {name: content for name, content in files.items() if name != "open-data/heeded"}


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A data folder with the sample library, its questions, one more with an address, and a copy of a source."""
    program = Program(tmp_path_factory.mktemp("filled") / "data")
    demonstration(program.data)
    python(ASK, program.data)
    copy = program.data / "copies" / "ab" / "abcd"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(os.urandom(5000))
    return program


@pytest.fixture(scope="module")
def backup(filled, tmp_path_factory):
    """A backup of it, made while another process writes; and what was in the tables before."""
    folder = tmp_path_factory.mktemp("backup")
    before = contents(filled.data, but=["audit_event"]), events(filled.data)
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
    file, (before, old_events) = backup
    new = empty(tmp_path / "new")
    done = filled("restore", file, "--data", new.data, "--no-encoder", **databases.variables(new.data))
    assert done.status == 0, done.err
    assert "differs" not in done.out
    assert "reply-key: the same" in done.out
    assert "Other files: 21, of them the same: 21" in done.out
    assert "Restored as of" in done.out

    assert contents(new.data, but=["audit_event"]) == before
    now = events(new.data)
    assert now[: len(old_events)] == old_events
    written = now[len(old_events) : -1]
    assert written
    assert ["test.first" in row for row in written] == [True, False] * (len(written) // 2)
    assert "backup.restored" in now[-1]

    assert kept_files(new.data) == kept_files(filled.data)
    assert python(UNSEAL, new.data).strip() == ADDRESS
    answers = [program("ask", "--no-encoder", "--json", QUESTION) for program in (filled, new)]
    assert answers[0].status == 0
    assert answers[0].json() == answers[1].json()
    assert not (new.data / ".restoring").exists()
    found = {one["code"]: one["level"] for one in new("doctor", "--json").json()["findings"]}
    assert (found["triggers"], found["keys-fit"], found["index"]) == ("good", "good", "good")


def test_through_a_pipe_and_beside_an_index_of_this_machine(filled, tmp_path):
    index = tmp_path / "index-of-this-machine"
    (index / "index").mkdir(parents=True)
    (index / "index" / "manifest.json").write_text("của máy này")
    new = empty(tmp_path / "new")
    address = databases.variables(new.data).get("DATABASE_URL", "")
    command = f"'{KIEMTIN}' backup - | DATABASE_URL='{address}' '{KIEMTIN}' restore - --data '{new.data}'"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        env=environment(filled.data) | {"KIEMTIN_LANG": "en", "KIEMTIN_INDEX": str(index)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Restored as of" in done.stdout
    assert (index / "index" / "manifest.json").read_text() == "của máy này"
    assert (new.data / "index").exists()


STEPS = ("Reading and checking the backup", "Checking the database", "Putting it in place", "Making the index anew")


def killed(data, file, step, pause):
    """Restore, and kill it so many seconds after a step has begun; whether it got so far."""
    command = [str(KIEMTIN), "--lang", "en", "restore", str(file), "--replace", "--yes", "--no-encoder"]
    process = subprocess.Popen(
        command,
        env=environment(data),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with process:
        began = any(line.startswith(step) for line in process.stderr)
        time.sleep(pause)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    return began


@pytest.fixture(scope="module")
def old(tmp_path_factory):
    """Another, small data folder."""
    program = empty(tmp_path_factory.mktemp("old") / "data")
    assert program("desk", "create", "cu", "Cũ").status == 0
    (program.data / "secret-key").write_text("khóa cũ")
    return program.data


@pytest.mark.parametrize("is_there", [False, True], ids=["empty", "replaced"])
def test_killed_at_any_moment_there_is_the_old_or_the_new(filled, backup, old, tmp_path, is_there):
    file, (whole, _) = backup
    chance = random.Random(6)
    outcomes = set()
    # The first at once, and again: what is small is in place after a tenth of a second, which a busy machine may miss.
    moments = [*[(STEPS[0], 0)] * 3, *((step, chance.uniform(0, 0.2)) for step in STEPS)]
    for number, (step, pause) in enumerate(moments):
        data = tmp_path / f"killed-{number}"
        if is_there:
            shutil.copytree(old, data)
            databases.copy(old, data)
        else:
            databases.empty(data)
        assert killed(data, file, step, pause)
        if not is_there and not (data / ".restoring" / "ready").exists() and not has_tables(data):
            assert kept_files(data) == {}
            outcomes.add("old")
            continue
        assert Program(data)("desk", "list").status == 0  # what was begun is finished by the first command
        if "Cũ" in desks(data):
            assert contents(data) == contents(old)
            assert kept_files(data) == kept_files(old)
            outcomes.add("old")
        else:
            assert contents(data, but=["audit_event"]) == whole
            assert kept_files(data) == kept_files(filled.data)
            outcomes.add("new")
    assert outcomes == {"old", "new"}


def has_tables(data):
    if not databases.SERVER and not (data / "kiemtin.sqlite3").exists():
        return False
    with databases.opened(data) as hand:
        return bool(hand.tables())


def test_one_of_an_older_version_is_brought_to_this_ones_form_and_guards_that_are_gone_are_named(
    filled, backup, tmp_path
):
    old, new = empty(tmp_path / "old"), empty(tmp_path / "new")
    assert old("restore", backup[0], "--no-encoder").status == 0
    back = "from django.core.management import call_command; call_command('migrate', 'exchange', '0003', verbosity=0)"
    python(f"from kiemtin.config.cli import prepare; prepare([]); {back}", old.data)
    with databases.opened(old.data) as hand:
        hand.lift_guards("audit_event")
    assert old("backup", tmp_path / "old.tar.gz").status == 0
    done = new("restore", tmp_path / "old.tar.gz", "--no-encoder")
    assert done.status == 1, done.err
    assert "Migrations run: " in done.out
    gone = "Triggers that keep log and revisions from changes were not in the backup: audit_event_no_delete"
    assert gone in done.out
    assert contents(new.data)["checks_revision"] == contents(filled.data)["checks_revision"]
    found = {one["code"]: one["level"] for one in new("doctor", "--json").json()["findings"]}
    assert (found["migrations"], found["triggers"]) == ("good", "wrong")


def test_nothing_is_written_over(filled, backup, tmp_path):
    file, _ = backup
    before = contents(filled.data)
    refused = filled("restore", file)
    assert refused.status == 2
    assert "is not empty. Name an empty folder with --data, or --replace." in refused.err
    if databases.SERVER:
        refused = filled("restore", file, "--data", tmp_path / "new")
        assert refused.status == 2
        assert "is not empty. Name an empty one by DATABASE_URL, or --replace." in refused.err
    stopped = filled("restore", file, "--replace", stdin=b"n\n")
    assert stopped.status == 1
    assert contents(filled.data) == before
    again = filled("backup", file)
    assert again.status == 2
    assert "is there already" in again.err


def test_what_is_in_use_is_not_replaced_and_what_is_replaced_is_kept(filled, backup, old, tmp_path):
    file, _ = backup
    other = Program(tmp_path / "other")
    shutil.copytree(old, other.data)
    databases.copy(old, other.data)
    with databases.opened(other.data) as hand:
        hand.execute("SELECT count(*) FROM accounts_desk").fetchone()
        refused = other("restore", file, "--replace", "--yes", "--no-encoder")
    assert refused.status == 2
    assert "Another process is using it" in refused.err
    done = other("restore", file, "--replace", "--yes", "--no-encoder")
    assert done.status == 0, done.err
    (kept,) = other.data.glob("before-restore-*")
    assert (kept / "secret-key").read_text() == "khóa cũ"
    if databases.SERVER:
        schema = kept.name.replace("-", "_")
        assert f"DROP SCHEMA {schema} CASCADE" in done.out
        assert "Cũ" in desks(other.data, f"{schema}.")
        assert schema in other("doctor").out
    else:
        assert (kept / "kiemtin.sqlite3").exists()
    assert "Cũ" not in desks(other.data)


@pytest.mark.postgresql
def test_a_backup_of_the_other_kind_of_database_is_refused(filled, backup, tmp_path):
    small = Program(tmp_path / "small")
    assert small("desk", "create", "nho", "Nhỏ", DATABASE_URL="").status == 0
    assert small("backup", tmp_path / "small.tar.gz", DATABASE_URL="").status == 0
    new = empty(tmp_path / "new")
    refused = new("restore", tmp_path / "small.tar.gz")
    assert (refused.status, "of a database of SQLite: restore it without DATABASE_URL" in refused.err) == (2, True)
    refused = new("restore", backup[0], DATABASE_URL="")
    assert (refused.status, "on PostgreSQL: name an empty one by DATABASE_URL" in refused.err) == (2, True)
    assert not new.data.exists()
    assert not has_tables(new.data)


@pytest.mark.postgresql
def test_a_password_is_on_no_command_line_and_in_no_file(filled, tmp_path):
    (tmp_path / "bin").mkdir()
    told = tmp_path / "told"
    spy = tmp_path / "bin" / "pg_dump"
    spy.write_text(f'#!/bin/sh\necho "$@" >> {told}\nexec {shutil.which("pg_dump")} "$@"\n')
    spy.chmod(0o755)
    address = databases.variables(filled.data)["DATABASE_URL"].replace("postgres@", "postgres:matkhau-rieng@")
    path = f"{tmp_path / 'bin'}:{os.environ['PATH']}"
    done = filled("backup", tmp_path / "b.tar.gz", DATABASE_URL=address, PATH=path)
    assert done.status == 0, done.err
    assert "--snapshot" in told.read_text()
    assert "matkhau" not in told.read_text() + done.out + done.err
    assert b"matkhau" not in gzip.decompress((tmp_path / "b.tar.gz").read_bytes())


@pytest.mark.postgresql
def test_without_pg_dump_it_is_said_what_to_install(filled, tmp_path):
    (tmp_path / "bin").mkdir()
    done = filled("backup", tmp_path / "b.tar.gz", PATH=str(tmp_path / "bin"))
    assert done.status == 2
    assert "pg_dump is not there" in done.err
    assert "apt-get install postgresql-client-" in done.err
    (tmp_path / "bin" / "pg_dump").write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6'\n")
    (tmp_path / "bin" / "pg_dump").chmod(0o755)
    done = filled("backup", tmp_path / "b.tar.gz", PATH=str(tmp_path / "bin"))
    assert done.status == 2
    assert "pg_dump is older than the server" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["bin"]


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
    databases.empty(kiemtin.data)
    (tmp_path / "bad").write_bytes(content(backup[0].read_bytes()))
    done = kiemtin("restore", tmp_path / "bad")
    assert done.status == 2
    assert reason in done.err
    assert not kiemtin.data.exists()


def test_what_cannot_be_done_is_said(kiemtin, tmp_path):
    databases.empty(kiemtin.data)
    nothing = "There is nothing of ours in the database" if databases.SERVER else "There is no database in"
    assert nothing in kiemtin("backup", tmp_path / "x.tar.gz").err
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
