"""The disk is full, the database is gone or held, while the product serves: nothing that was acknowledged is lost."""

import json
import shutil
import threading

import pytest

from benchmarks.kills.place import SLUG, Place, wait_for
from benchmarks.kills.texts import picture
from tests import databases
from tests.integration.failing import NOTHING_STORED, NOTHING_STORED_VI, desk_in, fill
from tests.patience import PATIENCE
from tests.postgresql import server

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
SOON = 400


@pytest.fixture
def desk(tmp_path, own_database):
    with desk_in(tmp_path, tmp_path) as made:
        yield made


# The disk is full


@pytest.mark.sqlite
def test_on_a_full_disk_nothing_is_acknowledged_and_reading_goes_on(small_disk, tmp_path):
    with desk_in(small_disk, tmp_path) as desk:
        assert desk.ask().status == 302
        check = desk.draft()
        assert desk.checker._save(check)
        fill(small_disk / "ballast")
        # The log of the database has some room of its own at first.
        answers = [desk.ask(), *iter_until_full(desk)]
        full = answers[-1]
        assert (full.status, full.headers["Retry-After"]) == (503, "60")
        assert {answer.status for answer in answers} <= {302, 503}
        said = full.body.decode()
        assert NOTHING_STORED in said
        assert "Send it again" in said
        _a_picture_is_refused_like_a_text(desk)
        _reading_goes_on(desk)
        assert not desk.checker._save(check)
        problem = desk.browser.post("/api/v1/questions", {"text": "x"})
        assert (problem.status, problem.headers["Content-Type"]) == (503, "application/problem+json")
        wait_for(lambda: "SQLITE_FULL" in desk.log(), "the worker's word")
        _commands_say_so(desk, small_disk, tmp_path)
        assert "Traceback" not in desk.log()
        (small_disk / "ballast").unlink()
        # Without a restart.
        wait_for(lambda: desk.ask().status == 302, "room")
        assert desk.checker._save(check)
        assert desk.show(picture(1)).status == 302
        assert _pictures(desk) == 1
        assert desk.compare() == []


def iter_until_full(desk):
    for _ in range(SOON):
        answer = desk.ask()
        yield answer
        if answer.status == 503:
            return
    raise AssertionError("it takes everything")


def _a_picture_is_refused_like_a_text(desk):
    for path, said in (("/en/ask/", NOTHING_STORED), ("/ask/", NOTHING_STORED_VI)):
        answer = desk.show(picture(1), path)
        assert (answer.status, answer.headers["Retry-After"]) == (503, "60")
        assert said in answer.body.decode()
    assert _pictures(desk) == 0


def _pictures(desk):
    with databases.opened(desk.place.data) as hand:
        return hand.execute("SELECT count(*) FROM questions_picture").fetchone()[0]


def _reading_goes_on(desk):
    for path in ("/en/", "/en/checks/", "/api/v1/checks", *desk.receipts[-2:]):
        assert desk.get(path)[0] == 200, path
    for path in (f"/en/desk/{SLUG}/", f"/en/desk/{SLUG}/checks/"):
        assert desk.checker._browser.get(path).status == 200, path
    check = json.loads(desk.get("/api/v1/checks")[1])["items"][0]["id"]
    assert desk.get(f"/checks/{check}/card-wide-r1.png")[0] == 200, "a card is drawn, and not kept"
    assert not list(desk.place.data.glob("cards/*"))


def _commands_say_so(desk, disk, elsewhere):
    assert desk.doctor()["disk"] == {"wrong"}
    backup = desk.place.run("backup", str(disk / "backups"))
    assert backup.returncode == 2
    assert "No space left on device" in backup.stderr
    assert list(disk.glob("backups/*")) == []
    assert not (desk.place.data / ".backup.part").exists()
    # To another disk it can be made.
    made = desk.place.run("backup", str(elsewhere / "backup"))
    assert made.returncode == 0, made.stderr
    assert "could not be noted" in made.stderr


# The database is gone, or held


def everybody_is_told(desk):
    """Who asks, reads, calls or works at the desk gets 503, and nothing is stored."""
    answer = desk.ask()
    assert (answer.status, answer.headers["Retry-After"]) == (503, "60")
    assert NOTHING_STORED in answer.body.decode()
    status, said = desk.get("/en/checks/?q=x")
    assert (status, "This page cannot be shown just now" in said) == (503, True)
    assert desk.browser.get("/api/v1/checks").headers["Content-Type"] == "application/problem+json"
    assert desk.checker._browser.get(f"/en/desk/{SLUG}/").status == 503


@pytest.mark.sqlite
def test_a_database_that_is_gone_is_missed_and_found_again(desk):
    assert desk.ask().status == 302
    file = desk.place.data / "kiemtin.sqlite3"
    away = desk.place.data.with_name("away")
    away.mkdir()
    # The file itself goes first and comes back last: who opens it in between would write beside what lies elsewhere.
    for part in sorted(desk.place.data.glob("kiemtin.sqlite3*")):
        shutil.move(part, away / part.name)
    everybody_is_told(desk)
    wait_for(lambda: "SQLITE_CANTOPEN" in desk.log(), "the worker's word")
    assert not file.exists(), "no empty one is made in its place"
    for part in sorted(away.iterdir(), reverse=True):
        shutil.move(part, desk.place.data / part.name)
    assert desk.ask().status == 302
    assert desk.get(desk.receipts[0])[0] == 200
    assert "Traceback" not in desk.log()
    assert desk.compare() == []


@pytest.mark.postgresql
def test_a_server_that_goes_is_missed_and_found_again(tmp_path, monkeypatch):
    with server(is_durable=True) as postgresql:
        monkeypatch.setenv("DATABASE_URL", postgresql.address)
        with desk_in(tmp_path, tmp_path, Place) as desk:  # what is made once is on the other server
            assert desk.ask().status == 302
            postgresql.stop()
            try:
                everybody_is_told(desk)
            finally:
                postgresql.start()
            assert desk.ask().status == 302
            assert desk.get(desk.receipts[0])[0] == 200
            assert "Traceback" not in desk.log()
            assert desk.compare() == []


@pytest.mark.sqlite
def test_a_database_that_is_no_database_is_told_as_what_it_is(desk):
    assert desk.ask().status == 302
    file = desk.place.data / "kiemtin.sqlite3"
    good = file.with_name("good")
    file.rename(good)
    file.write_bytes(b"not a database at all, and long enough to be looked at" * 100)
    assert desk.ask().status == 503
    assert desk.get("/en/checks/")[0] == 503
    file.unlink()
    good.rename(file)
    assert desk.ask().status == 302
    assert "Traceback" not in desk.log()


def test_a_database_that_somebody_holds_is_waited_for_and_then_told(desk):
    assert desk.ask().status == 302
    with databases.opened(desk.place.data) as other:
        other.execute("BEGIN" if databases.SERVER else "BEGIN IMMEDIATE")
        if databases.SERVER:
            other.execute("LOCK TABLE questions_message IN EXCLUSIVE MODE")
        answers = []
        asking = threading.Thread(target=lambda: answers.append(desk.ask()))
        asking.start()
        assert desk.get("/en/checks/")[0] == 200, "who only reads waits for nobody"
        assert desk.get(desk.receipts[0])[0] == 200
        asking.join(PATIENCE)
        other.execute("ROLLBACK")
    assert answers[0].status == 503
    assert NOTHING_STORED in answers[0].body.decode()
    assert desk.ask().status == 302
    assert "Traceback" not in desk.log()
    assert desk.compare() == []
