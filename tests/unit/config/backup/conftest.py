import sqlite3
import subprocess
from contextlib import closing

import pytest

from kiemtin.config.backup.database import Installation, database_of
from kiemtin.config.database_settings import database_settings
from tests import databases

MEMBER = "kiemtin.pgdump" if databases.SERVER else "kiemtin.sqlite3"


@pytest.fixture
def folder(data):
    """A data folder with a small database, keys, a copy of a source, and what no backup takes."""
    databases.empty(data)
    if not databases.SERVER:
        with closing(sqlite3.connect(data / "kiemtin.sqlite3", isolation_level=None)) as database:
            database.execute("PRAGMA journal_mode=WAL")
            database.execute("PRAGMA synchronous=OFF")
    with databases.opened(data) as hand:
        hand.execute("BEGIN")
        number = "INTEGER PRIMARY KEY" if not databases.SERVER else "INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
        hand.execute(f"CREATE TABLE django_migrations (id {number}, app TEXT, name TEXT)")
        hand.execute("INSERT INTO django_migrations (app, name) VALUES ('accounts', '0001_initial')")
        hand.execute(f"CREATE TABLE message (id {number}, text TEXT)")
        for count in range(200):
            hand.execute("INSERT INTO message (text) VALUES (%s)", [f"tin {count} " * 50])
        hand.execute("COMMIT")
    (data / "secret-key").write_text("khoa")
    (data / "reply-key").write_text("khoa khac\n")
    for name in ("copies/ab/abcd", "open-data/2026-11/month.json", "cards/1.png", "index/manifest.json"):
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text(name)
    (data / "settle.lock").touch()
    (data / "open-data" / "heeded").write_text("3")
    return data


@pytest.fixture
def here(folder):
    return installation(folder)


def installation(folder):
    """Return the installation of a data folder; on a server, its database must be there."""
    address = databases.variables(folder).get("DATABASE_URL", "")
    return Installation(folder, database_of(folder, database_settings(address, folder / "kiemtin.sqlite3")))


def count(path):
    """Return how many messages are in a database's file, or in a dump."""
    if path.name == "kiemtin.pgdump":
        script = subprocess.run(["pg_restore", "--file=-", path], capture_output=True, check=True).stdout
        return script.count(b"\ttin ")
    with closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT count(*) FROM message").fetchone()[0]
