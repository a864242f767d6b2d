import sqlite3
from contextlib import closing

import pytest


@pytest.fixture
def folder(data):
    """A data folder with a small database, keys, a copy of a source, and what no backup takes."""
    with closing(sqlite3.connect(data / "kiemtin.sqlite3", isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=OFF")
        database.execute("BEGIN")
        database.execute("CREATE TABLE django_migrations (id INTEGER PRIMARY KEY, app TEXT, name TEXT)")
        database.execute("INSERT INTO django_migrations (app, name) VALUES ('accounts', '0001_initial')")
        database.execute("CREATE TABLE message (id INTEGER PRIMARY KEY, text TEXT)")
        database.executemany("INSERT INTO message (text) VALUES (?)", [(f"tin {n} " * 50,) for n in range(200)])
        database.execute("COMMIT")
    (data / "secret-key").write_text("khoa")
    (data / "reply-key").write_text("khoa khac\n")
    for name in ("copies/ab/abcd", "open-data/2026-11/month.json", "cards/1.png", "index/manifest.json"):
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text(name)
    (data / "settle.lock").touch()
    (data / "open-data" / "heeded").write_text("3")
    return data


def count(path):
    with closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT count(*) FROM message").fetchone()[0]
