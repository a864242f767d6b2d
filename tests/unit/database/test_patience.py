from contextlib import closing

import pytest
from django.db import connection
from django.db.backends.signals import connection_created

from kiemtin.database.patience import wait_at_most
from kiemtin.database.sqlite.base import DatabaseWrapper


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(DatabaseWrapper, "patience", DatabaseWrapper.patience)
    wait_at_most(2.5)
    yield
    connection_created.disconnect(dispatch_uid="patience")


@pytest.mark.sqlite
@pytest.mark.usefixtures("impatient")
def test_sqlite_waits_so_long():
    assert connection.copy().get_connection_params()["timeout"] == 2.5


@pytest.mark.postgresql
@pytest.mark.usefixtures("impatient", "db")
def test_postgresql_waits_so_long():
    with closing(connection.copy()) as other, other.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("2500ms",)
