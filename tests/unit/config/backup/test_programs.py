"""How PostgreSQL's programs are called; these here are small scripts in their place."""

import json
import os
import stat
from pathlib import Path

import pytest

from kiemtin.config.backup import programs
from kiemtin.config.backup.errors import NoProgramError, OldProgramError, ServerError

TELL = """#!/usr/bin/env python3
import json, os, sys
if sys.argv[1:] == ["--version"]:
    print("pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)")
else:
    print(json.dumps({"arguments": sys.argv[1:], "environment": dict(os.environ)}))
"""
FAIL = """#!/bin/sh
[ "$1" = --version ] && exit
printf half
echo 'pg_dump: error: %s' >&2
echo 'pg_dump: detail: more of it' >&2
exit 1
"""
ENDLESS = """#!/bin/sh
[ "$1" = --version ] && exit
echo $$ > "$0.pid"
echo y
exec sleep 3600
"""


@pytest.fixture
def put_there(tmp_path, monkeypatch):
    """Put a script in the place of a program, the only one of the path besides the shell's own."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setattr(programs.shutil, "which", lambda name: str(folder / name) if (folder / name).exists() else None)

    def put(name, script):
        (folder / name).write_text(script)
        (folder / name).chmod(0o755)
        return folder / name

    return put


def dump(target, **options):
    given = {"schema": "public", "snapshot": "00000003-1", "environment": os.environ | {"PGPASSWORD": "mật"}}
    programs.dump(target, **(given | {"version": 15} | options))
    return target


def test_nothing_secret_stands_on_the_command_line(put_there, tmp_path):
    put_there("pg_dump", TELL)
    told = json.loads(dump(tmp_path / "dump", schema='Của "ta"').read_text())
    assert told["environment"]["PGPASSWORD"] == "mật"
    assert not any("mật" in argument for argument in told["arguments"])
    assert {'--schema="Của ""ta"""', "--snapshot=00000003-1", "--format=custom"} <= set(told["arguments"])


def test_a_dump_is_for_its_owner_only_from_the_first_byte(put_there, tmp_path):
    put_there("pg_dump", TELL)
    before = os.umask(0)
    try:
        assert stat.S_IMODE(dump(tmp_path / "dump").stat().st_mode) == 0o600
    finally:
        os.umask(before)
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError):
        dump(tmp_path / "link")


def test_a_program_that_is_missing_or_too_old_is_named(put_there, tmp_path):
    with pytest.raises(NoProgramError) as missing:
        dump(tmp_path / "dump")
    assert (missing.value.name, missing.value.needed) == ("pg_dump", 15)
    put_there("pg_dump", TELL)
    with pytest.raises(OldProgramError) as old:
        dump(tmp_path / "dump", version=16)
    assert (old.value.name, old.value.needed) == ("pg_dump", 16)
    assert not (tmp_path / "dump").exists()


def test_what_it_says_when_it_fails_is_the_reason(put_there, tmp_path):
    put_there("pg_dump", FAIL % "connection to server failed")
    with pytest.raises(ServerError, match=r"^pg_dump: error: connection to server failed$"):
        dump(tmp_path / "dump")


def test_a_dump_of_a_newer_program_says_so(put_there, tmp_path):
    put_there("pg_restore", FAIL % "unsupported version (1.16) in file header")
    with pytest.raises(OldProgramError) as raised, programs.script(tmp_path / "dump") as script:
        assert script.read() == b"half"
    assert (raised.value.name, raised.value.needed) == ("pg_restore", 0)


def test_one_that_is_not_read_to_its_end_is_ended(put_there, tmp_path):
    path = put_there("pg_restore", ENDLESS)
    with pytest.raises(ZeroDivisionError), programs.script(tmp_path / "dump") as script:
        1 // (script.readline() != b"y\n")
    number = int(Path(f"{path}.pid").read_text())
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)
