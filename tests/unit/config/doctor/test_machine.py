import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from kiemtin.audit.models import Clock, Event
from kiemtin.audit.pulse import beat
from kiemtin.config.doctor import machine
from kiemtin.config.doctor.finding import Level


@pytest.fixture
def folder(data):
    data.chmod(0o700)
    if connection.vendor == "sqlite":
        (data / "kiemtin.sqlite3").write_bytes(b"x" * 100)
    for name in ("secret-key", "reply-key"):
        (data / name).write_text("k")
        (data / name).chmod(0o600)
    return data


def one(check):
    (found,) = check()
    return found


def test_a_folder_for_its_owner_only_is_good(folder):
    assert one(machine.data_folder).level is Level.GOOD


@pytest.mark.parametrize("mode", [0o755, 0o710, 0o701, 0o770])
def test_one_that_others_get_into_is_not(folder, mode):
    folder.chmod(mode)
    found = one(machine.data_folder)
    assert found.level is Level.WRONG
    assert found.advice == f"chmod 700 {folder}"


@pytest.mark.sqlite
def test_without_a_database_there_is_nothing(data):
    assert "There is no database" in one(machine.data_folder).sentence


@pytest.mark.postgresql
def test_without_a_folder_there_is_nothing(data):
    data.rmdir()
    assert "There is no data folder" in one(machine.data_folder).sentence


@pytest.mark.parametrize("name", ["secret-key", "reply-key", "log-key"])
def test_a_key_that_others_can_read_is_wrong(folder, name):
    assert one(machine.keys).sentence == "Only their owner can read the keys: secret-key, reply-key"
    (folder / name).touch()
    (folder / name).chmod(0o640)
    found = one(machine.keys)
    assert found.level is Level.WRONG
    assert found.advice.endswith(name)


def test_what_a_restoration_left_and_what_is_not_ours_is_named(folder):
    assert list(machine.leftovers()) == []
    (folder / "before-restore-20261129-010000").mkdir()
    (folder / "notes.txt").touch()
    old, foreign = machine.leftovers()
    assert "before-restore-20261129-010000" in old.sentence
    assert "notes.txt" in foreign.sentence


def test_a_restoration_that_was_cut_off_is_told_with_what_finishes_it(folder):
    (folder / ".restoring").mkdir()
    assert list(machine.leftovers()) == []  # nothing is ready yet: all is as it was
    (folder / ".restoring" / "ready").touch()
    found = one(machine.leftovers)
    assert found.level is Level.WRONG
    assert "kiemtin desk list" in found.advice


@pytest.mark.django_db
@pytest.mark.parametrize(("free", "level"), [(2 << 30, Level.GOOD), (500 << 20, Level.WRONG)])
def test_the_disk_must_have_room(folder, monkeypatch, free, level):
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _path: type("Usage", (), {"free": free}))
    assert one(machine.disk).level is level


@pytest.mark.sqlite
def test_a_large_database_needs_room_for_another(folder, monkeypatch):
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _path: type("Usage", (), {"free": 2 << 30}))
    with (folder / "kiemtin.sqlite3").open("r+b") as file:
        file.truncate(3 << 30)  # a hole: it takes no room
    assert one(machine.disk).level is Level.WRONG


@pytest.mark.postgresql
def test_a_large_database_on_a_server_needs_room_for_its_dump(folder, monkeypatch):
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _path: type("Usage", (), {"free": 2 << 30}))
    monkeypatch.setattr(machine, "_size_of_another", lambda _data: 3 << 30)
    assert one(machine.disk).level is Level.WRONG


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ahead", "level"), [(None, Level.GOOD), (-60, Level.GOOD), (60, Level.GOOD), (3600, Level.WRONG)]
)
def test_a_log_from_the_future_means_a_wrong_clock(ahead, level):
    if ahead is not None:
        Event.objects.create(actor="worker", verb="test.done", at=timezone.now() + dt.timedelta(seconds=ahead))
    assert one(machine.clock).level is level


@pytest.mark.django_db
def test_a_clock_that_jumped_is_named_with_until_when_nothing_is_deleted():
    beat(worker="a")
    assert one(machine.clock).level is Level.GOOD
    Clock.objects.update(seen=timezone.now() - dt.timedelta(days=3))
    finding = one(machine.clock)
    assert finding.level is Level.WRONG
    until = timezone.localtime(timezone.now() + dt.timedelta(days=1))
    assert f"{until:%Y-%m-%d}" in finding.sentence


@pytest.mark.parametrize(
    ("number", "address", "level"),
    [
        (0, "https://kiemtin.example", Level.WRONG),
        (0, "http://localhost:8000", Level.NOTE),
        (1000, "https://kiemtin.example", Level.GOOD),
    ],
)
def test_it_does_not_run_as_root(monkeypatch, settings, number, address, level):
    settings.KIEMTIN_ADDRESS = address
    monkeypatch.setattr(machine.os, "geteuid", lambda: number)
    assert one(machine.user).level is level
