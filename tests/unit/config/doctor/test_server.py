import pytest
from django.db import OperationalError, connection

from kiemtin.config.backup.errors import OldProgramError
from kiemtin.config.doctor import server
from kiemtin.config.doctor.finding import Level

pytestmark = pytest.mark.django_db


def one(check):
    (found,) = check()
    return found


@pytest.mark.sqlite
def test_of_a_file_nothing_is_said():
    checks = (server.server, server.tls, server.role, server.programs, server.put_aside)
    assert [list(check()) for check in checks] == [[]] * 5


@pytest.fixture
def elsewhere(monkeypatch):
    """Let the database be on another machine, with what its address says of TLS."""

    def be(host="db.example", **options):
        monkeypatch.setattr(connection, "vendor", "postgresql")
        given = {"HOST": host, "OPTIONS": options}
        monkeypatch.setattr(server.settings, "DATABASES", {"default": given})

    return be


@pytest.mark.parametrize(
    ("mode", "level"),
    [
        (None, Level.WRONG), ("disable", Level.WRONG), ("allow", Level.WRONG), ("prefer", Level.WRONG),
        ("require", Level.NOTE), ("verify-ca", Level.NOTE), ("verify-full", Level.GOOD),
    ],
)  # fmt: skip
def test_the_way_to_another_machine_must_be_by_tls_that_is_checked(elsewhere, mode, level):
    elsewhere(**({"sslmode": mode} if mode else {}))
    found = one(server.tls)
    assert found.level is level
    assert "db.example" in found.sentence
    assert ("verify-full" in found.advice) == (level is not Level.GOOD)


@pytest.mark.parametrize(
    ("host", "is_far"),
    [("", False), ("/run/postgresql", False), ("localhost", False), ("127.0.0.1", False), ("::1", False),
     ("localhost.example", True), ("10.0.0.7", True), ("localhost,db.example", True)],
)  # fmt: skip
def test_on_this_machine_nobody_is_on_the_way(elsewhere, host, is_far):
    elsewhere(host)
    assert bool(list(server.tls())) == is_far


@pytest.mark.postgresql
class TestPostgresql:
    def test_one_that_answers_with_our_tables_is_good(self):
        found = one(server.server)
        assert found.level is Level.GOOD
        assert found.sentence.startswith("PostgreSQL ")

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            (("14.9", "UTF8", 14, True), "PostgreSQL 14.9 is older than 15."),
            (("16.1", "SQL_ASCII", 16, True), "is SQL_ASCII, not UTF8"),
            (("16.1", "UTF8", 16, False), "There is nothing of ours"),
        ],
    )
    def test_what_does_not_fit_is_wrong(self, monkeypatch, row, said):
        monkeypatch.setattr(server, "_one", lambda _statement: row)
        found = one(server.server)
        assert found.level is Level.WRONG
        assert said in found.sentence
        assert found.advice

    def test_one_that_cannot_be_reached_is_wrong(self, monkeypatch):
        def gone(_statement):
            raise OperationalError("connection refused\n\x1b[2J")

        monkeypatch.setattr(server, "_one", gone)
        found = one(server.server)
        assert found.level is Level.WRONG
        assert "connection refused" in found.sentence
        assert "\x1b" not in found.sentence

    def test_a_role_that_may_do_everything_or_cannot_restore_is_noted(self):
        assert "may do everything" in one(server.role).sentence  # the tests' own
        with connection.cursor() as cursor:
            cursor.execute("CREATE ROLE nho")
            cursor.execute("SET LOCAL ROLE nho")
            assert "cannot restore" in one(server.role).sentence
            cursor.execute("RESET ROLE")
            cursor.execute("CREATE ROLE vua")
            cursor.execute(f'ALTER DATABASE "{connection.settings_dict["NAME"]}" OWNER TO vua')
            cursor.execute("SET LOCAL ROLE vua")
            assert list(server.role()) == []

    @pytest.mark.parametrize(
        ("address", "level"), [("https://kiemtin.example", Level.WRONG), ("http://localhost", Level.NOTE)]
    )
    def test_what_backups_need_is_looked_for(self, settings, monkeypatch, address, level):
        assert one(server.programs).level is Level.GOOD
        settings.KIEMTIN_ADDRESS = address

        def old(name, *, needed=0):
            raise OldProgramError("…", name=name, needed=needed)

        monkeypatch.setattr(server, "find", old)
        found = one(server.programs)
        assert found.level is level
        assert "pg_dump is older than the server" in found.sentence

    def test_schemas_of_restorations_are_named(self):
        assert list(server.put_aside()) == []
        with connection.cursor() as cursor:
            cursor.execute("CREATE SCHEMA before_restore_20261129_010203")
            cursor.execute("CREATE SCHEMA kiemtin_restoring")
        before, cut_off = server.put_aside()
        assert before.advice == "DROP SCHEMA before_restore_20261129_010203 CASCADE"
        assert "did not put in place" in cut_off.sentence
