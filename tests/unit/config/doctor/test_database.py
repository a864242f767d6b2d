import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.utils import timezone

from kiemtin.audit.models import Event
from kiemtin.config.doctor import database
from kiemtin.config.doctor.finding import Level
from kiemtin.database.guard import guard_names
from tests.unit.questions.making import make_message, make_request

pytestmark = pytest.mark.django_db


def one(check):
    (found,) = check()
    return found


def test_a_whole_database_of_this_version_is_good():
    looks = (database.integrity,) if connection.vendor == "sqlite" else ()
    assert {one(check).level for check in (*looks, database.migrations, database.triggers)} == {Level.GOOD}


@pytest.mark.sqlite
def test_what_sqlite_finds_is_told(monkeypatch):
    class Cursor:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def execute(self, _question):
            return self

        def fetchall(self):
            return [("row 7 missing from index",)]

    monkeypatch.setattr(connection, "cursor", Cursor)
    found = one(database.integrity)
    assert found.level is Level.WRONG
    assert "row 7 missing from index" in found.sentence


def test_a_pending_migration_and_one_of_a_newer_version_are_told():
    with connection.cursor() as cursor:
        last = "(SELECT max(name) FROM django_migrations WHERE app = 'audit')"
        cursor.execute(f"DELETE FROM django_migrations WHERE app = 'audit' AND name = {last}")  # noqa: S608
        assert one(database.migrations).sentence == "1 migration is pending."
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('audit', '0999_later', '2030-01-01')"
        )
    assert "newer version" in one(database.migrations).sentence


def test_each_trigger_of_the_migrations_is_looked_for():
    assert database.triggers_there() == guard_names(connection.vendor)
    drop = "DROP TRIGGER audit_event_no_update" + ("" if connection.vendor == "sqlite" else " ON audit_event")
    with connection.cursor() as cursor:
        cursor.execute(drop)
    found = one(database.triggers)
    assert found.level is Level.WRONG
    assert "audit_event_no_update" in found.sentence


@pytest.mark.postgresql
def test_guards_of_tables_that_were_put_aside_are_none_of_ours():
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA before_restore_x CREATE TABLE audit_event (id int)")
        cursor.execute(
            "CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON before_restore_x.audit_event"
            " FOR EACH ROW EXECUTE FUNCTION audit_event_no_update()"
        )
        cursor.execute("DROP TRIGGER audit_event_no_update ON audit_event")
    assert "audit_event_no_update" in one(database.triggers).sentence


def test_keys_must_open_what_is_in_the_database(data, checker):
    from kiemtin.questions.actions.leave_address import leave_address

    assert list(database.keys_fit()) == []
    leave_address(request=make_request(make_message(requests=0), address=False), address="hoi@example.org")
    assert one(database.keys_fit).level is Level.GOOD
    (data / "reply-key").rename(data / "elsewhere")
    assert "reply-key" in one(database.keys_fit).sentence
    assert not (data / "reply-key").exists()  # it makes none
    (data / "reply-key").write_text("A" * 43 + "=")
    assert one(database.keys_fit).level is Level.WRONG


def test_the_key_of_second_factors_too(data, checker, settings):
    TOTP.activate(checker, generate_totp_secret())
    assert "secret-key" in one(database.keys_fit).sentence
    (data / "secret-key").touch()
    assert one(database.keys_fit).level is Level.GOOD
    settings.SECRET_KEY = "another"
    assert one(database.keys_fit).level is Level.WRONG
    assert Authenticator.objects.count() == 1


@pytest.mark.parametrize(
    ("days", "address", "level"),
    [
        (None, "https://kiemtin.example", Level.WRONG),
        (None, "http://localhost", Level.NOTE),
        (6, "https://kiemtin.example", Level.GOOD),
        (8, "https://kiemtin.example", Level.WRONG),
        (8, "http://localhost", Level.NOTE),
    ],
)
def test_a_backup_is_a_week_old_at_most(settings, days, address, level):
    settings.KIEMTIN_ADDRESS = address
    if days is not None:
        at = timezone.now() - dt.timedelta(days=days)
        Event.objects.create(actor="command-line", verb="backup.made", at=at)
    found = one(database.last_backup)
    assert found.level is level
    assert str(days) in found.sentence or days is None
