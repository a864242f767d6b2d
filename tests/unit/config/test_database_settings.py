from importlib.util import find_spec

import pytest
from django.core.exceptions import ImproperlyConfigured

from kiemtin.config import database_settings as module
from kiemtin.config.database_settings import database_settings


def test_without_an_address_it_is_the_file(tmp_path):
    made = database_settings("", tmp_path / "kiemtin.sqlite3")
    assert (made["ENGINE"], made["NAME"]) == ("kiemtin.database.sqlite", tmp_path / "kiemtin.sqlite3")
    assert "synchronous=FULL" in made["OPTIONS"]["init_command"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("postgresql://localhost/tin", ("tin", "", "", "localhost", "")),
        ("postgres://n:m%40t%2Fkhau@db.example:6432/kiem-tin", ("kiem-tin", "n", "m@t/khau", "db.example", "6432")),
        ("postgresql://nguoi@/tin?host=/run/postgresql", ("tin", "nguoi", "", "/run/postgresql", "")),
        ("postgresql://[::1]:5433/tin", ("tin", "", "", "::1", "5433")),
    ],
)  # fmt: skip
def test_the_address_of_a_server_is_taken_apart(address, expected, tmp_path):
    made = database_settings(address, tmp_path)
    assert made["ENGINE"] == "django.db.backends.postgresql"
    assert tuple(made[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")) == expected


def test_what_tls_needs_goes_on_to_the_driver(tmp_path):
    made = database_settings("postgresql://db.example/tin?sslmode=verify-full&sslrootcert=/etc/ca.pem", tmp_path)
    assert made["OPTIONS"] == {"connect_timeout": "10", "sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"}


@pytest.mark.parametrize(
    "address",
    [
        "kiemtin", "mysql://localhost/tin", "postgresql://localhost", "postgresql://localhost/", "postgresql://localhost/a/b",
        "postgresql://localhost:port/tin", "postgresql://localhost/tin?sslmode", "postgresql://localhost/tin?passfile=/x",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_without_telling_the_password(address, tmp_path):
    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_URL") as refused:
        database_settings(address.replace("localhost", "nguoi:matkhau@localhost"), tmp_path)
    assert "matkhau" not in str(refused.value)


def test_a_missing_driver_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(module, "find_spec", lambda name: None if name == "psycopg" else find_spec(name))
    with pytest.raises(ImproperlyConfigured, match=r"kiemtin\[postgresql\]"):
        database_settings("postgresql://localhost/tin", tmp_path)
